// The device that lets another in: shows the code, compares digits, hands over on a yes.

import { useEffect, useState } from "preact/hooks";
import { cardSecret, ringState } from "../../keys/keyring.ts";
import { host, type Hosting, PAIRING_MS } from "../../keys/pairing.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Qr } from "../../ui/qr.tsx";
import { Empty, Loading } from "../../ui/states.tsx";
import { hour } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { Heading } from "../keys/heading.tsx";
import { Digits } from "./digits.tsx";

type At = Hosting | { readonly step: "giving"; readonly name: string } | null;

function Showing({ fragment }: { fragment: string }) {
  const { pair } = words.value.keys;
  const [until] = useState(() => hour(new Date(Date.now() + PAIRING_MS)));
  const link = `${location.origin}/pair#${fragment}`;
  return (
    <div class="stack">
      <p class="lead">{pair.lead}</p>
      <Qr text={link} label={pair.code} />
      <p class="soft">{pair.once(until)}</p>
      <Copy text={link} label={pair.copy} />
    </div>
  );
}

export function Host() {
  const { pair } = words.value.keys;
  const { made } = ringState.value;
  const [at, setAt] = useState<At>(null);
  const [answer, setAnswer] = useState<((yes: boolean) => void) | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!made) return;
    const leaving = new AbortController();
    const { promise: agreed, resolve } = Promise.withResolvers<boolean>();
    leaving.signal.addEventListener("abort", () => resolve(false));
    setAt(null);
    setAnswer(() => resolve);
    void cardSecret().then((secret) => secret && host(secret, { tell: setAt, agreed, signal: leaving.signal }));
    return () => leaving.abort();
  }, [made, round]);

  const say = (yes: boolean, name: string): void => {
    if (yes) setAt({ step: "giving", name });
    answer?.(yes);
  };
  return (
    <Page title={pair.title} back="/devices">
      {!made ? (
        <Empty
          title={pair.nothing.title}
          action={<LinkButton href="/add">{words.value.keys.card.none.add}</LinkButton>}
        >
          {pair.nothing.text}
        </Empty>
      ) : at === null ? (
        <Loading />
      ) : at.step === "showing" ? (
        <Showing fragment={at.fragment} />
      ) : at.step === "comparing" ? (
        <div class="stack" role="status">
          <Heading>{pair.compare(at.name)}</Heading>
          <Digits digits={at.digits} label={pair.digits} />
          <div class="line">
            <Button tone="primary" onClick={() => say(true, at.name)}>
              {pair.yes}
            </Button>
            <Button onClick={() => say(false, at.name)}>{pair.no}</Button>
          </div>
        </div>
      ) : at.step === "giving" ? (
        <Loading label={pair.giving(at.name)} />
      ) : at.step === "done" ? (
        <Notice
          tone="good"
          fresh
          title={pair.done(at.name)}
          action={<LinkButton href="/devices">{words.value.keys.devices.title}</LinkButton>}
        >
          <p>{pair.doneText}</p>
        </Notice>
      ) : (
        <Notice tone="bad" fresh action={<Button onClick={() => setRound(round + 1)}>{pair.again}</Button>}>
          <p>{pair.why[at.why]}</p>
        </Notice>
      )}
    </Page>
  );
}
