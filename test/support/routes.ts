// Every route of the app as /openapi.json has it, for tests that must leave none out. Knows nothing of what a route does.

import type { Client } from "./client.ts";

export type Route = {
  /** `POST /v1/twins/{twin}/notes` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The security scheme: channel, maker, operator, keyring; null where anyone may call. */
  readonly caller: string | null;
  /** The role or scopes it names. */
  readonly needs: readonly string[];
  readonly idempotent: boolean;
  readonly query: readonly string[];
};

type Operation = {
  security?: readonly Record<string, readonly string[]>[];
  parameters?: readonly { in: string; name: string }[];
};

export async function routesOf(api: Client): Promise<Route[]> {
  const { body } = await api.get<{ paths: Record<string, Record<string, Operation>> }>("/openapi.json");
  return Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { security = [], parameters = [] }]) => ({
      name: `${verb.toUpperCase()} ${path}`,
      method: verb.toUpperCase(),
      path,
      caller: Object.keys(security[0] ?? {})[0] ?? null,
      needs: Object.values(security[0] ?? {})[0] ?? [],
      idempotent: parameters.some((parameter) => parameter.in === "header" && parameter.name === "Idempotency-Key"),
      query: parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name),
    })),
  );
}
