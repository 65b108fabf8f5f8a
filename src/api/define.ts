// Binds one route: its zod schemas validate the request and describe it in /openapi.json, both from the same object.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Scope } from "../domain/access.ts";
import type { Failure, Fault } from "../domain/failure.ts";
import type { TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { Role } from "../domain/role.ts";
import { witnessed } from "./audit-trail.ts";
import { JSON_BYTES, parseJson, readBytes } from "./body.ts";
import { credentialOf, isLive, twinNamed, twinOf, type Caller } from "./credential.ts";
import { twinField } from "./fields.ts";
import { keyOf, type Keyed } from "./idempotency-key.ts";
import { problem } from "./problem.ts";
import "./wording.ts";

export type App = OpenAPIHono<{ Bindings: Env }>;
type Schema = z.ZodType;
type Inferred<S> = S extends Schema ? z.infer<S> : undefined;

export type RouteSpec<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined> = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly caller: Caller;
  /** The scope or role it takes. The object that does the work judges it; a maker's role is asked for before what changes something is begun. */
  readonly needs?: Scope | Role;
  /** A WebSocket: its token may come as a subprotocol. */
  readonly socket?: boolean;
  readonly params?: P;
  readonly query?: Q;
  /** A JSON body. `optionalBody` lets it be absent, which reads as `{}`. */
  readonly body?: B;
  readonly optionalBody?: boolean;
  /** How large the JSON may be, where that is not as everywhere. */
  readonly bodyBytes?: number;
  /** A body of bytes, of at most so many; `types` and `schema` are for the description. */
  readonly raw?: { readonly limit: number; readonly types: readonly string[]; readonly schema?: Schema };
  /** Whether the route takes an Idempotency-Key. */
  readonly idempotent?: boolean;
  /** What of the body the log of who did what names beside the path: names of what there is, nothing else. */
  readonly about?: (body: Inferred<B>) => Readonly<Record<string, string>>;
  readonly answers: {
    readonly [status: number]: { readonly description: string; readonly schema?: Schema; readonly type?: string };
  };
};

export type Call<P, Q, B> = {
  readonly c: Context<{ Bindings: Env }>;
  readonly env: Env;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The hash of the credential's secret; "" where anyone or the operator calls. */
  readonly tokenHash: string;
  /** The path's twin, or a reply link's, proven by its MAC, where there is one. */
  readonly twin: TwinId;
  readonly keyed: Keyed | null;
  /** Refuses what no object was asked about: whoever has no live credential learns nothing but that. */
  readonly refuse: (failure: Failure) => Promise<Response>;
};

const faultsOf = (error: z.ZodError, at: string): Fault[] =>
  error.issues.map((issue) => ({
    path: [at, ...issue.path.map(String)].filter(Boolean).join("."),
    message: issue.message,
  }));

/** Every value of `search`, each name once; a repeated name is a fault of the schema that gets an array. */
function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return query;
}

/** The path as OpenAPI writes it. */
const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, "{$1}");

function describe(app: App, spec: RouteSpec<Schema | undefined, Schema | undefined, Schema | undefined>): void {
  const security = spec.caller === "anyone" ? [] : [{ [spec.caller]: spec.needs ? [spec.needs] : [] }];
  const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses: Record<string, unknown> = {
    default: { description: "A refusal, as problem details (RFC 9457)", content: problemContent },
  };
  for (const [status, { description, schema, type }] of Object.entries(spec.answers)) {
    responses[status] = {
      description,
      ...((schema || type) && {
        content: { [type ?? "application/json"]: { schema: schema ?? { type: "string", format: "binary" } } },
      }),
    };
  }
  const content = spec.body
    ? { "application/json": { schema: spec.body } }
    : spec.raw &&
      Object.fromEntries(
        spec.raw.types.map((type) => [type, { schema: spec.raw?.schema ?? { type: "string", format: "binary" } }]),
      );
  app.openAPIRegistry.registerPath(
    createRoute({
      method: spec.method,
      path: templateOf(spec.path),
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.description && { description: spec.description }),
      security,
      request: {
        params: (spec.params as z.ZodObject | undefined) ?? pathParams(spec.path),
        ...(spec.query && { query: spec.query as z.ZodObject }),
        ...(spec.idempotent && {
          headers: z.object({ "Idempotency-Key": z.string().min(1).max(255).optional() }),
        }),
        ...(content && { body: { content, required: !spec.optionalBody } }),
      },
      responses: responses as Parameters<typeof createRoute>[0]["responses"],
    }),
  );
}

