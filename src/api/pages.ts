// The pages that are not the API: the front page, where a label leads, and the mark. Read by anyone, holding nothing of anyone.

import { gtin14, isSerial } from "../domain/gtin.ts";
import { publicOrigin } from "../platform/settings.ts";
import { VERSION } from "../platform/version.ts";
import type { App } from "./define.ts";
import { ICON, landingPage } from "./landing-page.ts";
import { labelPage } from "./label-page.ts";
import { ICON_PATH, PAGE_HEADERS } from "./page-frame.ts";
import { problem } from "./problem.ts";

export function pages(app: App): void {
  app.get("/", (c) => c.html(landingPage(VERSION), 200, PAGE_HEADERS));
  app.get("/01/:gtin/21/:serial", (c) =>
    gtin14(c.req.param("gtin")) === null || !isSerial(c.req.param("serial"))
      ? problem({ code: "not-found", detail: "This is not the link of a label: its GTIN or its serial can't be one." })
      : c.html(labelPage(publicOrigin(c.env), VERSION), 200, PAGE_HEADERS),
  );
  app.get(ICON_PATH, (c) =>
    c.body(ICON, 200, { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400" }),
  );
}
