// Answers on the wire: JSON with a status, and the mark of a repeated one.

import type { Failure } from "../domain/failure.ts";
import type { Result } from "../domain/result.ts";
import type { Answer } from "../platform/idempotency.ts";
import { problem } from "./problem.ts";

/** JSON that is text already. */
export const jsonText = (text: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { "Content-Type": "application/json", ...headers } });

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  jsonText(JSON.stringify(body), status, headers);

export const noContent = (): Response => new Response(null, { status: 204 });

/** A query's result as JSON, its refusal as a problem. */
export const found = <T>(result: Result<T, Failure>): Response =>
  result.ok ? json(result.value) : problem(result.error);

/** A creation's result: `secret` is merged into the body (it is never kept readable). */
export const created = (answer: Answer<unknown>, secret: object = {}, status = 201): Response =>
  createdText({ ...answer, body: JSON.stringify({ ...(answer.body as object), ...secret }) }, status);

/** The same, where the body is JSON text already. */
export const createdText = ({ body, replayed }: Answer<string>, status = 201): Response =>
  jsonText(body, status, replayed ? { "Idempotency-Replayed": "true" } : {});