/** The path's parameters for the description, where the route has no schema for them. */
const pathParams = (path: string): z.ZodObject =>
  z.object(
    Object.fromEntries(
      [...path.matchAll(/:(\w+)/g)].map(([, name]) => [name!, name === "twin" ? twinField : z.string()]),
    ),
  );

/**
 * Adds a route. A credential of the wrong form is refused before anything else is read; one of the right form is proven by the object
 * that does the work, or before any other refusal is told: what is wrong with a request is nobody's business but its sender's, and a
 * stranger must not learn from it that a twin exists. Every fault of the input is listed.
 */
export function define<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  app: App,
  spec: RouteSpec<P, Q, B>,
  answer: (call: Call<Inferred<P>, Inferred<Q>, Inferred<B>>) => Promise<Response>,
): void {
  describe(app, spec);
  type Input = Omit<Call<Inferred<P>, Inferred<Q>, Inferred<B>>, "c" | "env" | "tokenHash" | "refuse">;
  const read = async (c: Context<{ Bindings: Env }>, tokenHash: string): Promise<Result<Input, Failure>> => {
    const twinParam = twinOf(c.req.raw, spec.caller, c.req.param("twin"));
    const twin = twinParam === undefined ? null : await twinNamed(c.env, twinParam);
    if (twinParam !== undefined && twin === null) return err({ code: "not-found", detail: "There is no such twin." });

    const faults: Fault[] = [];
    const check = <S extends Schema | undefined>(schema: S, value: unknown, at: string): Inferred<S> => {
      if (!schema) return undefined as Inferred<S>;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data as Inferred<S>;
      faults.push(...faultsOf(parsed.error, at));
      return undefined as Inferred<S>;
    };
    const params = check(spec.params as P, c.req.param(), "");
    const query = check(spec.query as Q, spec.query && queryOf(new URL(c.req.url).searchParams), "");

    let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
    let body = undefined as Inferred<B>;
    if (spec.body || spec.raw) {
      const got = await readBytes(c.req.raw, spec.raw?.limit ?? spec.bodyBytes ?? JSON_BYTES);
      if (!got.ok) return got;
      bytes = got.value;
      if (spec.body) {
        const json = parseJson(c.req.raw, bytes);
        if (!json.ok) return json;
        if (json.value !== undefined) body = check(spec.body as B, json.value, "");
        else if (spec.optionalBody) body = check(spec.body as B, {}, "");
        else faults.push({ path: "", message: "a JSON body is missing" });
      }
    }
    const keyed = spec.idempotent ? await keyOf(c.req.raw, tokenHash, bytes) : ok(null);
    if (!keyed.ok) return keyed;
    if (faults.length > 0) return err({ code: "invalid", errors: faults });
    return ok({ params, query, body, bytes, twin: twin as TwinId, keyed: keyed.value });
  };

  app[spec.method](spec.path, async (c) => {
    const named = {
      twin: twinOf(c.req.raw, spec.caller, c.req.param("twin")) ?? "",
      maker: c.req.param("maker") ?? "",
    };
    const tokenHash = await credentialOf(c.req.raw, c.env, { caller: spec.caller, socket: spec.socket, ...named });
    if (tokenHash === null) return problem({ code: "unauthorized" });
    const refuse = async (failure: Failure): Promise<Response> =>
      problem((await isLive(c.env, spec.caller, tokenHash, named)) ? failure : { code: "unauthorized" });
    const input = await read(c, tokenHash);
    if (!input.ok) return refuse(input.error);
    const act = () => answer({ c, env: c.env, tokenHash, refuse, ...input.value });
    if (spec.caller !== "maker" || spec.method === "get") return act();
    const did = `${spec.method.toUpperCase()} ${templateOf(spec.path)}`;
    const params = { ...(input.value.params as Record<string, string>), ...spec.about?.(input.value.body) };
    return witnessed(c.env, { maker: named.maker, tokenHash, needs: spec.needs as Role, did, params }, act);
  });
}
