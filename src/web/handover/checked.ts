// Checks the record of an offer on this device, with the same rules as everywhere. The rules and what shows their findings are loaded only
// for it.

import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import type { OpenedOffer } from "../api/views.ts";
import type { Shown } from "../show/shown.ts";
import { language } from "../words/language.ts";
import { twinOfCode } from "./calls.ts";
import type { Props as Viewing } from "./record.tsx";

export type Checking =
  | { readonly state: "checking" }
  | { readonly state: "checked"; readonly shown: Shown; readonly View: ComponentType<Viewing> }
  /** This browser can't check signatures, or what does it couldn't be fetched. */
  | { readonly state: "unable" };

async function check(
  code: string,
  { record, product, keys, notices, expiresAt, label }: OpenedOffer,
): Promise<Checking> {
  const [{ checked }, { CheckedRecord }, { speakShow }] = await Promise.all([
    import("../show/shown.ts"),
    import("./record.tsx"),
    import("../words/show/words.ts"),
  ]);
  await speakShow(language.value);
  const opened = { ...record, product, keys, notices, expiresAt, label };
  const shown = await checked({ twin: twinOfCode(code) }, opened);
  return shown ? { state: "checked", shown, View: CheckedRecord } : { state: "unable" };
}

export function useChecking(code: string, opened: OpenedOffer): Checking {
  const [checking, setChecking] = useState<Checking>({ state: "checking" });
  useEffect(() => {
    let gone = false;
    setChecking({ state: "checking" });
    check(code, opened).then(
      (done) => !gone && setChecking(done),
      () => !gone && setChecking({ state: "unable" }),
    );
    return () => {
      gone = true;
    };
  }, [code, opened]);
  return checking;
}
