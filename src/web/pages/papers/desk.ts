// The papers of one thing while they lie open: what the server has, what is typed, and what two devices wrote against each other.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { EMPTY_FORM, formOf, merge, sameForm, type Field, type Form, type Tagged } from "./form.ts";
import { keepPapers, keptPapers } from "./kept.ts";
import { readPapers, savePapers } from "./saving.ts";

const KEPT_AFTER_MS = 250;

/** What stands on another device against what stands here. */
export type Conflict = { readonly there: Tagged; readonly fields: readonly Field[]; readonly merged: Form };

export type Desk = {
  /** False until it is known what this device keeps. */
  readonly open: boolean;
  readonly form: Form;
  readonly seen: Tagged | null;
  readonly dirty: boolean;
  readonly conflict: Conflict | null;
  readonly problem: Problem | null;
  readonly saving: null | { readonly done: number; readonly of: number };
  readonly change: (to: (form: Form) => Form) => void;
  readonly undo: () => void;
  readonly read: () => Promise<void>;
  /** Whether it went through; `merged` when another device's words came in with it. */
  readonly save: () => Promise<"saved" | "merged" | "conflict" | "failed">;
  /** Takes this as what both devices' words come to, and saves it. */
  readonly settle: (form: Form) => Promise<"saved" | "merged" | "conflict" | "failed">;
};

export function useDesk(twin: string): Desk {
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<Tagged | null>(null);
  const [typed, setTyped] = useState<Form | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState<Desk["saving"]>(null);
  const latest = useRef({ seen, typed });
  latest.current = { seen, typed };

  const base = seen ? formOf(seen.papers) : EMPTY_FORM;
  const form = typed ?? base;

  /** What another device wrote meets what was typed here. */
  function meet(there: Tagged): "same" | "merged" | "conflict" {
    const { seen: before, typed: mine } = latest.current;
    if (mine === null || before?.etag === there.etag) {
      setSeen(there);
      return "same";
    }
    const { form: merged, conflicts } = merge(before ? formOf(before.papers) : EMPTY_FORM, mine, formOf(there.papers));
    if (conflicts.length > 0) {
      setConflict({ there, fields: conflicts, merged });
      return "conflict";
    }
    latest.current = { seen: there, typed: merged };
    setSeen(there);
    setTyped(merged);
    return "merged";
  }

  async function read(): Promise<void> {
    const answer = await readPapers(twin);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) meet(answer.value);
  }

  useEffect(() => {
    let gone = false;
    void keptPapers(twin).then((kept) => {
      if (gone) return;
      latest.current = kept;
      setSeen(kept.seen);
      setTyped(kept.typed);
      setOpen(true);
      void read();
    });
    return () => {
      gone = true;
    };
  }, [twin]);

  useEffect(() => {
    if (!open) return;
    const keep = (): void => void keepPapers(twin, latest.current);
    const timer = setTimeout(keep, KEPT_AFTER_MS);
    addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", keep);
      keep();
    };
  }, [open, twin, seen, typed]);

  async function put(what: Form, over: Tagged | null): ReturnType<Desk["save"]> {
    setProblem(null);
    setSaving({ done: 0, of: 0 });
    try {
      // Typed without ever having seen them: another device may have written long ago.
      if (over === null) return await afterReading(what, "saved");
      const answer = await savePapers(twin, what, over.etag, (done, of) => setSaving({ done, of }));
      if (answer.ok) {
        latest.current = { seen: answer.value, typed: null };
        setSeen(answer.value);
        setTyped(null);
        setConflict(null);
        return "saved";
      }
      if (answer.problem.status !== 412) {
        setProblem(answer.problem);
        return "failed";
      }
      return await afterReading(what, "merged");
    } finally {
      setSaving(null);
    }
  }

  /** Reads what is there, puts it together with what was typed here, and saves that unless both say different things. */
  async function afterReading(what: Form, done: "saved" | "merged"): ReturnType<Desk["save"]> {
    const there = await readPapers(twin);
    if (!there.ok) {
      setProblem(there.problem);
      return "failed";
    }
    if (meet(there.value) === "conflict") return "conflict";
    const saved = await put(latest.current.typed ?? what, there.value);
    return saved === "saved" ? done : saved;
  }

  return {
    open,
    form,
    seen,
    dirty: typed !== null && !sameForm(typed, base),
    conflict,
    problem,
    saving,
    change: (to) => setTyped((before) => to(before ?? base)),
    undo: () => {
      setTyped(null);
      setConflict(null);
    },
    read,
    save: () => put(form, seen),
    settle: async (chosen) => {
      if (!conflict) return "failed";
      latest.current = { seen: conflict.there, typed: chosen };
      setSeen(conflict.there);
      setTyped(chosen);
      setConflict(null);
      return put(chosen, conflict.there);
    },
  };
}
