// A Request Tracker of its own in a scratch folder: Debian's package, an SQLite file, no mail, on loopback.

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

const SETUP = "/usr/sbin/rt-setup-database-5";
const SHREDDER = "/usr/sbin/rt-shredder-5";
const SERVER = "/usr/share/request-tracker5/libexec/rt-server";
const READY_WITHIN_MS = 60_000;
const LOOK_MS = 200;

export type Rt = {
  readonly url: string;
  /** Removes for good what a plugin of rt-shredder names. */
  readonly shred: (plugin: string) => void;
  readonly stop: () => Promise<void>;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

const config = (folder: string, port: number): string => `Set($rtname, 'trial.example');
Set($Organization, 'trial.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${join(folder, "rt.sqlite")}');
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($WebSessionClass, 'Apache::Session::File');
1;
`;

/** Begins one. `callback`: what the scrip calls. @throws when Debian's package is not here */
export async function startRt(
  folder: string,
  callback: string,
  passwords: { readonly bridge: string; readonly ida: string },
): Promise<Rt> {
  if (!existsSync(SETUP) || !existsSync(SERVER)) {
    throw new Error("Request Tracker is not here. On Debian: apt-get install request-tracker5 rt5-db-sqlite");
  }
  const port = await freePort();
  const snippets = join(folder, "RT_SiteConfig.d");
  const site = join(folder, "RT_SiteConfig.pm");
  mkdirSync(snippets);
  writeFileSync(site, config(folder, port));
  const env = {
    PATH: process.env["PATH"] ?? "",
    RT_SITE_CONFIG: site,
    RT_SITE_CONFIG_DIR: snippets,
    PICO_TWINS_PASSWORD: passwords.bridge,
    IDA_PASSWORD: passwords.ida,
    PICO_TWINS_BRIDGE: callback,
  };
  const setUp = (...args: string[]) => execFileSync(SETUP, [...args, "--skip-create"], { env, stdio: "pipe" });
  setUp("--action", "init");
  setUp("--action", "insert", "--datafile", join(import.meta.dirname, "../rt/initialdata.pl"));
  setUp("--action", "insert", "--datafile", join(import.meta.dirname, "people.pl"));

  // A process group of its own: its workers end with it.
  const child: ChildProcess = spawn(SERVER, ["--port", String(port), "--host", "127.0.0.1"], {
    env,
    stdio: "ignore",
    detached: true,
  });
  const ended = once(child, "close");
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  let dumps = 0;
  const shred = (plugin: string): void => {
    const dump = join(folder, `shredded-${++dumps}.sql`);
    execFileSync(SHREDDER, ["--force", "--sqldump", dump, "--plugin", plugin], { env, stdio: "pipe" });
  };
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${url}/REST/2.0/rt`).catch(() => null);
    // Without a password it answers 401, and by that it is there.
    if (answer) return { url, shred, stop };
    if (Date.now() > until || child.exitCode !== null) {
      await stop();
      throw new Error("Request Tracker did not begin to answer");
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
