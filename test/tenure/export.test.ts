// The export: everything of this owner's, a line of JSON each, photos whole; and none of the secrets that only the server needs.

import { describe, expect, test } from "vitest";
import { sealedText, type ExportSeal } from "../../src/domain/export-seal.ts";
import { publicKeyOfDidKey } from "../../src/domain/terms/did.ts";
import { IEND, ihdr, jpeg, pngChunk, PNG_HEAD, bytes as joined } from "../domain/photo/pictures.ts";
import { agree, claim, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { exports } from "cloudflare:workers";
import { channelWith, feedTypes, inside, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";

stillClock();

const fetchRaw = (url: string, token: string): Promise<Response> =>
  (exports as any).default.fetch(new Request(api.origin + url, { headers: { Authorization: `Bearer ${token}` } }));

async function exported(owner: TestOwner): Promise<{ text: string; lines: any[] }> {
  const response = await fetchRaw(path(owner, "/export"), owner.token);
  expect(response.headers.get("Content-Type")).toBe("application/x-ndjson");
  const text = new TextDecoder().decode(await response.arrayBuffer());
  expect(text.endsWith("\n")).toBe(true);
  const lines = text
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(await isSealed(text, owner)).toBe(true);
  return { text, lines: lines.slice(0, -1) };
}

/** Whether an export's last line vouches for all before it, by the key that its own lines name. */
async function isSealed(text: string, { twin }: TestOwner): Promise<boolean> {
  const end = text.lastIndexOf("\n", text.length - 2) + 1;
  const [sealed, seal] = [text.slice(0, end), JSON.parse(text.slice(end)) as ExportSeal];
  if (seal.type !== "seal") return false;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sealed));
  const signed = sealedText(twin, { sha256: new Uint8Array(digest).toHex(), lines: sealed.split("\n").length - 1 });
  const signature = Uint8Array.fromBase64(seal.signature, { alphabet: "base64url" });
  const raw = new Uint8Array(publicKeyOfDidKey(seal.key)!);
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, new TextEncoder().encode(signed));
}

/** A picture that needs several lines; its pixels are no picture, which nobody here decodes. */
const largePng = (length: number) => {
  const pixels = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536)
    crypto.getRandomValues(pixels.subarray(at, Math.min(at + 65_536, length)));
  return joined(PNG_HEAD, ihdr(20, 10), pngChunk("IDAT", pixels), IEND);
};
const upload = async (owner: TestOwner, bytes: Uint8Array<ArrayBuffer>) =>
  (await api.post(path(owner, "/photos"), bytes, owner.token)).body.id as string;

