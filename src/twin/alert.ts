// Whether its owner says that the item is lost or stolen. While one stands nobody is shown the record anew, and nothing changes hands.

import type { Alert } from "../domain/handover.ts";

export const ALERT_SCHEMA = `
CREATE TABLE alert (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  alert TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
`;

export const alertOf = (sql: SqlStorage): Alert | null =>
  [...sql.exec<{ alert: Alert }>("SELECT alert FROM alert")][0]?.alert ?? null;

export function keepAlert(sql: SqlStorage, alert: Alert | null, now: number): void {
  if (alert === null) sql.exec("DELETE FROM alert");
  else sql.exec("INSERT OR REPLACE INTO alert (id, alert, at) VALUES (1, ?, ?)", alert, now);
}
