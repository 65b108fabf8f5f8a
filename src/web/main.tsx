// The owner's app begins: its language, its store, its pages.

import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/kit.css";
import "./ui/install.ts";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { captureFragment } from "./keys/fragment.ts";
import { startSync } from "./store/live.ts";
import { meta, TAKINGS } from "./store/meta.ts";
import { things } from "./store/things.ts";
import { language } from "./words/language.ts";
import { speak } from "./words/words.ts";

// A key in the address is out of it before anything else is loaded.
captureFragment();
// Not awaited at the top: a language's file imports from this one, and would wait for it as it waits for the language.
void speak(language.value).then(() => {
  render(<App />, document.querySelector("#app")!);
  startSync();
});
// Where nothing is kept yet there is no keyring either: a scanned label loads none of it.
const stop = effect(() => {
  if (things.value.length === 0) return;
  queueMicrotask(() => stop());
  void import("./keys/keyring.ts").then(({ startKeyring }) => startKeyring());
});
// What somebody said yes to and was never answered is asked for again, on whichever page they begin. Where nothing can be kept nothing was.
void meta<readonly unknown[]>(TAKINGS).then(
  async (begun) => {
    if (begun?.length) (await import("./handover/taking.ts")).startTakings();
  },
  () => {},
);
