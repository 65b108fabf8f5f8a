// The shares of tenures that are over, handed over or erased: hashes of their tokens, so that whoever still has a link is told that it has
// ended. Nothing else of them is left.

export const ENDED_SHARE_SCHEMA = `
CREATE TABLE ended_share (
  token_hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;

export function keepEndedShares(sql: SqlStorage, hashes: readonly string[]): void {
  for (const hash of hashes) sql.exec("INSERT OR IGNORE INTO ended_share (token_hash) VALUES (?)", hash);
}

export const isEndedShare = (sql: SqlStorage, hash: string): boolean =>
  [...sql.exec("SELECT 1 FROM ended_share WHERE token_hash = ?", hash)].length > 0;
