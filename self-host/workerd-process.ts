// The one workerd process that serves: its socket, its start, the moment it is ready. Secrets go through its
// environment, never through its command line, which every user of the machine can read.
import { type ChildProcess, spawn } from "node:child_process";
import { get } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import workerd from "workerd";
import { err, ok, type Result } from "../src/domain/result.ts";
import { CONFIG_FILE } from "./build-state.ts";
import { HTTP_SOCKET, OBJECTS_DISK, PUBLIC_ONLY, WEB_DISK, WITH_LOOPBACK } from "./workerd-config.ts";

/** A first answer takes under a second on a small machine; whoever waits longer waits for something broken. */
const HEALTH_TIMEOUT_MS = 30_000;

/** The argument that names a server's data, and so tells whose a workerd is. */
export const objectsArgument = (objects: string): string => `--directory-path=${OBJECTS_DISK}=${objects}`;

/** Opens the socket that workerd will serve; clients who come early wait in its queue instead of being refused. */
export function listen(host: string, port: number): Promise<Result<Server, string>> {
  const { promise, resolve } = Promise.withResolvers<Result<Server, string>>();
  const server = createServer();
  server.once("error", (error: NodeJS.ErrnoException) => {
    const reason =
      error.code === "EADDRINUSE"
        ? `port ${port} on ${host} is in use: stop what uses it, or set PORT to another (0 picks a free one)`
        : `HOST ${host} and PORT ${port} can't be listened on: ${error.message}`;
    resolve(err(reason));
  });
  server.listen({ host, port }, () => resolve(ok(server)));
  return promise;
}

/** The address a client on this machine can use; a server on every interface is reached over loopback. */
export function originOf(host: string, listener: Server): string {
  const { port } = listener.address() as AddressInfo;
  const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

export type Serving = {
  readonly build: string;
  readonly objects: string;
  /** The folder of the built pages; null where the build has none. */
  readonly web: string | null;
  /** Every variable and secret the Worker is given. */
  readonly bindings: Readonly<Record<string, string>>;
};

/** Starts workerd on the socket and gives the socket up. Call it in the same turn in which the socket was opened. */
export function serve(listener: Server, { build, objects, web, bindings }: Serving): ChildProcess {
  // Node shares sockets with Node only; the bare descriptor is the one way to hand one to another program.
  const { fd } = (listener as unknown as { _handle: { fd: number } })._handle;
  const constant = bindings["ALLOW_LOOPBACK_WEBHOOKS"] === "1" ? WITH_LOOPBACK : PUBLIC_ONLY;
  const child = spawn(
    workerd.default,
    [
      "serve",
      "--experimental",
      join(build, CONFIG_FILE),
      constant,
      `--socket-fd=${HTTP_SOCKET}=3`,
      objectsArgument(objects),
      ...(web === null ? [] : [`--directory-path=${WEB_DISK}=${web}`]),
    ],
    { stdio: ["ignore", process.stderr, process.stderr, fd], env: bindings },
  );
  listener.close();
  return child;
}

/** The status of one `GET /health`: null if the connection broke, which a workerd that died leaves behind. */
export function health(origin: string): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const request = get(`${origin}/health`, { agent: false, timeout: HEALTH_TIMEOUT_MS }, (response) => {
    response.resume();
    resolve(response.statusCode ?? null);
  });
  request.once("timeout", () => request.destroy());
  request.once("error", () => resolve(null));
  return promise;
}
