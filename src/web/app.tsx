// Which page stands at which path. The label's page comes with the app; any other is loaded when it is first wanted.

import type { AnyComponent } from "preact";
import { ErrorBoundary, lazy, LocationProvider, Route, Router } from "preact-iso";
import Arrive from "./pages/arrive.tsx";
import { broken, ready } from "./store/things.ts";
import { newVersion, takeNewVersion } from "./store/version.ts";
import { Button, LinkButton } from "./ui/button.tsx";
import { Page } from "./ui/page.tsx";
import { Voice } from "./ui/say.tsx";
import { Empty, Loading } from "./ui/states.tsx";
import { allWords, words } from "./words/words.ts";

/** A page whose files did not come: the connection went before all of the app was kept here. */
const Stuck = () => {
  const { common } = words.value;
  return (
    <Page title={common.stuck.title}>
      <p>{common.stuck.text}</p>
      <div class="line">
        <Button tone="primary" onClick={() => location.reload()}>
          {common.again}
        </Button>
        <LinkButton href="/">{common.lost.home}</LinkButton>
      </div>
    </Page>
  );
};

/** A page that is loaded when it is first wanted, with the words that only such pages say. */
const later = (load: () => Promise<{ default: AnyComponent }>) =>
  lazy(() =>
    Promise.all([load(), allWords()]).then(
      ([page]) => page,
      () => ({ default: Stuck }),
    ),
  );

const Home = later(() => import("./pages/home.tsx"));
const Add = later(() => import("./pages/add.tsx"));
const Open = later(() => import("./pages/open.tsx"));
const Join = later(() => import("./pages/join.tsx"));
const Pair = later(() => import("./pages/pair.tsx"));
const TheCard = later(() => import("./pages/card.tsx"));
const Devices = later(() => import("./pages/devices.tsx"));
const DefaultTerms = later(() => import("./pages/default-terms.tsx"));
const Search = later(() => import("./pages/search.tsx"));
const Settings = later(() => import("./pages/settings.tsx"));
const About = later(() => import("./pages/about.tsx"));
const Help = later(() => import("./pages/help.tsx"));
const Thing = later(() => import("./pages/thing.tsx"));
const Write = later(() => import("./pages/write.tsx"));
const Note = later(() => import("./pages/note.tsx"));
const Terms = later(() => import("./pages/terms.tsx"));
const Papers = later(() => import("./pages/papers.tsx"));
const People = later(() => import("./pages/people.tsx"));
const Life = later(() => import("./pages/life.tsx"));
const Handover = later(() => import("./pages/handover.tsx"));
const TakeOver = later(() => import("./pages/take-over.tsx"));
const History = later(() => import("./pages/history.tsx"));
const Show = later(() => import("./pages/show.tsx"));
const Reply = later(() => import("./pages/reply.tsx"));
const Manage = later(() => import("./pages/manage.tsx"));
const Found = later(() => import("./pages/found.tsx"));

/** Paths that are not the app's are the browser's to load. */
const OURS = /^\/(?!docs|openapi\.json|desk|s\/|v1\/|health)/;

const Lost = () => {
  const { lost } = words.value.common;
  return (
    <Page title={lost.title}>
      <Empty title={lost.text} action={<LinkButton href="/">{lost.home}</LinkButton>} />
    </Page>
  );
};

const Broken = () => {
  const { common } = words.value;
  return (
    <Page title={common.broken.title}>
      <p>{common.broken.text}</p>
    </Page>
  );
};

const NewVersion = () => (
  <aside class="newer" aria-label={words.value.common.update}>
    <span>{words.value.common.newer}</span>
    <Button tone="quiet" onClick={takeNewVersion}>
      {words.value.common.reload}
    </Button>
  </aside>
);

const Pages = () => (
  <Router>
    <Route path="/" component={Home} />
    <Route path="/01/:gtin/21/:serial" component={Arrive} />
    <Route path="/01/:gtin/21/:serial/found" component={Found} />
    <Route path="/01/:gtin" component={Arrive} />
    <Route path="/add" component={Add} />
    <Route path="/open" component={Open} />
    <Route path="/join" component={Join} />
    <Route path="/pair" component={Pair} />
    <Route path="/card" component={TheCard} />
    <Route path="/devices" component={Devices} />
    <Route path="/terms" component={DefaultTerms} />
    <Route path="/search" component={Search} />
    <Route path="/settings" component={Settings} />
    <Route path="/about" component={About} />
    <Route path="/help/:topic" component={Help} />
    <Route path="/r" component={Reply} />
    <Route path="/h" component={TakeOver} />
    <Route path="/t/:twin" component={Thing} />
    <Route path="/t/:twin/write" component={Write} />
    <Route path="/t/:twin/n/:note" component={Note} />
    <Route path="/t/:twin/terms" component={Terms} />
    <Route path="/t/:twin/papers" component={Papers} />
    <Route path="/t/:twin/people" component={People} />
    <Route path="/t/:twin/life" component={Life} />
    <Route path="/t/:twin/history" component={History} />
    <Route path="/t/:twin/show" component={Show} />
    <Route path="/t/:twin/manage" component={Manage} />
    <Route path="/t/:twin/handover" component={Handover} />
    <Route default component={Lost} />
  </Router>
);

export const App = () => (
  <>
    {newVersion.value && <NewVersion />}
    {broken.value !== null ? (
      <Broken />
    ) : ready.value ? (
      <LocationProvider scope={OURS}>
        <ErrorBoundary>
          <Pages />
        </ErrorBoundary>
      </LocationProvider>
    ) : (
      <div class="page">
        <Loading />
      </div>
    )}
    <Voice />
  </>
);
