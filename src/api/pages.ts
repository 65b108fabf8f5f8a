// The pages that are not the API: the owner's app, the maker's desk, what a buyer is shown, their files, the mark, and what search engines
// may read. Read by anyone, holding nothing of anyone.

import type { Context } from "hono";
import { publicOrigin } from "../platform/settings.ts";
import { APP_PATHS, type AppPath } from "./app-paths.ts";
import { APP_POLICY, shell, type Side } from "./app-shell.ts";
import type { App } from "./define.ts";
import { DESK_PATHS, type DeskPath } from "./desk-paths.ts";
import { namesTag } from "./etag.ts";
import { ICON_PATH } from "./page-frame.ts";
import { problem } from "./problem.ts";
import { SHOW_PATH } from "./show-path.ts";

type Ask = Context<{ Bindings: Env }>;
type PagePath = AppPath | DeskPath | typeof SHOW_PATH;

const FRESH_EACH_TIME = "no-cache";
const A_DAY = "public, max-age=86400";
const FOR_EVER = "public, max-age=31536000, immutable";

/** The built files by path, and what their answers carry beside what ASSETS says. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/assets/*": { "Cache-Control": FOR_EVER },
  "/icons/*": { "Cache-Control": A_DAY },
  "/manifest.webmanifest": { "Cache-Control": FRESH_EACH_TIME },
  "/sw.js": { "Cache-Control": FRESH_EACH_TIME, "Service-Worker-Allowed": "/" },
};

/** A small mark: a thing and its twin. Colours that stand on light and on dark. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="12" cy="16" r="9" fill="#1f7560"/><circle cx="20" cy="16" r="9" fill="none" stroke="#4f9c86" stroke-width="2.6" stroke-linecap="round" stroke-dasharray="0.1 4.61"/></svg>`;

const ROBOTS = `User-agent: *
Allow: /$
Allow: /docs
Disallow: /
`;

/** Where a label leads: there the page asks for a code, which no other site's link should bring anybody to. */
const isLabel = (path: PagePath): boolean => path.startsWith("/01/");
const isSentByAnotherSite = (c: Ask): boolean => /^(?:cross|same)-site$/.test(c.req.header("Sec-Fetch-Site") ?? "");

const isDesk = (path: string): boolean => path === "/desk" || path.startsWith("/desk/");

const sideOf = (path: PagePath): Side => (path === SHOW_PATH ? "buyer" : isDesk(path) ? "desk" : "owner");

async function appPage(c: Ask, path: PagePath, status: 200 | 400 | 404 = 200): Promise<Response> {
  const came = isLabel(path) && isSentByAnotherSite(c) ? "elsewhere" : "here";
  const side = sideOf(path);
  const page = await shell(c.env, publicOrigin(c.env), came, side);
  if (page === null) {
    return problem({
      code: "unavailable",
      detail: "The app's pages are not built. Whoever runs this server: run `npm run build`, then start it again.",
    });
  }
  const headers = {
    "Cache-Control": FRESH_EACH_TIME,
    "Content-Security-Policy": APP_POLICY,
    ETag: `"${page.tag}"`,
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    ...(isLabel(path) && { Vary: "Sec-Fetch-Site" }),
    ...(side === "buyer" && { "X-Robots-Tag": "noindex, nofollow" }),
  };
  return status === 200 && namesTag(c.req.header("If-None-Match") ?? null, page.tag)
    ? c.body(null, 304, headers)
    : c.html(page.body, status, headers);
}

/** Whether a person's browser asks for a page, rather than a program for an answer. */
const isNavigation = (c: Ask): boolean =>
  c.req.method === "GET" &&
  !c.req.path.startsWith("/v1/") &&
  (c.req.header("Accept") ?? "").split(",").some((type) => type.trim().startsWith("text/html"));

/** A refusal as the app's page, which says it in words, for a person whose browser asks for one; null for whoever else asks. */
export const refusalPage = (c: Ask, status: 400 | 404): Promise<Response> | null =>
  isNavigation(c) ? appPage(c, isDesk(c.req.path) ? "/desk" : "/", status) : null;

async function builtFile(c: Ask, headers: Readonly<Record<string, string>>): Promise<Response> {
  // A path with dots in it was routed as it was sent, and would be looked up as what it comes to.
  const isPlain = new URL(c.req.url).pathname === c.req.path;
  const file = isPlain ? await c.env.ASSETS.fetch(c.req.raw) : null;
  if (!file?.ok && file?.status !== 304) return problem({ code: "not-found", detail: "There is no such file." });
  const answer = new Response(file.body, file);
  // A service worker lives under the policy it came with, not under its page's.
  for (const [name, value] of Object.entries({ "Content-Security-Policy": APP_POLICY, ...headers })) {
    answer.headers.set(name, value);
  }
  return answer;
}

export function pages(app: App): void {
  for (const path of [...APP_PATHS, ...DESK_PATHS, SHOW_PATH]) app.get(path, (c) => appPage(c, path));
  app.get("/desk/", (c) => c.redirect("/desk", 308));
  for (const [path, headers] of Object.entries(FILES)) app.get(path, (c) => builtFile(c, headers));
  app.get(ICON_PATH, (c) => c.body(ICON, 200, { "Content-Type": "image/svg+xml", "Cache-Control": A_DAY }));
  app.get("/robots.txt", (c) => c.text(ROBOTS, 200, { "Cache-Control": A_DAY }));
}
