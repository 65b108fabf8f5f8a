// An owner's device and its company in conversation: what the server has of it, what the company says, what the page shows.

import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { Device } from "./owner.ts";
import type { WebWorld } from "./world.ts";

/** An owner's device with the service worker. */
export const installing = (world: WebWorld): Promise<Device> => world.claimed({ serviceWorkers: "allow" });

type Written = { id: string; text: string; photos: { id: string }[]; thread: { verdict: string | null } };
export const notesAt = async ({ api }: WebWorld, { twin, token }: Device): Promise<Written[]> =>
  (await api.get(`/v1/twins/${twin}/notes?limit=200`, token)).body.items;
/** In the order in which the server took them. */
export const textsAt = async (world: WebWorld, of: Device): Promise<string[]> =>
  (await notesAt(world, of)).map(({ text }) => text).toReversed();

/** The company answers under a note. */
export async function answer(
  { api, maker }: WebWorld,
  { twin }: Device,
  note: string,
  text: string,
  more: object = {},
): Promise<void> {
  const path = `/v1/makers/${maker.domain}/threads/${twin}/${note}/messages`;
  const said = await api.post(path, { text, ...more }, maker.key);
  expect(said.status, JSON.stringify(said.body)).toBe(201);
}

export const companyName = ({ maker }: WebWorld): string => `Maker ${maker.domain}`;
export const shows = (page: Page, text: string): Promise<void> =>
  page.getByText(text, { exact: true }).first().waitFor();
