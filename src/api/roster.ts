// The roster of agreements: what each code obliges, permits and prohibits, for machines and in plain words.

import { z } from "@hono/zod-openapi";
import { plainWords } from "../domain/terms/plain-words.ts";
import {
  AGREEMENT_KINDS,
  isRosterCode,
  NO_LEGAL_TEXT,
  OBLIGATIONS,
  PERMISSIONS,
  PROHIBITIONS,
  ROSTER,
  ROSTER_CODES,
  ROSTER_URL,
  type RosterCode,
} from "../domain/terms/roster.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { pageOf } from "./page.ts";
import { problem } from "./problem.ts";

const THE_COMPANY = "The company";

const rosterEntry = z
  .object({
    code: z.enum(ROSTER_CODES),
    kind: z.enum(AGREEMENT_KINDS),
    launch: z.boolean().describe("One of the five agreements the roster launched with."),
    obliges: z.array(z.enum(OBLIGATIONS)),
    permits: z.array(z.enum(PERMISSIONS)),
    prohibits: z.array(z.enum(PROHIBITIONS)),
    plainWords: z.string(),
    digest: z
      .string()
      .describe(
        "SHA-256, in lower-case hex, of the canonical form (RFC 8785) of {code, kind, obliges, permits, prohibits}.",
      ),
    roster: z.string(),
    legalText: z.string().nullable(),
    legalTextNote: z.string(),
  })
  .openapi("RosterEntry");

const entryOf = (code: RosterCode) => ({
  ...ROSTER[code],
  plainWords: plainWords(code, THE_COMPANY),
  roster: ROSTER_URL,
  legalTextNote: NO_LEGAL_TEXT,
});

export function roster(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/roster",
      tag: "Roster",
      summary: "The agreements an owner can proffer",
      caller: "anyone",
      answers: { 200: { description: "Every agreement of the roster", schema: pageOf(rosterEntry) } },
    },
    async () => json({ items: ROSTER_CODES.map(entryOf), next: null }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/roster/:code",
      tag: "Roster",
      summary: "One agreement of the roster",
      caller: "anyone",
      params: z.object({ code: z.string() }),
      answers: { 200: { description: "The agreement", schema: rosterEntry } },
    },
    async ({ params }) =>
      isRosterCode(params.code)
        ? json(entryOf(params.code))
        : problem({ code: "not-found", detail: "The roster has no agreement with this code." }),
  );
}
