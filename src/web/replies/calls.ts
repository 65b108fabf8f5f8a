// What an owner asks the server about reply links. None of it waits in a queue: a link is made when somebody stands there to send it on.

import { newKey, type Answer } from "../api/call.ts";
import type { ReplyLinkView } from "../../domain/reply-link.ts";
import { ask } from "../pages/ask.ts";
import type { Offer } from "../terms/rungs.ts";

/** `url` holds the way in, and is told only here. */
export type MadeLink = ReplyLinkView & { readonly url: string };

const pathOf = (note: string): string => `/notes/${note}/reply-links`;

export const linksOf = (twin: string, note: string): Promise<Answer<{ items: readonly ReplyLinkView[] }>> =>
  ask(twin, pathOf(note));

type NewLink = { readonly company: string; readonly offer: Offer; readonly expiresAt: string };

export const makeLink = (
  twin: string,
  note: string,
  { company, offer, expiresAt }: NewLink,
): Promise<Answer<MadeLink>> =>
  ask(twin, pathOf(note), {
    method: "POST",
    body: { company, preferred: offer.code, alternates: offer.alternates, expiresAt },
    key: newKey(),
  });

export const cutLink = (twin: string, note: string, link: string): Promise<Answer<null>> =>
  ask(twin, `${pathOf(note)}/${link}`, { method: "DELETE" });
