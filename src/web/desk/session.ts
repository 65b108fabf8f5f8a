// Who works at this desk: the company, the person's own key and what it may do, kept by this browser. The key goes into no address.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { FOUNDING_LABEL } from "../../domain/founding-key.ts";

export type Role = "admin" | "agent" | "reader";
export type Session = {
  /** The company's domain. */
  readonly maker: string;
  readonly name: string;
  readonly key: string;
  readonly role: Role;
  readonly label: string;
  /** Whether the key was made for this browser by a one-time link: signing out ends it then. */
  readonly byLink: boolean;
};

/** What the server says of the key that asks. */
export type Me = {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly maker: string;
  readonly name: string;
  readonly verified: boolean;
};

const KEPT = "pico-twins.desk";
const RANK: { readonly [role in Role]: number } = { reader: 0, agent: 1, admin: 2 };

function kept(): Session | null {
  // Storage that is forbidden, or not ours, is nobody signed in.
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Partial<Session> | null;
    return found && typeof found.maker === "string" && typeof found.key === "string" ? (found as Session) : null;
  } catch {
    return null;
  }
}

const current = signal<Session | null>(kept());
const known = signal<Me | null>(null);
const cut = signal(false);

/** Null while nobody is signed in. */
export const session: ReadonlySignal<Session | null> = current;
/** Null until the server has said it. */
export const me: ReadonlySignal<Me | null> = known;
/** Whether the last session ended because its key no longer works. */
export const wasCutOff: ReadonlySignal<boolean> = cut;

/** Whether the one who is signed in may do what takes `role`; the server judges it in any case. */
export const may = (role: Role): boolean => current.value !== null && RANK[current.value.role] >= RANK[role];
/** The name answers are signed with; null while nobody gave one, and the company alone signs. */
export const signature: ReadonlySignal<string | null> = computed(() => {
  const label = current.value?.label ?? "";
  return label === "" || label === FOUNDING_LABEL ? null : label;
});
export const mayAnswer: ReadonlySignal<boolean> = computed(() => may("agent"));

function write(next: Session | null): void {
  // Where nothing can be kept, the session lasts as long as this page.
  try {
    if (next === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, JSON.stringify(next));
  } catch {}
}

export function signIn(next: Session): void {
  write(next);
  cut.value = false;
  known.value = null;
  current.value = next;
}

/** Forgets the key in this browser. `cutOff`: it no longer works. */
export function forget(cutOff = false): void {
  const found = kept();
  // Another tab signed in anew, and this one is the first to learn that the key from before is over.
  const next = cutOff && found?.key !== current.peek()?.key ? found : null;
  if (next === null) write(null);
  cut.value = cutOff && next === null;
  known.value = null;
  current.value = next;
}

/** Takes in what the server says of the key; what was kept of it follows. */
export function meet(found: Me): void {
  known.value = found;
  const before = current.peek();
  if (!before || before.maker !== found.maker) return;
  const { name, role, label } = found;
  if (before.name === name && before.role === role && before.label === label) return;
  current.value = { ...before, name, role, label };
  write(current.peek());
}

// Another tab signed in or out.
addEventListener("storage", ({ key }) => {
  if (key !== null && key !== KEPT) return;
  const next = kept();
  if (next?.key === current.peek()?.key) return;
  cut.value = false;
  known.value = null;
  current.value = next;
});
