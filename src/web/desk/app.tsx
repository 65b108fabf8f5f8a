// Which page of the desk stands at which path, and who must be signed in for it.

import { effect } from "@preact/signals";
import type { AnyComponent } from "preact";
import { useEffect } from "preact/hooks";
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { Button, LinkButton } from "../ui/button.tsx";
import { Voice } from "../ui/say.tsx";
import { Empty } from "../ui/states.tsx";
import { deskWords } from "../words/desk/words.ts";
import { words } from "../words/words.ts";
import { ask } from "./api/ask.ts";
import { Frame } from "./frame.tsx";
import { forgetThreads } from "./inbox/list.ts";
import { forgetKept } from "./kept.ts";
import Inbox from "./pages/inbox.tsx";
import { meet, session, type Me } from "./session.ts";
import { Shell } from "./shell.tsx";
import { forgetDrafts } from "./thread/draft.ts";
import { shut } from "./thread/open.ts";
import { forgetPhotos } from "./thread/photos.ts";
import { keepWanted } from "./wanted.ts";

/** A page whose files did not come. */
const Stuck = () => {
  const { stuck } = deskWords.value.shell;
  return (
    <Frame title={stuck.title}>
      <p>{stuck.text}</p>
      <p>
        <Button tone="primary" onClick={() => location.reload()}>
          {words.value.common.again}
        </Button>
      </p>
    </Frame>
  );
};

const later = (load: () => Promise<{ default: AnyComponent }>) =>
  lazy(() => load().catch(() => ({ default: Stuck as AnyComponent })));

const SignIn = later(() => import("./pages/sign-in.tsx"));
const Join = later(() => import("./pages/join.tsx"));
const Issues = later(() => import("./pages/issues.tsx"));
const Issue = later(() => import("./pages/issue.tsx"));
const Insights = later(() => import("./pages/insights.tsx"));
const Notices = later(() => import("./pages/notices.tsx"));
const Notice = later(() => import("./pages/notice.tsx"));
const Deliveries = later(() => import("./pages/deliveries.tsx"));
const Endpoints = later(() => import("./pages/endpoints.tsx"));
const Labels = later(() => import("./pages/labels.tsx"));
const Team = later(() => import("./pages/team.tsx"));
const Terms = later(() => import("./pages/terms.tsx"));
const Replies = later(() => import("./pages/replies.tsx"));

/** Paths that are not the desk's are the browser's to load. */
const OURS = /^\/desk(?:\/|\?|$)/;
/** Pages for whoever is not signed in, too. */
const OPEN: readonly string[] = ["/desk/sign-in", "/desk/join"];

const Lost = () => {
  const { lost } = deskWords.value.shell;
  return (
    <Frame title={lost.title}>
      <Empty title={lost.text} action={<LinkButton href="/desk">{lost.home}</LinkButton>} />
    </Frame>
  );
};

const Pages = () => (
  <Router>
    <Route path="/desk" component={Inbox} />
    <Route path="/desk/t/:twin/:note" component={Inbox} />
    <Route path="/desk/issues" component={Issues} />
    <Route path="/desk/issues/:issue" component={Issue} />
    <Route path="/desk/insights" component={Insights} />
    <Route path="/desk/notices" component={Notices} />
    <Route path="/desk/notices/:notice" component={Notice} />
    <Route path="/desk/deliveries" component={Deliveries} />
    <Route path="/desk/endpoints" component={Endpoints} />
    <Route path="/desk/labels" component={Labels} />
    <Route path="/desk/team" component={Team} />
    <Route path="/desk/terms" component={Terms} />
    <Route path="/desk/replies" component={Replies} />
    <Route path="/desk/join" component={Join} />
    <Route path="/desk/sign-in" component={SignIn} />
    <Route default component={Lost} />
  </Router>
);

function Door() {
  const { path, url, route } = useLocation();
  const isOpen = OPEN.includes(path);
  const who = session.value?.key;
  const isIn = who !== undefined;
  useEffect(() => {
    if (isIn || isOpen) return;
    keepWanted(url);
    route("/desk/sign-in", true);
  }, [isIn, isOpen, url]);
  if (!isIn && !isOpen) return null;
  // Somebody else begins with pages of their own: nothing of what was asked for the one before is an answer to them.
  return isIn && path !== "/desk/sign-in" ? (
    <Shell key={who}>
      <Pages />
    </Shell>
  ) : (
    <Pages />
  );
}

let was: string | undefined;
/** Somebody else is at the desk, or nobody: what was here of threads goes, and the server says who the key is. */
effect(() => {
  const key = session.value?.key;
  if (key === was) return;
  was = key;
  queueMicrotask(() => {
    forgetThreads();
    shut();
    forgetDrafts();
    forgetKept();
    forgetPhotos();
    if (key === undefined) return;
    void ask<Me>("/keys/current").then((answer) => {
      if (answer.ok && session.peek()?.key === key) meet(answer.value);
    });
  });
});

export const App = () => (
  <>
    <LocationProvider scope={OURS}>
      <ErrorBoundary>
        <Door />
      </ErrorBoundary>
    </LocationProvider>
    <Voice />
  </>
);
