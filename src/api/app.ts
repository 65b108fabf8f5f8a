// The HTTP app: every resource's routes, what holds for all of them, and what is said where there is nothing.

import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { log } from "../platform/log.ts";
import { isSetUp } from "../platform/settings.ts";
import { VERSION } from "../platform/version.ts";
import { agreements } from "./agreements.ts";
import { anyOrigin } from "./any-origin.ts";
import { json } from "./answer.ts";
import { audit } from "./audit.ts";
import { channels } from "./channels.ts";
import { claims } from "./claims.ts";
import type { App } from "./define.ts";
import { deliveries } from "./deliveries.ts";
import { digitalLinks } from "./digital-link.ts";
import { deskLive } from "./desk-live.ts";
import { deskThreads } from "./desk-threads.ts";
import { documentation } from "./documentation.ts";
import { endpointTrials } from "./endpoint-trials.ts";
import { feed } from "./feed.ts";
import { finds } from "./finds.ts";
import { handover } from "./handover.ts";
import { history } from "./history.ts";
import { inbound } from "./inbound.ts";
import { makerInsights } from "./insights.ts";
import { joinings } from "./joinings.ts";
import { keyrings } from "./keyrings.ts";
import { knownIssues } from "./known-issues.ts";
import { makerAgreements } from "./maker-agreements.ts";
import { makerEndpoints } from "./maker-endpoints.ts";
import { makerEvents } from "./maker-events.ts";
import { makerKeys } from "./maker-keys.ts";
import { makerLabels } from "./maker-labels.ts";
import { makerThreads } from "./maker-threads.ts";
import { makers } from "./makers.ts";
import { notes } from "./notes.ts";
import { notices } from "./notices.ts";
import { pages, refusalPage } from "./pages.ts";
import { papers } from "./papers.ts";
import { problem } from "./problem.ts";
import { productBoard } from "./product-board.ts";
import { products } from "./products.ts";
import { push } from "./push.ts";
import { replyLinks } from "./reply-links.ts";
import { roster } from "./roster.ts";
import { savedReplies } from "./saved-replies.ts";
import { secureHeaders } from "./secure-headers.ts";
import { shares } from "./shares.ts";
import { signIns } from "./sign-ins.ts";
import { twins } from "./twins.ts";

const NOT_SET_UP = {
  code: "unavailable",
  detail: "The operator has not set ROOT_KEY and OPERATOR_KEY, of 32 characters or more.",
} as const;

export const app: App = new OpenAPIHono<{ Bindings: Env }>();

app.use(secureHeaders);
app.use(async (c, next) => (isSetUp(c.env) ? next() : problem(NOT_SET_UP)));
app.use("/v1/*", anyOrigin);

app.get("/health", () => json({ status: "ok", version: VERSION }));
roster(app);
makers(app);
joinings(app);
// Before the keys by name: `keys/current` is none.
signIns(app);
makerKeys(app);
makerLabels(app);
makerEndpoints(app);
endpointTrials(app);
deliveries(app);
makerAgreements(app);
deskThreads(app);
makerThreads(app);
knownIssues(app);
savedReplies(app);
deskLive(app);
audit(app);
makerInsights(app);
makerEvents(app);
inbound(app);
claims(app);
twins(app);
notes(app);
replyLinks(app);
history(app);
shares(app);
finds(app);
notices(app);
handover(app);
agreements(app);
channels(app);
papers(app);
feed(app);
push(app);
keyrings(app);
products(app);
productBoard(app);
documentation(app);
digitalLinks(app);
pages(app);

// A path that exists answers a wrong method with what would be right.
const methods = new Map<string, Set<string>>();
for (const { path, method } of app.routes) {
  if (method !== "ALL") methods.set(path, (methods.get(path) ?? new Set()).add(method));
}
for (const [path, allowed] of methods) {
  app.all(path, () => problem({ code: "method-not-allowed", allow: [...allowed].join(", ") }));
}

app.notFound(
  (c) =>
    refusalPage(c, 404) ?? problem({ code: "not-found", detail: "There is nothing here. /docs describes what is." }),
);

app.onError((error, c) => {
  if (error instanceof HTTPException) return problem({ code: "malformed", detail: error.message });
  log("fault", { error: error.name, path: c.req.routePath });
  return problem({
    code: "unavailable",
    detail: "Something went wrong here. Nothing of this request was kept half; try again.",
  });
});
