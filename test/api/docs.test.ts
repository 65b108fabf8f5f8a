// What describes the API: the document is whole and true to itself, the page shows all of it, and both come as they should.

import { describe, expect, it } from "vitest";
import { SCOPES } from "../../src/domain/access.ts";
import { EVENT_TYPES } from "../../src/domain/event-types.ts";
import type { Answer } from "../support/client.ts";
import { claim, join } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

/** JSON of any shape, as the client answers it. */
type Node = Answer["body"];
const METHODS = ["get", "post", "put", "patch", "delete"];

const document = (await api.get("/openapi.json")).body;
const page = (await api.get<string>("/docs")).body;
const operations: { method: string; path: string; operation: Node }[] = [document.paths, document.webhooks].flatMap(
  (paths: Node) =>
    Object.entries<Node>(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => (item[method] ? [{ method, path, operation: item[method] }] : [])),
    ),
);

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

const at = (pointer: string): unknown =>
  pointer
    .slice("#/".length)
    .split("/")
    .reduce((node: Node, name) => node?.[name.replaceAll("~1", "/").replaceAll("~0", "~")], document);
const anchorsOf = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
const unescaped = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("/openapi.json", () => {
  it("is an OpenAPI 3.1 document of this server", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: api.origin }]);
    expect(operations.length).toBeGreaterThan(60);
  });

  it("refers only to what it holds", () => {
    const refs = [...nodesOf(document)].map(({ $ref }) => $ref as unknown).filter((ref) => typeof ref === "string");
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of new Set(refs)) expect([ref, at(ref) !== undefined]).toEqual([ref, true]);
  });

  it("says of every operation what it is for and what it answers", () => {
    const chapters = new Set(document.tags.map(({ name }: Node) => name));
    for (const { method, path, operation } of operations) {
      const where = `${method} ${path}`;
      expect([where, operation.summary?.length > 0]).toEqual([where, true]);
      expect([where, chapters.has(operation.tags[0])]).toEqual([where, true]);
      const answers = Object.entries<Node>(operation.responses);
      expect([where, answers.some(([status]) => /^[1-3]/.test(status))]).toEqual([where, true]);
      for (const [status, { description }] of answers)
        expect([where, status, typeof description]).toEqual([where, status, "string"]);
    }
  });

  it("declares every parameter of a path, and none that the path has not", () => {
    for (const { method, path, operation } of operations) {
      const declared = (operation.parameters ?? []).filter((parameter: Node) => parameter.in === "path");
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      expect([method, path, declared.map(({ name }: Node) => name)]).toEqual([method, path, named]);
      for (const parameter of declared) expect([path, parameter.required]).toEqual([path, true]);
    }
  });

  it("names only security schemes that it describes", () => {
    const schemes = Object.keys(document.components.securitySchemes);
    for (const { path, operation } of operations) {
      for (const name of operation.security.flatMap(Object.keys))
        expect([path, schemes]).toEqual([path, expect.arrayContaining([name])]);
    }
  });

  it("names the scope or role that a call takes: without it the call is refused, with it alone it isn't", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const filled = (path: string): string =>
      path
        .replace("{twin}", owner.twin)
        .replace("{maker}", maker.domain)
        .replaceAll(/\{(\w+)\}/g, (_, name) => `${name}_${"0".repeat(26)}`);
    const ask = async (path: string, token: string) => (await api.get(filled(path), token)).status;
    const channel = async (scopes: readonly string[]): Promise<string> =>
      (await api.post(`/v1/twins/${owner.twin}/channels`, { label: "a test", scopes }, owner.token)).body.token;
    const key = async (role: string): Promise<string> =>
      (await api.post(`/v1/makers/${maker.domain}/keys`, { label: "a test", role }, maker.key)).body.key;
    const lesser: Record<string, string | null> = {
      admin: await key("agent"),
      agent: await key("reader"),
      reader: null,
    };

    let judged = 0;
    // A WebSocket is asked for in another way, and its maker's photos are another owner's to give.
    const reads = operations.filter(({ method, path }) => method === "get" && !/\/(live|threads)/.test(path));
    for (const { path, operation } of reads) {
      const [scope] = operation.security.flatMap((need: Node) => need.channel ?? []);
      const [role] = operation.security.flatMap((need: Node) => need.maker ?? []);
      if (scope) {
        const without = SCOPES.filter(
          (one) => one !== "owner" && one !== scope && !(scope === "notes:own" && one === "notes:read"),
        );
        expect([path, await ask(path, await channel(without))]).toEqual([path, 403]);
        expect([path, [401, 403].includes(await ask(path, await channel([scope])))]).toEqual([path, false]);
        judged++;
      }
      if (role) {
        if (lesser[role]) expect([path, await ask(path, lesser[role])]).toEqual([path, 403]);
        expect([path, [401, 403].includes(await ask(path, await key(role)))]).toEqual([path, false]);
        judged++;
      }
    }
    expect(judged).toBeGreaterThan(15);
  });

  it("has a webhook for each event a maker can ask for, with the signature's headers", () => {
    expect(Object.keys(document.webhooks)).toEqual([...EVENT_TYPES]);
    for (const [type, { post }] of Object.entries<Node>(document.webhooks)) {
      expect(post.parameters.map(({ name, in: place, required }: Node) => [name, place, required])).toEqual(
        ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, "header", true]),
      );
      expect(post.requestBody.content["application/json"].schema.properties.type.enum).toEqual([type]);
      expect(Object.keys(post.responses).toSorted()).toEqual(["2XX", "410", "default"]);
    }
  });
});

