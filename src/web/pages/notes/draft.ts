// What was begun and not said yet: kept on this device as it is typed, photos included, until it goes out or is thrown away.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import {
  draftOf,
  dropDraft,
  dropInHaste,
  forgetHaste,
  saveDraft,
  saveInHaste,
  type Draft,
} from "../../store/drafts.ts";

export type Begun = Omit<Draft, "id" | "at">;
type Change = Partial<Begun> | ((before: Begun) => Partial<Begun>);

const QUIET_MS = 250;
const isNothing = ({ text, photos }: Begun): boolean => text.trim() === "" && photos.length === 0;

/** Saves one after the other, so that what was typed last is what stays. */
function keeperOf(id: string) {
  let last: Promise<unknown> = Promise.resolve();
  let latest: Draft | null = null;
  let kept: Draft | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    const draft = latest;
    if (draft === null || draft === kept) return;
    kept = draft;
    last = last
      .then(() => (isNothing(draft) ? dropDraft(id) : saveDraft(draft)))
      .then(() => {
        if (latest !== draft) return;
        latest = null;
        forgetHaste(id);
      })
      // A device without room keeps the words on the page all the same.
      .catch(() => {});
  };
  return {
    keep(begun: Begun) {
      latest = { ...begun, id, at: new Date().toISOString() };
      clearTimeout(timer);
      timer = setTimeout(write, QUIET_MS);
    },
    write,
    /** The page may be closed the next moment, and the database's answer would come too late. */
    leave() {
      if (latest !== null) {
        if (isNothing(latest)) dropInHaste(id, latest.at);
        else saveInHaste(latest);
      }
      write();
    },
    drop() {
      clearTimeout(timer);
      latest = null;
      dropInHaste(id, new Date().toISOString());
      last = last
        .then(() => dropDraft(id))
        .then(() => {
          // What was written since, and kept in haste, stays.
          if (latest === null) forgetHaste(id);
        })
        .catch(() => {});
      return last;
    },
  };
}

type UsedDraft = {
  /** Null until it is known whether there is one. */
  readonly begun: Begun | null;
  /** Whether it was begun before this page was opened. */
  readonly found: boolean;
  readonly change: (change: Change) => void;
  readonly drop: () => Promise<unknown>;
};

export function useDraft(id: string, empty: Begun): UsedDraft {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [found, setFound] = useState(false);
  const now = useRef<Begun>(empty);
  const keeper = useRef<ReturnType<typeof keeperOf> | null>(null);
  useEffect(() => {
    const own = keeperOf(id);
    keeper.current = own;
    const hide = (): void => own.leave();
    addEventListener("pagehide", hide);
    document.addEventListener("visibilitychange", hide);
    void draftOf(id)
      .catch(() => undefined)
      .then((draft) => {
        if (draft) {
          const { id: _, at: __, ...rest } = draft;
          now.current = rest;
        }
        setFound(draft !== undefined);
        setBegun(now.current);
      });
    return () => {
      own.write();
      removeEventListener("pagehide", hide);
      document.removeEventListener("visibilitychange", hide);
    };
  }, [id]);
  const change = useCallback((by: Change) => {
    const { photos } = now.current;
    now.current = { ...now.current, ...(typeof by === "function" ? by(now.current) : by) };
    setBegun(now.current);
    keeper.current?.keep(now.current);
    // Words can be kept at the last moment, photos only by the database, which needs its time.
    if (now.current.photos !== photos) keeper.current?.write();
  }, []);
  const drop = useCallback(async () => {
    now.current = empty;
    setBegun(empty);
    setFound(false);
    await keeper.current?.drop();
  }, []);
  return { begun, found, change, drop };
}
