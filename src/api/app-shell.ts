// The one page of the owner's app, the one of the maker's desk, and the one that shows a history to a buyer: each path of theirs answers
// with its page. Nothing in them depends on a twin, an item, a company, a link or a person.

import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { fingerprint } from "../platform/crypto.ts";

/** What the app's page, and every script of it that runs by itself, may do: reach this origin, and nothing else. */
export const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** ASSETS looks at the path only. */
const SHELL_FILES = {
  owner: "https://assets.local/index.html",
  desk: "https://assets.local/desk.html",
  buyer: "https://assets.local/show.html",
} as const;
export type Side = keyof typeof SHELL_FILES;

/** The page as it is for those who came by themselves, and for those whom another site sent. */
export type Came = "here" | "elsewhere";
export type Shell = { readonly body: string; readonly tag: string };

/** The page as it is built now, naming `origin` so that a person can tell a copy from it; null when it isn't built. */
export async function shell(env: Env, origin: string, came: Came, side: Side = "owner"): Promise<Shell | null> {
  const built = await env.ASSETS.fetch(SHELL_FILES[side]);
  const text = await built.text();
  if (built.status !== 200) return null;
  const named = text.replace('data-origin=""', () => html`data-origin="${origin}"` as HtmlEscapedString);
  const body = came === "here" ? named : named.replace("<html", '<html data-came="elsewhere"');
  return { body, tag: await fingerprint(body) };
}
