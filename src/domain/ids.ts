// Names: what every id, token and code looks like. Making them (randomness, MACs) is the platform's.

import { crockfordNumber, encodeCrockford, readCrockfordNumber } from "./crockford.ts";

export type IdPrefix =
  | "note"
  | "msg"
  | "agr"
  | "chan"
  | "evt"
  | "ep"
  | "key"
  | "photo"
  | "share"
  | "offer"
  | "issue"
  | "notice"
  | "reply"
  | "link";

export type Id<P extends IdPrefix> = `${P}_${string}`;
export type NoteId = Id<"note">;
export type MessageId = Id<"msg">;
export type AgreementId = Id<"agr">;
export type ChannelId = Id<"chan">;
export type EventId = Id<"evt">;
export type EndpointId = Id<"ep">;
export type KeyId = Id<"key">;
export type PhotoId = Id<"photo">;
export type LinkId = Id<"link">;
export type ShareId = Id<"share">;
export type ReplyId = Id<"reply">;
export type IssueId = Id<"issue">;
export type NoticeId = Id<"notice">;
/** `twin_` + 16 of item, 2 of tenure, 8 of MAC. */
export type TwinId = `twin_${string}`;
/** A maker's domain name in lower case. */
export type Domain = string;

export const ID_BYTES = 16;
const BODY = "[0-9a-hjkmnp-tv-z]";

/** An id of 128 random bits. */
export const idOf = <P extends IdPrefix>(prefix: P, bytes: Uint8Array): Id<P> => `${prefix}_${encodeCrockford(bytes)}`;

export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-7]${BODY}{25}$`);

export const ITEM_LENGTH = 16;
export const TENURE_LENGTH = 2;
export const MAC_LENGTH = 8;
export const LAST_TENURE = 32 ** TENURE_LENGTH - 1;
export const TWIN_PATTERN = new RegExp(`^twin_${BODY}{${ITEM_LENGTH + TENURE_LENGTH + MAC_LENGTH}}$`);

/** What a twin's MAC is made over: item and tenure. */
export const twinBody = (item: string, tenure: number): string => item + crockfordNumber(tenure, TENURE_LENGTH);

export const twinIdOf = (body: string, mac: string): TwinId => `twin_${body}${mac}`;

/** The parts of a well-formed twin id. Says nothing about whether its MAC is right. */
export function twinParts(id: TwinId): { item: string; tenure: number; body: string; mac: string } {
  const body = id.slice(5, 5 + ITEM_LENGTH + TENURE_LENGTH);
  return {
    item: body.slice(0, ITEM_LENGTH),
    tenure: readCrockfordNumber(body.slice(ITEM_LENGTH)),
    body,
    mac: id.slice(5 + ITEM_LENGTH + TENURE_LENGTH),
  };
}

export const SECRET_BYTES = 32;
/** The secret half of a token. */
export const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** A bearer token's two halves, `name~secret`, or null when it is not one. */
export function tokenParts(token: string): { name: string; secret: string } | null {
  const at = token.indexOf("~");
  if (at < 0) return null;
  const secret = token.slice(at + 1);
  return SECRET_PATTERN.test(secret) ? { name: token.slice(0, at), secret } : null;
}

// RFC 1123 host labels, two or more, and a last one of letters (or punycode), so that no spelling of an IPv4 address passes.
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;
export const isDomain = (text: string): boolean => DOMAIN.test(text);
