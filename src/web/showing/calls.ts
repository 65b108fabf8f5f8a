// What an owner asks the server about links that show a thing's history. A link is made when somebody stands there to pass it on: nothing
// of this waits in a queue.

import { newKey, type Answer } from "../api/call.ts";
import type { Page } from "../api/views.ts";
import type { ShareView } from "../../domain/share.ts";
import { ask } from "../pages/ask.ts";

/** `url` holds the way in, and is told only here. */
export type MadeLink = ShareView & { readonly url: string };

const MOST = 100;

/** Newest first. */
export const linksOf = (twin: string, cursor: string | null): Promise<Answer<Page<ShareView>>> =>
  ask(twin, `/shares?limit=${MOST}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);

/** What a link opens. `upTo`: the history's size as its owner looked at it, so that nothing is shown unseen. */
export type Opens = { readonly withhold: readonly number[]; readonly upTo: number };
export type NewLink = Opens & { readonly label?: string; readonly expiresAt: string };

export const makeLink = (twin: string, link: NewLink): Promise<Answer<MadeLink>> =>
  ask(twin, "/shares", { method: "POST", body: link, key: newKey() });

export const changeLink = (twin: string, link: string, opens: Opens): Promise<Answer<ShareView>> =>
  ask(twin, `/shares/${link}`, { method: "PATCH", body: opens });

export const cutLink = (twin: string, link: string): Promise<Answer<null>> =>
  ask(twin, `/shares/${link}`, { method: "DELETE" });

/** `code`: the six digits that the buyer reads out. */
export const answerBuyer = (twin: string, link: string, code: string): Promise<Answer<unknown>> =>
  ask(twin, `/shares/${link}/answer`, { method: "POST", body: { code } });
