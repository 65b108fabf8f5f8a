// What this GTIN is called and who makes it.

import type { Domain } from "../domain/ids.ts";

export type Registration = {
  readonly gtin: string;
  readonly maker: Domain;
  readonly model: string;
  readonly makerName: string;
};
export type About = Registration;

export class Catalogue {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  put(product: Registration, now: number): void {
    this.#sql.exec(
      `INSERT INTO product (id, gtin, maker, maker_name, model, registered_at) VALUES (1, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET maker = excluded.maker, maker_name = excluded.maker_name, model = excluded.model`,
      product.gtin,
      product.maker,
      product.makerName,
      product.model,
      now,
    );
  }

  about(): About | null {
    const row = [
      ...this.#sql.exec<{ gtin: string; maker: string; maker_name: string; model: string }>(
        "SELECT gtin, maker, maker_name, model FROM product",
      ),
    ][0];
    return row ? { gtin: row.gtin, maker: row.maker, model: row.model, makerName: row.maker_name } : null;
  }
}
