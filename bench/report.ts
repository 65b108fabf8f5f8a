// The results as a table for people and as JSON for tools.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { dirname } from "node:path";
import workerd from "workerd";

export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: "ratio" | "s" | "ms" | "MiB" | "KiB";
  /** What the value must reach; null where nothing is promised. */
  readonly floor: number | null;
  /** What the value must not exceed, where that is promised. */
  readonly ceiling?: number;
  readonly detail: string;
};

export const passes = ({ value, floor, ceiling }: Row): boolean =>
  (floor === null || value >= floor) && (ceiling === undefined || value <= ceiling);

const bound = ({ floor, ceiling }: Row): string =>
  floor !== null ? `≥ ${floor.toFixed(2)}` : ceiling !== undefined ? `≤ ${ceiling}` : "";
const verdict = (row: Row): string => (bound(row) === "" ? "" : passes(row) ? "pass" : "FAIL");
const amount = ({ value, unit }: Row): string => (unit === "ratio" ? value.toFixed(2) : `${value.toFixed(1)} ${unit}`);

/** One line of the table, columns aligned. */
export const line = (row: Row): string =>
  [row.name.padEnd(68), amount(row).padStart(10), bound(row).padEnd(7), verdict(row).padEnd(5), row.detail]
    .join(" ")
    .trimEnd();

/** Writes the JSON; `load` is the machine's load average over the last minutes, without which rates say little. */
export function writeResults(file: string, size: string, seconds: number, rows: readonly Row[]): void {
  const results = {
    at: new Date().toISOString(),
    size,
    seconds,
    machine: { cpu: cpus()[0]?.model ?? null, cores: availableParallelism(), load: loadavg() },
    versions: { node: process.version, workerd: workerd.version },
    rows: rows.map((row) => ({ ...row, pass: passes(row) })),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
