// What many twins cost in memory and on disk.
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "../test/support/client.ts";
import { send } from "./load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { startTwins, writes } from "./twins.ts";

const MIB = 1024 ** 2;
const BLOCK_BYTES = 512;

/** Resident memory in bytes, where the system tells (Linux). */
function residentBytes(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  const kib = existsSync(file) ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  return kib === undefined ? null : Number(kib) * 1024;
}

/** What a folder's files take on disk. */
const diskBytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce(
    (sum, name) => sum + lstatSync(join(folder, name)).blocks * BLOCK_BYTES,
    0,
  );

export async function* footprint(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const objects = join(server.dataDir, "objects");
  const empty = residentBytes(server.workerdPid);
  const emptyDisk = diskBytes(objects);
  const twins = await startTwins(new Client(fetch, server.url), size.touchedTwins);
  await send(
    server.url,
    twins.map((twin) => writes(twin)),
    { until: { count: twins.length } },
  );
  const many = twins.length.toLocaleString("en");
  const touched = residentBytes(server.workerdPid);
  if (empty !== null && touched !== null) {
    yield {
      name: `resident memory after ${many} twins were touched`,
      value: touched / MIB,
      unit: "MiB",
      floor: null,
      detail: `${(empty / MIB).toFixed(0)} MiB before`,
    };
  }
  await server.stop();
  yield {
    name: "disk a twin with one note",
    value: (diskBytes(objects) - emptyDisk) / twins.length / 1024,
    unit: "KiB",
    floor: null,
    detail: "after the server was stopped",
  };
}
