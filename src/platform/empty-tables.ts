// Emptying an object's tables, whichever there are: for what must leave nothing behind but its name. Not for an owner's words: their pages
// stay readable in the file, and only `deleteAll()` takes those along.

/** Deletes every row of every table but those `except` names. Part of its caller's transaction. */
export function emptyTables(sql: SqlStorage, except: readonly string[] = []): void {
  const tables = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
    )
    .toArray();
  for (const { name } of tables) if (!except.includes(name)) sql.exec(`DELETE FROM "${name}"`);
}
