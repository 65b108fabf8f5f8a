// How often somebody had a label compared within a day: on the disk, because a serial that was counted up can be found by trying for days,
// and what an object remembers goes when it sleeps. It keeps no word of what was tried.

const DAY_MS = 86_400_000;
/** Of one share, and of an offer: far more than anybody scans by hand. */
export const LABEL_TRIES_A_DAY = 100;

/** `asker`: a share's id, or the hash of an offer's code. The day begins with its first try. */
export const LABEL_TRY_SCHEMA = `
CREATE TABLE label_try (
  asker TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Counts one if it is allowed; else the seconds to wait. */
export function takeLabelTry(sql: SqlStorage, asker: string, now: number): number {
  sql.exec("DELETE FROM label_try WHERE since <= ?", now - DAY_MS);
  const [row] = [
    ...sql.exec<{ since: number; tries: number }>("SELECT since, tries FROM label_try WHERE asker = ?", asker),
  ];
  if (row !== undefined && row.tries >= LABEL_TRIES_A_DAY) return Math.ceil((row.since + DAY_MS - now) / 1000);
  sql.exec(
    "INSERT INTO label_try (asker, since, tries) VALUES (?, ?, 1) ON CONFLICT (asker) DO UPDATE SET tries = tries + 1",
    asker,
    now,
  );
  return 0;
}
