// What the holder of a link asks. Its secret goes nowhere but into the Authorization header.

import { call, type Answer } from "../api/call.ts";
import type { Label, LabelAnswer } from "../../domain/label-hash.ts";
import type { ChallengeView } from "../../domain/share.ts";
import type { Link } from "./link.ts";
import type { OpenedShare, ShareStatus } from "./opened.ts";

const path = ({ twin, share }: Link): string => `/v1/twins/${twin}/shares/${share}`;

/** What is shown. Counted as an opening, but not where it was open here before: only a person's click may ask for it. */
export const openShare = (link: Link, again: boolean): Promise<Answer<OpenedShare>> =>
  call(`${path(link)}/open${again ? "?again=true" : ""}`, { method: "POST", token: link.token });

/** What is asked again and again waits for no lost answer. */
const STATUS_WAIT_MS = 15_000;

/** How things stand now; counts nothing. */
export const readStatus = (link: Link): Promise<Answer<ShareStatus>> =>
  call(`${path(link)}/status`, { token: link.token, signal: AbortSignal.timeout(STATUS_WAIT_MS) });

export const readPhoto = (link: Link, photo: string): Promise<Answer<Uint8Array<ArrayBuffer>>> =>
  call(`${path(link)}/photos/${photo}`, { token: link.token, as: "bytes" });

export const compareLabel = (link: Link, label: Label): Promise<Answer<LabelAnswer>> =>
  call(`${path(link)}/label`, { method: "POST", token: link.token, body: label });

export const challenge = (link: Link, nonce: string): Promise<Answer<ChallengeView>> =>
  call(`${path(link)}/challenge`, { method: "POST", token: link.token, body: { nonce } });
