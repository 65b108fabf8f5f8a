// Making a channel for somebody else: its key is there once, and asking again for the same after a lost answer makes no second one.

import { useRef, useState } from "preact/hooks";
import { newKey } from "../../api/call.ts";
import { makeChannel, type Wanted } from "../../keys/channels.ts";
import type { Thing } from "../../store/things.ts";
import { useDoing } from "../doing.ts";

export type GrantingProps = { readonly thing: Thing; readonly onMade: () => void; readonly onClose: () => void };
/** `lastsMs`: how long from when it is asked for; without it, until it is taken back. */
export type Wish = Omit<Wanted, "expiresAt"> & { readonly lastsMs?: number };
type Asked = { readonly wish: string; readonly wanted: Wanted; readonly key: string };

function askedFor(wish: Wish): Asked {
  const { lastsMs, ...rest } = wish;
  const expiresAt = lastsMs === undefined ? {} : { expiresAt: new Date(Date.now() + lastsMs).toISOString() };
  return { wish: JSON.stringify(wish), wanted: { ...rest, ...expiresAt }, key: newKey() };
}

/** `token` is null until a channel was made; `grant` makes it, unless one is being made. */
export function useGranting({ thing, onMade }: GrantingProps) {
  const { busy, problem, run } = useDoing();
  const [token, setToken] = useState<string | null>(null);
  const asked = useRef<Asked | null>(null);
  const grant = async (wish: Wish): Promise<void> => {
    // Another wish is another call.
    if (asked.current?.wish !== JSON.stringify(wish)) asked.current = askedFor(wish);
    const { wanted, key } = asked.current;
    await run(async () => {
      const made = await makeChannel({ twin: thing.id, token: thing.token }, wanted, key);
      if (made.ok) {
        setToken(made.value.token);
        onMade();
      }
      return made;
    });
  };
  return { busy, problem, token, grant };
}
