// The device that is let in: answers the code, shows the digits, and opens what it was handed.

import { useEffect, useRef, useState } from "preact/hooks";
import { newDeviceKey } from "../../keys/device-key.ts";
import { deviceName } from "../../keys/device-name.ts";
import { openCard, type Opened } from "../../keys/keyring.ts";
import { join, type Joining } from "../../keys/pairing.ts";
import { readInvitation } from "../../keys/pairing-code.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Loading } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { OpenedView, Working } from "../keys/opened.tsx";
import { Digits } from "./digits.tsx";

type At =
  | { readonly step: "asking" }
  | { readonly step: "waiting" }
  | Joining
  | { readonly step: "working"; readonly done: number; readonly of: number }
  | { readonly step: "over"; readonly opened: Opened };

export function Guest({ fragment }: { fragment: string }) {
  const { pair } = words.value.keys;
  const invited = readInvitation(fragment);
  const [at, setAt] = useState<At>({ step: "asking" });
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);

  const begin = async (): Promise<void> => {
    if (!invited) return;
    setAt({ step: "waiting" });
    const device = { name: deviceName(), key: await newDeviceKey() };
    const secret = await join(invited, device, { tell: setAt, signal: leaving.current.signal });
    if (!secret) return;
    setAt({ step: "working", done: 0, of: 0 });
    const opened = await openCard(secret, "device", (done, of) => setAt({ step: "working", done, of }));
    setAt({ step: "over", opened });
  };
  return (
    <Page title={pair.guest.title} back="/">
      {invited === null ? (
        <Notice tone="bad" action={<LinkButton href="/open">{words.value.keys.open.title}</LinkButton>}>
          <p>{pair.guest.broken}</p>
        </Notice>
      ) : at.step === "asking" ? (
        <Notice
          tone="news"
          action={
            <Button tone="primary" onClick={() => void begin()}>
              {pair.guest.go}
            </Button>
          }
        >
          <p>{pair.guest.text}</p>
        </Notice>
      ) : at.step === "waiting" ? (
        <Loading label={pair.guest.wait} />
      ) : at.step === "comparing" ? (
        <div class="stack" role="status">
          <p class="lead">{pair.guest.compare}</p>
          <Digits digits={at.digits} label={pair.digits} />
        </div>
      ) : at.step === "working" ? (
        <Working done={at.done} of={at.of} />
      ) : at.step === "over" ? (
        <OpenedView opened={at.opened} />
      ) : (
        <Notice tone="bad" fresh>
          <p>{pair.why[at.why]}</p>
        </Notice>
      )}
    </Page>
  );
}
