// Where the maker has its events sent. Addresses and wishes only: whether one answers is the relay's to know.

import type { Failure } from "../domain/failure.ts";
import type { EndpointId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";

export const MAX_ENDPOINTS = 10;

/** `types` null: all. `processor`: who runs the host when it is not the maker's own, shown to owners. Times in ms. */
export type Endpoint = {
  readonly id: EndpointId;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly description: string | null;
  readonly processor: string | null;
  readonly enabled: boolean;
  readonly createdAt: number;
};

export type EndpointDraft = Omit<Endpoint, "id" | "createdAt">;

type Row = {
  id: EndpointId;
  url: string;
  types: string | null;
  description: string | null;
  processor: string | null;
  enabled: number;
  created_at: number;
};
const COLUMNS = "id, url, types, description, processor, enabled, created_at";
const view = (row: Row): Endpoint => ({
  id: row.id,
  url: row.url,
  types: row.types === null ? null : (JSON.parse(row.types) as string[]),
  description: row.description,
  processor: row.processor,
  enabled: row.enabled === 1,
  createdAt: row.created_at,
});
const values = (draft: EndpointDraft): (string | number | null)[] => [
  draft.url,
  draft.types === null ? null : JSON.stringify(draft.types),
  draft.description,
  draft.processor,
  draft.enabled ? 1 : 0,
];

export class Endpoints {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Newest first. */
  all(): Endpoint[] {
    return [...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM endpoint ORDER BY seq DESC`)].map(view);
  }

  find(id: EndpointId): Result<Endpoint, Failure> {
    const row = [...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM endpoint WHERE id = ?`, id)][0];
    return row ? ok(view(row)) : err({ code: "not-found", detail: "There is no such endpoint." });
  }

  add(id: EndpointId, draft: EndpointDraft, now: number): Result<Endpoint, Failure> {
    if (this.all().length >= MAX_ENDPOINTS) {
      return err({
        code: "quota-exceeded",
        detail: `A maker has ${MAX_ENDPOINTS} endpoints at most. Delete one that is no longer used.`,
      });
    }
    this.#sql.exec(
      "INSERT INTO endpoint (id, url, types, description, processor, enabled, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      id,
      ...values(draft),
      now,
    );
    return ok({ id, ...draft, createdAt: now });
  }

  put(id: EndpointId, draft: EndpointDraft): void {
    this.#sql.exec(
      "UPDATE endpoint SET url = ?, types = ?, description = ?, processor = ?, enabled = ? WHERE id = ?",
      ...values(draft),
      id,
    );
  }

  remove(id: EndpointId): void {
    this.#sql.exec("DELETE FROM endpoint WHERE id = ?", id);
  }
}
