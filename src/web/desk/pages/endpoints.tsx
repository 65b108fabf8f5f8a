// The endpoints: where events are sent, how each fares, and whether it verifies what it is sent.

import "./endpoints.css";
import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import { useAsking } from "../api/use-asking.ts";
import type { Endpoint } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { keptAt } from "../kept.ts";
import { useLive } from "../live.ts";
import { may } from "../session.ts";
import { Trouble } from "../trouble.tsx";
import { Checking } from "./endpoints/checking.tsx";
import { EndpointForm } from "./endpoints/form.tsx";
import { One, type Act } from "./endpoints/one.tsx";
import { Inbound } from "./endpoints/inbound.tsx";
import { Polling } from "./endpoints/polling.tsx";
import { Rotating } from "./endpoints/rotating.tsx";
import { ShownOnce, type Secret } from "./endpoints/secret.tsx";

function Removing({ endpoint, onDone }: { endpoint: Endpoint; onDone: () => void }) {
  const w = deskWords.value.endpoints.removing;
  const { busy, problem, run } = useAsking();
  const remove = async (): Promise<void> => {
    if (await run(`/endpoints/${endpoint.id}`, { method: "DELETE" })) onDone();
  };
  return (
    <div class="stack">
      <p>
        <code class="secret">{endpoint.url}</code>
      </p>
      <p>{w.text}</p>
      <Trouble problem={problem} />
      <div class="line">
        <Button tone="danger" icon="bin" busy={busy} onClick={() => void remove()}>
          {w.run}
        </Button>
      </div>
    </div>
  );
}

/** What is open over the page. */
type Open =
  | { readonly what: "add" }
  | { readonly what: "inbound" }
  | { readonly what: Act; readonly endpoint: Endpoint }
  | { readonly what: "secret"; readonly secret: Secret };

function Admins() {
  const w = deskWords.value.endpoints;
  const { common } = deskWords.value;
  const { value, problem, busy, again, more } = useList<Endpoint>("/endpoints");
  const [asked, setAsked] = useState<Open | null>(null);
  const shown = keptAt<{ secret: Secret | null }>("endpoint's secret", { secret: null });
  const { secret } = shown.now;
  const open: Open | null = secret ? { what: "secret", secret } : asked;
  useLive(({ type }) => (type === "deliveries.changed" || type === "resumed") && again());
  const titles = {
    add: w.add,
    change: w.changeTitle,
    check: w.checking.title,
    rotate: w.rotating.title,
    remove: w.removing.title,
    inbound: w.inbound.rotating.title,
    secret: w.secret.title,
  };
  const close = (): void => {
    setAsked(null);
    shown.drop();
  };
  const done = (word?: string): void => {
    close();
    if (word !== undefined) toast(word);
    again();
  };
  const show = (made: Secret): void => {
    setAsked(null);
    shown.put({ secret: made });
    again();
  };
  const inside = (now: Open) => {
    switch (now.what) {
      case "add":
        return <EndpointForm endpoint={null} onMade={show} onChanged={() => done(w.saved)} />;
      case "change":
        return <EndpointForm endpoint={now.endpoint} onMade={show} onChanged={() => done(w.saved)} />;
      case "check":
        return <Checking endpoint={now.endpoint} onChecked={again} />;
      case "rotate":
        return <Rotating endpoint={now.endpoint} onDone={show} />;
      case "inbound":
        return <Rotating endpoint={null} onDone={show} />;
      case "remove":
        return <Removing endpoint={now.endpoint} onDone={() => done(w.removed)} />;
      case "secret":
        return <ShownOnce secret={now.secret} onDone={() => done()} />;
    }
  };
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        <Button tone="primary" icon="add" onClick={() => setAsked({ what: "add" })}>
          {w.add}
        </Button>
      }
    >
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <Empty title={w.empty}>{w.emptyText}</Empty>}
      {value !== null && value.length > 0 && (
        <ul class="endpoints" aria-label={w.list}>
          {value.map((endpoint) => (
            <One
              key={endpoint.id}
              endpoint={endpoint}
              onAct={(what) => setAsked({ what, endpoint })}
              onChanged={again}
            />
          ))}
        </ul>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
      <Inbound onRotate={() => setAsked({ what: "inbound" })} />
      <Polling />
      <Sheet title={open ? titles[open.what] : ""} open={open !== null} onClose={close} holds={open?.what === "secret"}>
        {open && inside(open)}
      </Sheet>
    </Frame>
  );
}

export default function Endpoints() {
  const w = deskWords.value.endpoints;
  if (may("admin")) return <Admins />;
  return (
    <Frame title={w.title} lead={w.lead}>
      <Notice>
        <p>{deskWords.value.common.adminOnly}</p>
      </Notice>
      <Polling />
    </Frame>
  );
}
