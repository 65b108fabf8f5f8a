// The sealed keyrings of one shard. Never looks into the bytes.

export type Ring = { readonly bearerHash: string; readonly etag: string; readonly bytes: Uint8Array<ArrayBuffer> };

export class Rings {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(name: string): Ring | null {
    const row = [
      ...this.#sql.exec<{ bearer_hash: string; etag: string; bytes: ArrayBuffer }>(
        "SELECT bearer_hash, etag, bytes FROM keyring WHERE name = ?",
        name,
      ),
    ][0];
    return row ? { bearerHash: row.bearer_hash, etag: row.etag, bytes: new Uint8Array(row.bytes) } : null;
  }

  add(name: string, ring: Ring, now: number): void {
    this.#sql.exec(
      "INSERT INTO keyring (name, bearer_hash, etag, bytes, updated_at) VALUES (?, ?, ?, ?, ?)",
      name,
      ring.bearerHash,
      ring.etag,
      ring.bytes,
      now,
    );
  }

  replace(name: string, etag: string, bytes: Uint8Array<ArrayBuffer>, now: number): void {
    this.#sql.exec("UPDATE keyring SET etag = ?, bytes = ?, updated_at = ? WHERE name = ?", etag, bytes, now, name);
  }
}
