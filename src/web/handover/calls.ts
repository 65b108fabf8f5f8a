// What either side of a handover asks. A code goes into a request's body only, never into an address.

import type { Accepted, Handover, NewOffer, OfferStanding, OpenedOffer } from "../api/views.ts";
import type { Label, LabelAnswer } from "../../domain/label-hash.ts";
import { readTwinCode } from "../../domain/twin-code.ts";
import { call, PATIENCE_MS, type Answer } from "../api/call.ts";
import { ask } from "../pages/ask.ts";

/** The seller's side: of a thing that is on this device. */
export const readHandover = (twin: string): Promise<Answer<Handover>> => ask(twin, "/handover");

export const offer = (
  twin: string,
  body: { readonly gift: boolean; readonly expiresAt: string },
  key: string,
): Promise<Answer<NewOffer>> => ask(twin, "/handover", { method: "POST", body, key });

export const cancel = (twin: string): Promise<Answer<null>> => ask(twin, "/handover", { method: "DELETE" });

export const release = (twin: string, words: string): Promise<Answer<unknown>> =>
  ask(twin, "/handover/release", { method: "POST", body: { words } });

export const setAlert = (twin: string, alert: "lost" | "stolen" | null): Promise<Answer<unknown>> =>
  ask(twin, "/alert", { method: "PUT", body: { alert } });

/** The twin that a code names; of what is no code nothing that there is. */
export const twinOfCode = (code: string): string => readTwinCode(code)?.twin ?? "none";
const theirs = (code: string): string => `/v1/twins/${twinOfCode(code)}/handover`;

/** The buyer's side: of whoever has the code. */
export const openOffer = (code: string): Promise<Answer<OpenedOffer>> =>
  call(`${theirs(code)}/open`, { method: "POST", body: { code } });

export const readPhoto = (code: string, photo: string): Promise<Answer<Uint8Array<ArrayBuffer>>> =>
  call(`${theirs(code)}/photos/${photo}`, { method: "POST", body: { code }, as: "bytes" });

export const compareLabel = (code: string, label: Label): Promise<Answer<LabelAnswer>> =>
  call(`${theirs(code)}/label`, { method: "POST", body: { code, ...label } });

/** The record as it was looked at: what accepting is bound to. */
export type LookedAt = Pick<OpenedOffer, "head" | "erased" | "counted">;

export const accept = (code: string, { head, erased, counted }: LookedAt, key: string): Promise<Answer<Accepted>> =>
  call(`${theirs(code)}/accept`, {
    method: "POST",
    body: { code, head, erased, counted },
    key,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

/** How the offer stands for whoever has `token`, which accepting answered. */
export const offerStanding = (code: string, token: string): Promise<Answer<OfferStanding>> =>
  call(`${theirs(code)}/state`, { method: "POST", token, body: { code }, signal: AbortSignal.timeout(PATIENCE_MS) });

export const sayHave = (code: string): Promise<Answer<unknown>> =>
  call(`${theirs(code)}/have`, { method: "POST", body: { code } });
