// Keyrings: opaque bytes under a bearer that the first write fixes, never written over by accident.

import { describe, expect, it } from "vitest";
import { newSecret } from "../../src/platform/random.ts";
import { ask } from "../support/maker-world.ts";

const someName = (): string => crypto.randomUUID();
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const put = (
  name: string,
  token: string | undefined,
  raw: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  ask("PUT", `/v1/keyrings/${name}`, {
    token,
    raw,
    headers: { "Content-Type": "application/octet-stream", ...headers },
  });
const get = (name: string, token?: string) => ask("GET", `/v1/keyrings/${name}`, { token });
const ABSENT = { "If-None-Match": "*" };

describe("a keyring", () => {
  it("gives back the bytes it was given, to the bearer that wrote them first", async () => {
    const [name, token] = [someName(), newSecret()];
    const made = await put(name, token, bytes("sealed"), ABSENT);
    expect(made.status).toBe(201);
    const read = await get(name, token);
    expect([read.status, read.text, read.headers.get("ETag")]).toEqual([200, "sealed", made.headers.get("ETag")]);
    expect(read.headers.get("Content-Type")).toBe("application/octet-stream");
    const known = await ask("GET", `/v1/keyrings/${name}`, {
      token,
      headers: { "If-None-Match": read.headers.get("ETag")! },
    });
    expect(known.status).toBe(304);
  });

  it("answers a name that nobody took and a wrong bearer alike", async () => {
    const [name, token] = [someName(), newSecret()];
    await put(name, token, bytes("sealed"), ABSENT);
    const answers = [
      await get(name, newSecret()),
      await get(someName(), newSecret()),
      await get(name),
      await get(name, "short"),
      await get(name, `a~${token}`),
    ];
    for (const { status, text } of answers) expect([status, text]).toEqual([401, answers[0]!.text]);
    expect((await put(name, newSecret(), bytes("mine"), ABSENT)).status).toBe(401);
    expect((await get(name, token)).text).toBe("sealed");
  });

  it("is written over only by whoever read what is there: 428 without If-Match, 412 with an old one", async () => {
    const [name, token] = [someName(), newSecret()];
    const first = (await put(name, token, bytes("1"))).headers.get("ETag")!;
    expect((await put(name, token, bytes("2"))).status).toBe(428);
    expect((await put(name, token, bytes("2"), ABSENT)).status).toBe(412);
    expect((await put(name, token, bytes("2"), { "If-Match": '"other"' })).status).toBe(412);
    expect((await put(name, token, bytes("2"), { "If-Match": `W/${first}` })).status).toBe(412);
    expect((await put(name, token, bytes("2"), { "If-Match": `"other", ${first}` })).status).toBe(200);
    expect((await put(name, token, bytes("3"), { "If-Match": first })).status).toBe(412);
    expect((await put(name, token, bytes("3"), { "If-Match": "unquoted" })).status).toBe(400);
    expect((await get(name, token)).text).toBe("2");
  });

  it("has one winner when two devices write at once, and a repeat of the winner's write is let through", async () => {
    const [name, token] = [someName(), newSecret()];
    const base = (await put(name, token, bytes("0"), ABSENT)).headers.get("ETag")!;
    const race = await Promise.all(["a", "b"].map((text) => put(name, token, bytes(text), { "If-Match": base })));
    expect(race.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const winner = race[0]!.status === 200 ? "a" : "b";
    expect((await put(name, token, bytes(winner), { "If-Match": base })).status).toBe(200);
    expect((await get(name, token)).text).toBe(winner);
  });

  it("needs If-Match to find something, and does not make one by it", async () => {
    const [name, token] = [someName(), newSecret()];
    for (const tag of ["*", '"x"']) expect((await put(name, token, bytes("1"), { "If-Match": tag })).status).toBe(412);
    expect((await get(name, token)).status).toBe(401);
  });

  it("has a name of 16 to 64 characters and at most 256 KiB", async () => {
    const token = newSecret();
    for (const name of ["short", "a".repeat(65), "UPPERCASE-1234567890", "with.dots.1234567890"]) {
      expect([name, (await put(name, token, bytes("1"), ABSENT)).status]).toEqual([name, 422]);
    }
    const name = someName();
    expect((await put(name, token, new Uint8Array(256 * 1024 + 1), ABSENT)).status).toBe(413);
    expect((await put(name, token, new Uint8Array(0), ABSENT)).status).toBe(422);
    expect((await put(name, token, new Uint8Array(256 * 1024), ABSENT)).status).toBe(201);
  });
});
