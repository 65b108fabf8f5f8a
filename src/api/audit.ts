// Who of a company's people did what.

import { z } from "@hono/zod-openapi";
import type { AuditEntry } from "../domain/audit.ts";
import type { KeyId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { ROLES } from "../domain/role.ts";
import { time } from "../domain/text.ts";
import { officeOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, instant, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";

const entryView = z
  .object({
    id: z.int(),
    at: instant,
    key: z.object({ id: idField("key"), label: z.string(), role: z.enum(ROLES) }).describe("As it was then."),
    did: z.string().describe("The call: its method and the path's template."),
    about: z
      .record(z.string(), z.string())
      .describe(
        "What the path named, but for the company. With a sign-in link or a sign-in, `key` is whose it is, where that is one of the team.",
      ),
    status: z.int().nullable().describe("The answer's. Null while it lasts, and where it was cut off."),
  })
  .openapi("AuditEntry");

const viewOf = (entry: AuditEntry) => ({ ...entry, at: rfc3339(entry.at) });

export function audit(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/audit",
      tag: "Makers: desk",
      summary: "Who did what, newest first",
      description:
        "Every call of the team's keys that changed something, kept from before it began. What was refused is not here. It says what the call was about by name, never what was in it. Kept for two years.",
      caller: "maker",
      needs: "admin",
      params: z.object({ maker: makerParam }),
      query: z.object({
        ...pageQuery,
        key: idField("key").optional().describe("Of this key only."),
        from: time.optional(),
        to: time.optional(),
      }),
      answers: { 200: { description: "Entries", schema: pageOf(entryView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "admin");
        if (!allowed.ok) return problem(allowed.error);
        const { key, from, to, cursor, limit } = call.query;
        const filter = { key: key as KeyId | undefined, from, to };
        const { items, next } = await officeOf(call.env, call.params.maker).auditPage(filter, cursor ?? null, limit);
        return json({ items: items.map(viewOf), next: next === null ? null : cursorOf(next) });
      }),
  );
}
