// A label's link for programs (GS1 Digital Link, GS1-Conformant Resolver): the set of links it leads to. Asks no object:
// unknown, unclaimed and claimed items are answered alike.

import type { Context, MiddlewareHandler } from "hono";
import { accepts } from "hono/accepts";
import { digitalLink, gtin14, isSerial } from "../domain/gtin.ts";
import { askedFor, foundPage, GS1_VOCABULARY, LINKSET_CONTEXT, LINKSET_TYPE, linksetOf } from "../domain/linkset.ts";
import { publicOrigin } from "../platform/settings.ts";
import { anyOrigin } from "./any-origin.ts";
import { json } from "./answer.ts";
import type { App } from "./define.ts";
import { refusalPage } from "./pages.ts";
import { problem } from "./problem.ts";

type Ask = Context<{ Bindings: Env }>;

const PRODUCT_PATH = "/01/:gtin";
const ITEM_PATH = "/01/:gtin/21/:serial";
const DESCRIPTION_PATH = "/.well-known/gs1resolver";
const PAGE_TYPE = "text/html";

/** The Digital Link that this request is for, as this server writes it; null where its GTIN or its serial can't be one. */
function linkIn(c: Ask): string | null {
  const gtin = gtin14(c.req.param("gtin") ?? "");
  const serial = c.req.param("serial") ?? null;
  return gtin === null || (serial !== null && !isSerial(serial))
    ? null
    : digitalLink(publicOrigin(c.env), gtin, serial);
}

/** The answer to whoever asks for the linkset, or for what isn't there; null for whoever is to get the page. */
export function linksetAnswer(c: Ask): Response | null {
  const link = linkIn(c);
  if (link === null) {
    return problem({
      code: "malformed",
      detail: "This is not the link of a label: its GTIN or its serial can't be one.",
    });
  }
  const linkType = c.req.query("linkType");
  const type = accepts(c, {
    header: "Accept",
    supports: [PAGE_TYPE, LINKSET_TYPE, "application/json"],
    default: PAGE_TYPE,
  });
  const asked = linkType === undefined ? (type === PAGE_TYPE ? "page" : "linkset") : askedFor(linkType);
  if (asked === "page") return null;
  const isItem = c.req.param("serial") !== undefined;
  if (asked === "found" && isItem) return c.redirect(foundPage(link), 307);
  if (asked === "none" || asked === "found") {
    return problem({
      code: "not-found",
      detail: "There is no link of this type here. ?linkType=linkset names those there are.",
    });
  }
  return json(linksetOf(link, isItem), 200, {
    "Content-Type": linkType === undefined ? type : LINKSET_TYPE,
    Link: `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
  });
}

/** Answers programs, and tells them on the page where the linkset is. */
const forPrograms: MiddlewareHandler<{ Bindings: Env }> = async (c, next) => {
  if (!/^(?:GET|HEAD)$/.test(c.req.method)) return next();
  const answer = (linkIn(c) === null && (await refusalPage(c, 400))) || linksetAnswer(c);
  if (answer) c.res = answer;
  else {
    await next();
    c.res.headers.append("Link", `<${linkIn(c)}?linkType=linkset>; rel="linkset"; type="${LINKSET_TYPE}"`);
  }
  c.res.headers.append("Vary", "Accept");
};

export function digitalLinks(app: App): void {
  for (const path of [PRODUCT_PATH, ITEM_PATH]) app.use(path, anyOrigin, forPrograms);
  app.use(DESCRIPTION_PATH, anyOrigin);
  app.get(DESCRIPTION_PATH, (c) =>
    json({
      name: "Pico Twins",
      resolverRoot: publicOrigin(c.env),
      supportedPrimaryKeys: ["01"],
      supportedLinkType: [{ namespace: GS1_VOCABULARY, prefix: "gs1:" }],
      linkTypeDefaultCanBeLinkset: false,
      jsonLdContextLocation: LINKSET_CONTEXT,
    }),
  );
}
