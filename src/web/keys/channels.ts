// The channels of a thing, as its owner's device makes, names and takes them back.

import { call, type Answer } from "../api/call.ts";
import type { Channel, Page } from "../api/views.ts";

/** What the card's own channel is called on every thing. */
export const CARD_LABEL = "Card of 12 words";

/** A twin and a token that reaches it. */
export type Access = { readonly twin: string; readonly token: string };
export type Wanted = { readonly label: string; readonly scopes: readonly string[]; readonly expiresAt?: string };
export type NewChannel = { readonly channel: string; readonly token: string };

const PAGE = 200;
const pathOf = (twin: string): string => `/v1/twins/${twin}/channels`;

/** Makes a channel; asked again with the same `key` within a day, the same one is answered. */
export const makeChannel = ({ twin, token }: Access, wanted: Wanted, key: string): Promise<Answer<NewChannel>> =>
  call(pathOf(twin), { method: "POST", token, key, body: wanted });

/** Every channel that still opens the thing, newest first. */
export async function channelsOf({ twin, token }: Access): Promise<Answer<readonly Channel[]>> {
  const all: Channel[] = [];
  let cursor = "";
  for (;;) {
    const page = await call<Page<Channel>>(`${pathOf(twin)}?limit=${PAGE}${cursor}`, { token });
    if (!page.ok) return page;
    all.push(...page.value.items);
    if (page.value.next === null) {
      const now = new Date().toISOString();
      const live = all.filter(
        ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now),
      );
      return { ...page, value: live };
    }
    cursor = `&cursor=${encodeURIComponent(page.value.next)}`;
  }
}

export const revokeChannel = ({ twin, token }: Access, channel: string): Promise<Answer<null>> =>
  call(`${pathOf(twin)}/${channel}`, { method: "DELETE", token });

export const nameChannel = ({ twin, token }: Access, channel: string, label: string): Promise<Answer<Channel>> =>
  call(`${pathOf(twin)}/${channel}`, { method: "PATCH", token, body: { label } });

/** The channel that asks, whatever it may do. */
export const ownChannel = ({ twin, token }: Access): Promise<Answer<Channel>> =>
  call(`${pathOf(twin)}/current`, { token });

/** Gives up the channel that asks. */
export const leave = ({ twin, token }: Access): Promise<Answer<null>> =>
  call(`${pathOf(twin)}/current`, { method: "DELETE", token });
