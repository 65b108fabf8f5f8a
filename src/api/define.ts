// Binds one route: its zod schemas validate the request and describe it in /openapi.json, both from the same object.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Failure, Fault } from "../domain/failure.ts";
import type { TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { JSON_BYTES, parseJson, readBytes } from "./body.ts";
import { bearerOf, channelCredential, isOperator, makerCredential, twinNamed } from "./credential.ts";
import { keyOf, type Keyed } from "./idempotency-key.ts";
import { problem } from "./problem.ts";

export type App = OpenAPIHono<{ Bindings: Env }>;
type Schema = z.ZodType;
type Inferred<S> = S extends Schema ? z.infer<S> : undefined;

/** Who may call: nobody in particular, a channel of the path's twin, a key of the path's maker, the operator. */
export type Caller = "anyone" | "channel" | "maker" | "operator";

export type RouteSpec<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined> = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly caller: Caller;
  readonly params?: P;
  readonly query?: Q;
  /** A JSON body. `optionalBody` lets it be absent, which reads as `{}`. */
  readonly body?: B;
  readonly optionalBody?: boolean;
  /** A body of bytes, of at most so many; `types` and `schema` are for the description. */
  readonly raw?: { readonly limit: number; readonly types: readonly string[]; readonly schema?: Schema };
  /** What the bytes of `raw` hold, for the description only: whoever reads them validates them. */
  readonly rawSchema?: Schema;
  /** Whether the route takes an Idempotency-Key. */
  readonly idempotent?: boolean;
  readonly answers: { readonly [status: number]: { readonly description: string; readonly schema?: Schema; readonly type?: string } };
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
  /** The path's twin, proven by its MAC, where the path names one. */
  readonly twin: TwinId;
  readonly keyed: Keyed | null;
};

const faultsOf = (error: z.ZodError, at: string): Fault[] =>
  error.issues.map((issue) => ({
    path: [at, ...issue.path.map(String)].filter(Boolean).join("."),
    message: issue.message,
  }));

async function credential(c: Context<{ Bindings: Env }>, caller: Caller): Promise<string | null> {
  const token = bearerOf(c.req.raw);
  switch (caller) {
    case "anyone":
      return "";
    case "operator":
      return (await isOperator(c.env, token)) ? "operator" : null;
    case "channel":
      return channelCredential(c.env, token, c.req.param("twin") ?? "");
    case "maker":
      return makerCredential(token, c.req.param("maker") ?? "");
  }
}

/** Every value of `search`, each name once; a repeated name is a fault of the schema that gets an array. */
function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return query;
}

function describe(app: App, spec: RouteSpec<Schema | undefined, Schema | undefined, Schema | undefined>): void {
  const security = spec.caller === "anyone" ? [] : [{ [spec.caller]: [] }];
  const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses: Record<string, unknown> = {
    default: { description: "A refusal, as problem details (RFC 9457)", content: problemContent },
  };
  for (const [status, { description, schema, type }] of Object.entries(spec.answers)) {
    responses[status] = {
      description,
      ...((schema || type) && { content: { [type ?? "application/json"]: { schema: schema ?? { type: "string", format: "binary" } } } }),
    };
  }
  const content = spec.body
    ? { "application/json": { schema: spec.body } }
    : spec.raw &&
      Object.fromEntries(spec.raw.types.map((type) => [type, { schema: spec.raw?.schema ?? { type: "string", format: "binary" } }]));
  app.openAPIRegistry.registerPath(
    createRoute({
      method: spec.method,
      path: spec.path.replaceAll(/:(\w+)/g, "{$1}"),
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.description && { description: spec.description }),
      security,
      request: {
        ...(spec.params && { params: spec.params as z.ZodObject }),
        ...(spec.query && { query: spec.query as z.ZodObject }),
        ...(spec.idempotent && {
          headers: z.object({ "Idempotency-Key": z.string().min(1).max(255).optional() }),
        }),
        ...(content && { body: { content, required: !spec.optionalBody } }),
      },
      responses: responses as Parameters<typeof createRoute>[0]["responses"],
    } as Parameters<typeof createRoute>[0]),
  );
}

/** Adds a route. The credential is judged before anything else of the request; every fault of the input is listed. */
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
  const read = async (c: Context<{ Bindings: Env }>): Promise<Result<Call<Inferred<P>, Inferred<Q>, Inferred<B>>, Failure>> => {
    const tokenHash = await credential(c, spec.caller);
    if (tokenHash === null) return err({ code: "unauthorized" });
    const twinParam = c.req.param("twin");
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
    const params = check(spec.params, c.req.param(), "");
    const query = check(spec.query, spec.query && queryOf(new URL(c.req.url).searchParams), "");

    let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
    let body = undefined as Inferred<B>;
    if (spec.body || spec.raw) {
      const got = await readBytes(c.req.raw, spec.raw?.limit ?? JSON_BYTES);
      if (!got.ok) return got;
      bytes = got.value;
      if (spec.body) {
        const json = parseJson(c.req.raw, bytes);
        if (!json.ok) return json;
        body = check(spec.body as B, json.value === undefined && spec.optionalBody ? {} : json.value, "");
      }
    }
    const keyed = spec.idempotent ? await keyOf(c.req.raw, tokenHash, bytes) : ok(null);
    if (!keyed.ok) return keyed;
    if (faults.length > 0) return err({ code: "invalid", errors: faults });
    return ok({ c, env: c.env, params, query, body, bytes, tokenHash, twin: twin as TwinId, keyed: keyed.value } as Call<Inferred<P>, Inferred<Q>, Inferred<B>>);
  };

  app[spec.method](spec.path, async (c) => {
    const call = await read(c);
    return call.ok ? answer(call.value) : problem(call.error);
  });
}