describe("an export", () => {
  test("is sealed by the twin's agent: a letter changed, a line dropped or an owner exchanged shows", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const agreement = await agree(api, owner);
    await write(api, owner, "It hums.");
    const { text } = await exported(owner);
    expect(await isSealed(text.replace("It hums.", "It hams."), owner)).toBe(false);
    expect(await isSealed(text.replace(/\{"type":"note".*\n/, ""), owner)).toBe(false);
    expect(await isSealed(text, await startTwin())).toBe(false);
    // The key is the one that its agreements are signed with: companies hold it too.
    const record = await api.get(path(owner, `/agreements/${agreement.id}/record`), owner.token);
    const { key } = JSON.parse(text.slice(text.lastIndexOf('{"type":"seal"')));
    expect(record.body.proffer.body.first.id).toBe(key);
  });

  test("of a new twin has a line for the twin and one for its channel", async () => {
    const owner = await startTwin({ name: "Kettle" });
    const { lines } = await exported(owner);
    expect(lines).toMatchObject([
      {
        type: "twin",
        format: "pico-twins/export/1",
        twin: owner.twin,
        product: { name: "Kettle" },
        proof: "none",
        exportedAt: new Date().toISOString(),
      },
      { type: "channel", label: "Owner", scopes: ["owner"] },
      { type: "record", checkpoint: { size: 1 }, counts: [] },
      { type: "entry", entry: { seq: 1, kind: "commissioning" } },
    ]);
  });

  test("has every note with its wordings and what was said under it, and every agreement with its record", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const agreement = await agree(api, owner);
    const sent = await write(api, owner, "It hums.", { send: true });
    await api.patch(path(owner, `/notes/${sent.id}`), { text: "It hums in B flat." }, owner.token);
    await api.post(path(owner, `/notes/${sent.id}/messages`), { text: "Anyone?" }, owner.token);
    await api.post(`/v1/makers/${maker.domain}/threads/${owner.twin}/${sent.id}/messages`, { text: "Yes." }, maker.key);
    const own = await write(api, owner, "Nobody's business — žádná.", { kind: "diary" });
    const { lines } = await exported(owner);
    const events = lines.filter(({ type }) => type === "event").map(({ event }) => event);
    expect(lines.map(({ type }) => type)).toEqual([
      "twin",
      "channel",
      "agreement",
      "note",
      "note",
      "revision",
      "message",
      "message",
      "record",
      "entry",
      ...events.map(() => "event"),
    ]);
    expect(events.map(({ type }) => type)).toEqual(await feedTypes(owner));
    expect(JSON.stringify(events)).not.toContain("B flat");
    const notes = lines.filter(({ type }) => type === "note");
    for (const [at, id] of [sent.id, own.id].entries()) {
      const { messages, revisions, ...read } = (await api.get(path(owner, `/notes/${id}`), owner.token)).body;
      expect(notes[at]).toEqual({ type: "note", ...read });
      const of = (type: string) => lines.filter((each) => each.type === type && each.note.id === id);
      expect(of("message").map(({ message }) => message)).toEqual(messages);
      expect(of("revision").map(({ revision, title, text, at }) => ({ revision, title, text, at }))).toEqual(revisions);
    }
    const { record, ...line } = lines.find(({ type }) => type === "agreement");
    expect(line).toMatchObject({ id: agreement.id, state: "accepted", recordDigest: agreement.recordDigest });
    expect(record).toBe(await (await fetchRaw(path(owner, `/agreements/${agreement.id}/record`), owner.token)).text());
  });

  test("has every note and agreement once, however many, notes oldest first", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    for (let n = 0; n < 103; n++) await write(api, owner, `${n}`);
    const { id } = await agree(api, owner);
    await api.post(path(owner, `/agreements/${id}/terminate`), {}, owner.token);
    await agree(api, owner);
    const { lines } = await exported(owner);
    expect(lines.filter(({ type }) => type === "note").map(({ text }) => text)).toEqual(
      Array.from({ length: 103 }, (_, n) => `${n}`),
    );
    expect(new Set(lines.filter(({ type }) => type === "agreement").map((line) => line.id)).size).toBe(2);
  });

  test("has every photo, whole: its parts put together are the very bytes that the photo is", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const step = 192 * 1024;
    const ids = [];
    for (const bytes of [jpeg(), largePng(step - 57), largePng(2 * step + 1), largePng(600_000)])
      ids.push(await upload(owner, bytes));
    const note = await write(api, owner, "x", { photos: ids.slice(0, 2), send: true });
    const message = (
      await api.post(path(owner, `/notes/${note.id}/messages`), { text: "y", photos: [ids[2]] }, owner.token)
    ).body.id;
    const { lines } = await exported(owner);
    for (const [at, id] of ids.entries()) {
      const parts = lines.filter((line) => line.type === "photo" && line.id === id);
      const whole = new Uint8Array(await (await fetchRaw(path(owner, `/photos/${id}`), owner.token)).arrayBuffer());
      expect(parts.map(({ part, of }) => [part, of])).toEqual(parts.map((_, n) => [n + 1, parts.length]));
      expect(parts.length).toBe(Math.ceil(whole.length / step));
      expect(Uint8Array.fromBase64(parts.map(({ base64 }) => base64).join(""))).toEqual(whole);
      expect(parts[0]).toMatchObject({
        bytes: whole.length,
        note: at < 3 ? note.id : null,
        message: at === 2 ? message : null,
        mediaType: at === 0 ? "image/jpeg" : "image/png",
      });
    }
  });

  test("holds no secret: no token, no hash of one, no key of the twin's agent, no recovery code", async () => {
    const owner = await startTwin({ maker: "lamo.example" });
    const helper = await channelWith(owner, ["notes:read"]);
    await agree(api, owner);
    await api.post(path(owner, "/notes"), { kind: "diary", text: "x" }, owner.token, {
      "Idempotency-Key": "planted-key",
    });
    await rest(tenureOf(owner));
    const { text } = await exported(owner);
    const secrets = await inside(tenureOf(owner), ({ storage }) => {
      const hashes = [...storage.sql.exec<{ token_hash: string }>("SELECT token_hash FROM channel")].map(
        (row) => row.token_hash,
      );
      const seed = storage.kv.get<Uint8Array<ArrayBuffer>>("agent-seed")!;
      const kept = [
        ...storage.sql.exec<{ key_hash: string; body_hash: string }>("SELECT key_hash, body_hash FROM idempotency"),
      ];
      return [
        ...hashes,
        ...kept.flatMap((row) => [row.key_hash, row.body_hash]),
        storage.kv.get<string>("recovery-hash")!,
        seed.toHex(),
        seed.toBase64(),
        seed.toBase64({ alphabet: "base64url", omitPadding: true }),
        [...seed].join(","),
      ];
    });
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of [
      ...secrets,
      owner.token.split("~")[1]!,
      helper.token.split("~")[1]!,
      "planted-key",
      owner.recoveryCode.slice(32),
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test("is the owner's alone", async () => {
    const owner = await startTwin();
    const reader = await channelWith(owner, [
      "twin:read",
      "notes:read",
      "messages:read",
      "agreements:read",
      "history:read",
    ]);
    expect((await fetchRaw(path(owner, "/export"), reader.token)).status).toBe(403);
    expect((await fetchRaw(path(owner, "/export"), `${owner.twin}~${"D".repeat(43)}`)).status).toBe(401);
  });
});
