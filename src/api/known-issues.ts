// Known issues: what a company says of them, and the owners of the product, who read it and may count themselves in.

import { z } from "@hono/zod-openapi";
import type { IssueId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { issueChange, issueInput, shown, type CountedIssue } from "../domain/known-issue.ts";
import type { Colleague } from "../maker/maker.ts";
import { desksOf, officeOf, tenureOf } from "../platform/stubs.ts";
import { created, found, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { issueView } from "./maker-views.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";
import { ownersIssue } from "./schemas.ts";

const TAG = "Makers: desk";
const OWNERS_TAG = "Notes";
const params = z.object({ maker: makerParam });
const issueParams = params.extend({ issue: idField("issue") });
const ownersParams = z.object({ twin: z.string(), issue: idField("issue") });

type Counts = ReadonlyMap<IssueId, number>;

const viewOf = (issue: CountedIssue, linked: Counts) => ({
  id: issue.id,
  title: issue.title,
  product: issue.product,
  status: issue.status,
  fixedIn: issue.fixedIn,
  text: issue.text,
  linked: shown(linked.get(issue.id) ?? 0),
  meToo: shown(issue.meToo),
  createdAt: rfc3339(issue.createdAt),
  updatedAt: rfc3339(issue.updatedAt),
});

/** Over all of the desk's shards. */
async function linkedCounts(env: Env, maker: string, { deskShards }: Colleague): Promise<Counts> {
  const counts = new Map<IssueId, number>();
  for (const shard of await Promise.all(desksOf(env, maker, deskShards).map((desk) => desk.countedByIssue()))) {
    for (const { issue, n } of shard) counts.set(issue, (counts.get(issue) ?? 0) + n);
  }
  return counts;
}

export function knownIssues(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/known-issues",
      tag: TAG,
      summary: "Say what is known of something owners met",
      description:
        "Owners of the product can read it from now on and count themselves in. Link threads to it, and each of their owners is told in their thread, now and at every change.",
      caller: "maker",
      needs: "agent",
      idempotent: true,
      params,
      body: issueInput,
      answers: { 201: { description: "The known issue", schema: issueView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "agent");
        if (!who.ok) return problem(who.error);
        const domain = call.params.maker;
        const place = { maker: domain, shards: who.value.deskShards };
        const added = await officeOf(call.env, domain).addIssue(place, call.body, call.keyed?.idem);
        if (!added.ok) return problem(added.error);
        return created({ ...added.value, body: viewOf(added.value.body, new Map()) });
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/known-issues",
      tag: TAG,
      summary: "The company's known issues, newest first",
      caller: "maker",
      needs: "reader",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Known issues", schema: pageOf(issueView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const [issues, linked] = await Promise.all([
          officeOf(call.env, call.params.maker).issues(),
          linkedCounts(call.env, call.params.maker, who.value),
        ]);
        return json(
          slice(
            issues.map((issue) => viewOf(issue, linked)),
            call.query,
          ),
        );
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/known-issues/:issue",
      tag: TAG,
      summary: "One known issue",
      caller: "maker",
      needs: "reader",
      params: issueParams,
      answers: { 200: { description: "The known issue", schema: issueView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const issue = await officeOf(call.env, call.params.maker).issue(call.params.issue);
        if (!issue) return problem({ code: "not-found", detail: "There is no such known issue." });
        return json(viewOf(issue, await linkedCounts(call.env, call.params.maker, who.value)));
      }),
  );
  define(
    app,
    {
      method: "patch",
      path: "/v1/makers/:maker/known-issues/:issue",
      tag: TAG,
      summary: "Say how it stands now",
      description:
        "Every owner of a linked thread is told, in the background and once, while their agreement lets the company answer. `null` takes `fixedIn` or `text` away.",
      caller: "maker",
      needs: "agent",
      params: issueParams,
      body: issueChange,
      answers: { 200: { description: "The known issue", schema: issueView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "agent");
        if (!who.ok) return problem(who.error);
        const issue = call.params.issue as IssueId;
        const changed = await officeOf(call.env, call.params.maker).changeIssue(issue, call.body);
        if (!changed.ok) return problem(changed.error);
        return json(viewOf(changed.value, await linkedCounts(call.env, call.params.maker, who.value)));
      }),
  );

  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/known-issues",
      tag: OWNERS_TAG,
      summary: "What the product's company knows of, newest first",
      description: "Empty where the company has not joined.",
      caller: "channel",
      needs: "twin:read",
      query: z.object(pageQuery),
      answers: { 200: { description: "Known issues of this product", schema: pageOf(ownersIssue) } },
    },
    async ({ env, twin, tokenHash, query }) => {
      const issues = await tenureOf(env, twin).knownIssues(tokenHash);
      return issues.ok ? json(slice(issues.value, query)) : problem(issues.error);
    },
  );
  define(
    app,
    {
      method: "put",
      path: "/v1/twins/:twin/known-issues/:issue/me-too",
      tag: OWNERS_TAG,
      summary: "Count yourself in",
      description:
        "Your own act, under any terms or none. The company learns the number, from five up, and not who. Erasing the twin takes it back.",
      caller: "channel",
      needs: "messages:write",
      params: ownersParams,
      answers: { 200: { description: "The known issue", schema: ownersIssue } },
    },
    async ({ env, twin, tokenHash, params: { issue } }) =>
      found(await tenureOf(env, twin).countMeIn(tokenHash, issue as IssueId)),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/twins/:twin/known-issues/:issue/me-too",
      tag: OWNERS_TAG,
      summary: "Count yourself out again",
      caller: "channel",
      needs: "messages:write",
      params: ownersParams,
      answers: { 204: { description: "Taken back" } },
    },
    async ({ env, twin, tokenHash, params: { issue } }) => {
      const out = await tenureOf(env, twin).countMeOut(tokenHash, issue as IssueId);
      return out.ok ? noContent() : problem(out.error);
    },
  );
}
