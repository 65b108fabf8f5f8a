// The pages that are not the API: the front page and its mark. Read by anyone, holding nothing of anyone.

import { VERSION } from "../platform/version.ts";
import type { App } from "./define.ts";
import { ICON, landingPage } from "./landing-page.ts";
import { ICON_PATH, PAGE_HEADERS } from "./page-frame.ts";

export function pages(app: App): void {
  app.get("/", (c) => c.html(landingPage(VERSION), 200, PAGE_HEADERS));
  app.get(ICON_PATH, (c) => c.body(ICON, 200, { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400" }));
}
