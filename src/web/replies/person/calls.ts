// What the bearer of a reply link asks. Its secret goes nowhere but into the Authorization header.

import { call, type Answer } from "../../api/call.ts";
import type {
  LinkMessage,
  LinkProffer,
  LinkThread,
  OpenedLink,
  ReplyMessage,
  ReplyPerson,
} from "../../../domain/reply-link.ts";
import type { DecisionBody } from "../../../domain/terms/record.ts";
import type { Signed } from "../../../domain/terms/seal.ts";

export type NewAnswer = Omit<ReplyMessage, "type"> & Partial<Pick<ReplyMessage, "type">>;

const LINKS = "/v1/reply-links";

export const openLink = (token: string): Promise<Answer<OpenedLink>> =>
  call(`${LINKS}/open`, { method: "POST", token });

export const askProffer = (token: string, body: ReplyPerson): Promise<Answer<LinkProffer>> =>
  call(`${LINKS}/proffer`, { method: "POST", token, body });

export const decide = (token: string, decision: Signed<DecisionBody>): Promise<Answer<OpenedLink>> =>
  call(`${LINKS}/decision`, { method: "POST", token, body: { decision } });

export const readThread = (token: string): Promise<Answer<LinkThread>> => call(`${LINKS}/thread`, { token });

export const readPhoto = (token: string, photo: string): Promise<Answer<Blob>> =>
  call(`${LINKS}/photos/${photo}`, { token, as: "blob" });

export const postAnswer = (token: string, body: NewAnswer, key: string): Promise<Answer<LinkMessage>> =>
  call(`${LINKS}/messages`, { method: "POST", token, body, key });
