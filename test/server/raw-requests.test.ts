// Bytes that no HTTP library would send, to the real server: it answers or hangs up, stays as it was, and complains to nobody.

import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import { claim, join, type TestOwner } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";

let server: TestServer;
let owner: TestOwner;
let complaints = "";

beforeAll(async () => {
  server = await startServer({ env: { LIMIT_ANONYMOUS: "0", LIMIT_FAILED_CLAIMS: "0" } });
  server.child.stderr?.on("data", (text: string) => {
    complaints += text;
  });
  const api = new Client(fetch, server.url);
  owner = await claim(api, await join(api, server.operatorKey));
});
afterAll(() => server.discard());

/** Sends the bytes on a connection of their own; all that came until the server hung up, which a reader that is done makes it do. */
async function sends(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    answer += text;
  });
  // A server that hangs up while we still send is one of the right answers.
  socket.on("error", () => {});
  for (const part of parts) socket.write(part);
  socket.end();
  await once(socket, "close");
  return answer;
}

const statusOf = (answer: string): number | null =>
  answer === "" ? null : Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const head = (line: string, ...headers: string[]): string =>
  [line, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n");
const notes = (): string => `/v1/twins/${owner.twin}/notes`;
const mine = (): string => `Authorization: Bearer ${owner.token}`;
const chunk = (data: string): string => `${data.length.toString(16)}\r\n${data}\r\n`;

test("what is no right request is refused below 500, or hung up on", async () => {
  const json = "Content-Type: application/json";
  const chunks = "Transfer-Encoding: chunked";
  const requests: [what: string, parts: (string | Uint8Array)[]][] = [
    ["noise", [Uint8Array.from({ length: 2_000 }, (_, i) => (i * 73) % 256)]],
    ["an empty line", ["\r\n\r\n"]],
    ["no version", ["GET /health\r\n\r\n"]],
    ["a TLS greeting", [Uint8Array.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])]],
    ["a path without a slash", [head("GET health HTTP/1.1")]],
    ["an absolute path elsewhere", [head("GET http://elsewhere.example/v1/roster HTTP/1.1")]],
    ["raw bytes in the path", [head("GET /v1/roster/\u00ff\u00fe HTTP/1.1")]],
    ["a lone percent", [head("GET /v1/roster/% HTTP/1.1")]],
    ["broken percent-encoding", [head("GET /v1/makers/%c3%28/policy?limit=%zz HTTP/1.1")]],
    ["dots", [head("GET /../../../etc/passwd HTTP/1.1")]],
    ["a path of 9,000 characters", [head(`GET /${"x".repeat(9_000)} HTTP/1.1`)]],
    ["a header of 100,000 characters", [head("GET /health HTTP/1.1", `X-Long: ${"x".repeat(100_000)}`)]],
    ["2,000 headers", [head("GET /health HTTP/1.1", ...Array.from({ length: 2_000 }, (_, i) => `X-${i}: y`))]],
    ["a header twice", [head(`GET ${notes()} HTTP/1.1`, mine(), mine())]],
    ["raw bytes in a token", [head(`GET ${notes()} HTTP/1.1`, "Authorization: Bearer \u00ff\u0001")]],
    [
      "raw bytes in a key",
      [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: 2", "Idempotency-Key: \u00ff\u0001") + "{}"],
    ],
    ["a length of -1", [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: -1")]],
    ["a length of words", [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: many")]],
    ["two lengths", [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: 2", "Content-Length: 3") + "{}"]],
    [
      "a length and chunks",
      [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: 2", chunks) + chunk("{}") + "0\r\n\r\n"],
    ],
    ["less than its length", [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: 500") + '{"kind"']],
    ["a wrong chunk", [head(`POST ${notes()} HTTP/1.1`, mine(), json, chunks) + "zz\r\n{}\r\n0\r\n\r\n"]],
    ["half a chunk", [head(`POST ${notes()} HTTP/1.1`, mine(), json, chunks) + "ff\r\n{"]],
    [
      "chunks without end",
      [
        head(`POST ${notes()} HTTP/1.1`, mine(), json, chunks),
        ...Array.from({ length: 40 }, () => chunk("x".repeat(5_000))),
      ],
    ],
    ["a length that is too large", [head(`POST ${notes()} HTTP/1.1`, mine(), json, "Content-Length: 99999999999")]],
    ["an upgrade to nothing", [head(`GET /v1/twins/${owner.twin}/live HTTP/1.1`, mine(), "Upgrade: websocket")]],
  ];
  for (const [what, parts] of requests) {
    const answer = await sends(...parts);
    const status = statusOf(answer);
    expect([what, status === null || (status >= 200 && status < 500), answer.slice(0, 200)]).toEqual([
      what,
      true,
      answer.slice(0, 200),
    ]);
  }
  // RFC 9110, 15.6.2: the right answer to a method that the server doesn't know, given before the app is asked.
  expect(statusOf(await sends(head("FROBNICATE /health HTTP/1.1")))).toBe(501);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

test("a body in chunks is counted as it comes", async () => {
  const sent = (size: number) =>
    sends(
      head(`POST ${notes()} HTTP/1.1`, mine(), "Content-Type: application/json", "Transfer-Encoding: chunked"),
      chunk('{"kind":"diary","text":"x"}'.padEnd(size, " ")),
      "0\r\n\r\n",
    );
  expect(statusOf(await sent(64 * 1024))).toBe(201);
  expect(await sent(64 * 1024 + 1)).toMatch(/^HTTP\/1\.1 413 [^]*"code":"too-large"/);
});

test("a socket's other side may say and break what it likes", async () => {
  const upgrade = head(
    `GET /v1/twins/${owner.twin}/live HTTP/1.1`,
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: pico-twins.v1, bearer.${owner.token}`,
  ).replace("Connection: close", "Connection: Upgrade");
  // RFC 6455, 5.2: first byte FIN and kind, second byte mask and length; the mask is zero.
  const frame = (kind: number, ...payload: number[]): Uint8Array =>
    Uint8Array.from([0x80 | kind, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);
  const close = (code: number): Uint8Array => frame(8, code >> 8, code & 0xff);
  const frames: [what: string, frame: Uint8Array][] = [
    ...[0, 999, 1000, 1001, 1004, 1005, 1006, 1015, 1016, 2999, 4999, 5000, 65_535].map(
      (code): [string, Uint8Array] => [`closes with ${code}`, close(code)],
    ),
    ["closes with half a code", frame(8, 3)],
    ["closes without a word", frame(8)],
    ["breaks UTF-8", frame(1, 0xc3, 0x28)],
    ["is not masked", Uint8Array.from([0x81, 1, 0x41])],
    ["says something", frame(1, 0x41)],
    ["hangs up", new Uint8Array(0)],
  ];
  for (const [what, bytes] of frames) expect([what, statusOf(await sends(upgrade, bytes))]).toEqual([what, 101]);
  expect((await fetch(`${server.url}${notes()}`, { headers: { Authorization: `Bearer ${owner.token}` } })).status).toBe(
    200,
  );
});

test("none of it was a fault of the server's", () => {
  expect(complaints).toBe("");
});
