// The floor beneath a note: a Worker that parses JSON and one object that does one insert. No identity, no checks, no rules.
import { DurableObject } from "cloudflare:workers";

export class Book extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
    );
  }

  write({ text }) {
    return this.ctx.storage.sql.exec("INSERT INTO note (text, at) VALUES (?, ?) RETURNING *", text, Date.now()).one();
  }

  newest(limit) {
    return this.ctx.storage.sql.exec("SELECT * FROM note ORDER BY id DESC LIMIT ?", limit).toArray();
  }
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/health") return Response.json({ status: "ok" });
    const book = env.BOOK.getByName(pathname);
    if (request.method === "GET") return Response.json(await book.newest(Number(searchParams.get("limit"))));
    return Response.json(await book.write(await request.json()), { status: 201 });
  },
};
