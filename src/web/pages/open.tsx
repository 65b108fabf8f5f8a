// Opening everything on this device: by the twelve words, by the card's code, or one thing alone by its recovery code.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ScanButton } from "../camera/scan-button.tsx";
import { FromSomeone } from "../handover/from-someone.tsx";
import { secretOfFragment, type Secret } from "../keys/card.ts";
import { keepFragment, useFragment } from "../keys/fragment.ts";
import { openCard, type Opened } from "../keys/keyring.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { words } from "../words/words.ts";
import { OpenedView, Working } from "./keys/opened.tsx";
import { ByRecoveryCode } from "./open/by-recovery-code.tsx";
import { ByWords } from "./open/by-words.tsx";
import "./keys/keys.css";

type State =
  | { readonly at: "asking" }
  /** A card came by a link: whether it is this person's own, only they know. */
  | { readonly at: "scanned"; readonly secret: Secret }
  | { readonly at: "working"; readonly done: number; readonly of: number }
  | { readonly at: "over"; readonly opened: Opened };

/** Links that a scanned code may hold, all of them with a fragment. */
const ELSEWHERE = new Set(["/pair", "/join", "/h"]);

export default function Open() {
  const { open } = words.value.keys;
  const { route } = useLocation();
  const [state, setState] = useState<State>({ at: "asking" });
  // Twelve words are not typed twice because the network failed or one was wrong.
  const [typed, setTyped] = useState("");

  useFragment((fragment) => {
    const secret = secretOfFragment(fragment);
    if (secret) setState({ at: "scanned", secret });
  });
  const begin = async (secret: Secret): Promise<void> => {
    setState({ at: "working", done: 0, of: 0 });
    const opened = await openCard(secret, "words", (done, of) => setState({ at: "working", done, of }));
    setState({ at: "over", opened });
  };
  const scanned = (text: string): string | null => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url?.origin !== location.origin || url.hash.length < 2) return open.notOurs;
    const fragment = url.hash.slice(1);
    if (ELSEWHERE.has(url.pathname)) {
      keepFragment(fragment);
      route(url.pathname);
      return null;
    }
    const secret = url.pathname === "/open" ? secretOfFragment(fragment) : null;
    if (!secret) return open.notOurs;
    void begin(secret);
    return null;
  };
  return (
    <Page title={open.title} back="/">
      {state.at === "asking" && (
        <>
          <p class="lead">{open.lead}</p>
          <ByWords typed={typed} onTyped={setTyped} onSecret={(secret) => void begin(secret)} />
          <ScanButton formats={["qr_code"]} label={open.scanLabel} onText={scanned}>
            {open.scan}
          </ScanButton>
          <ByRecoveryCode />
          <FromSomeone />
        </>
      )}
      {state.at === "scanned" && (
        <Notice
          tone="news"
          title={open.scanned.title}
          action={
            <Button tone="primary" onClick={() => void begin(state.secret)}>
              {open.scanned.go}
            </Button>
          }
        >
          <p>{open.scanned.text}</p>
        </Notice>
      )}
      {state.at === "working" && <Working done={state.done} of={state.of} />}
      {state.at === "over" && <OpenedView opened={state.opened} again={() => setState({ at: "asking" })} />}
    </Page>
  );
}
