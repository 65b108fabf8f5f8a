// Append-only migrations of an object's storage. An earlier migration is never edited: a change is a new one at the end.

const VERSION_KEY = "schema-version";

/** Runs the migrations that this object has not had, each with its number in one transaction (PRAGMA user_version is refused here). */
export function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  const done = storage.kv.get<number>(VERSION_KEY) ?? 0;
  if (done > migrations.length)
    throw new Error(`storage is of schema ${done}, this program knows ${migrations.length}`);
  for (let version = done; version < migrations.length; version++) {
    storage.transactionSync(() => {
      storage.sql.exec(migrations[version]!);
      storage.kv.put(VERSION_KEY, version + 1);
    });
  }
}

/** Whether the object was ever made: a call to an object that was not must leave nothing behind. */
export const isMade = (storage: DurableObjectStorage): boolean => storage.kv.get<number>(VERSION_KEY) !== undefined;