describe("/docs", () => {
  it("shows every path, event and shape of the document, and every description", () => {
    const text = unescaped(page);
    for (const { method, path, operation } of operations) {
      const shown = [
        path,
        path.startsWith("/") ? `${method.toUpperCase()} ${path}` : `EVENT ${path}`,
        operation.summary,
        operation.description ?? "",
      ];
      for (const words of shown) expect([words, text.includes(words.replaceAll("`", ""))]).toEqual([words, true]);
    }
    for (const name of Object.keys(document.components.schemas))
      expect(anchorsOf(page)).toContain(`shape-${name.toLowerCase()}`);
  });

  it("has anchors that are unique, and links that lead to one", () => {
    const anchors = anchorsOf(page);
    expect(anchors.length).toBe(new Set(anchors).size);
    const targets = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !anchors.includes(target))).toEqual([]);
  });

  it("has its headings in order", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.slice(1).forEach((level, i) => expect(level).toBeLessThanOrEqual(levels[i]! + 1));
  });

  it("calls no scope unused that a route asks for", () => {
    expect(page).not.toContain("Nothing uses it");
  });

  it("escapes what it shows", () => {
    expect(page.includes("&lt;twin id&gt;~&lt;43 characters&gt;")).toBe(true);
    expect(page.match(/\[object|(?<!<code)>(?:undefined|null|false)</)).toBe(null);
  });
});

describe("the page", () => {
  it("runs no script, loads nothing from elsewhere and may not be framed", async () => {
    const { status, headers, body } = await api.get<string>("/docs");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/html; charset=UTF-8"]);
    const policy = headers.get("Content-Security-Policy")!.split("; ");
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy.some((rule) => /script|unsafe|https?:/.test(rule))).toBe(false);
    expect(body.match(/<script|<iframe| style=| on\w+=|javascript:/i)).toBe(null);
    for (const [, source] of body.matchAll(/(?: src|<link [^>]*href)="([^"]+)"/g))
      expect((await api.get(source!)).status).toBe(200);
  });

  it("has one stylesheet, which names no other place", async () => {
    const style = await api.get<string>("/docs/style.css");
    expect([style.status, style.headers.get("Content-Type")]).toEqual([200, "text/css; charset=utf-8"]);
    expect(style.body).not.toMatch(/url\(|@import|https?:/);
    expect(page.includes('href="/docs/style.css"')).toBe(true);
  });
});
