// The API described: /openapi.json from the schemas that validate, and /docs, a page made from it here, without script or other origins.

import { z } from "@hono/zod-openapi";
import { VERSION } from "../platform/version.ts";
import { publicOrigin } from "../platform/settings.ts";
import { json } from "./answer.ts";
import type { App } from "./define.ts";
import { docsPage, docsStyle } from "./docs-page.ts";
import { PAGE_HEADERS, STYLE_PATH } from "./page-frame.ts";
import { TAGS } from "./tags.ts";
import { webhooks } from "./webhook-schemas.ts";

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe("A stable kebab-case word."),
    reason: z
      .string()
      .optional()
      .describe(
        "Where `code` has several causes, which, as far as a program needs it. Of a reply link that is gone `revoked`, `expired`, `retracted` or `joined`; of a product that can't be changed because an offer of it stands `offered`.",
      ),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("Every fault of the input."),
  })
  .openapi("Problem");

function register(app: App): void {
  const { openAPIRegistry: registry } = app;
  registry.register("Problem", problemSchema);
  for (const [name, description] of [
    ["channel", "An owner's channel: `<twin id>~<43 characters>`"],
    ["maker", "A maker's key: `<domain>~<43 characters>`"],
    ["operator", "The operator's key"],
    ["reply-link", "A reply link's secret, after the `#` of its address: `<twin id>~<43 characters>`"],
    ["share", "A share's secret, after the `#` of its address: `<twin id>~<43 characters>`"],
    ["keyring", "43 base64url characters, made from the owner's recovery words"],
  ] as const) {
    registry.registerComponent("securitySchemes", name, { type: "http", scheme: "bearer", description });
  }
  for (const webhook of webhooks) registry.registerWebhook(webhook);
}

type Document = ReturnType<App["getOpenAPI31Document"]>;
let made: { origin: string; document: Document } | undefined;

/** The OpenAPI 3.1 document; made once an isolate, as it does not change. */
function documentOf(app: App, env: Env): Document {
  const origin = publicOrigin(env);
  if (made?.origin !== origin) {
    const document = app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "Pico Twins",
        version: VERSION,
        description:
          "A digital twin for everything you own: what you know about it, told to its maker under your terms.",
      },
      servers: [{ url: origin }],
      tags: [...TAGS],
    });
    made = { origin, document };
  }
  return made.document;
}

export function documentation(app: App): void {
  register(app);
  app.get("/openapi.json", (c) => json(documentOf(app, c.env)));
  app.get("/docs", (c) => c.html(docsPage(documentOf(app, c.env)), 200, PAGE_HEADERS));
  app.get(STYLE_PATH, (c) =>
    c.body(docsStyle, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache" }),
  );
}
