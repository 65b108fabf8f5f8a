// Signatures and digests of the record, judged by other people's software: Digital Bazaar's cryptosuite, and OpenSSL as a person would use it.
// And the offline verifier, run as the page says it is run.

import { execFile } from "node:child_process";
import { createHash, createPublicKey } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as pathOf } from "node:path";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import canonicalize from "canonicalize";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOfBase58 } from "../../src/domain/base58.ts";
import { hashOfLabel, type Label } from "../../src/domain/label-hash.ts";
import { BUNDLE_SCHEMA, type Bundle } from "../../src/domain/record/bundle.ts";
import type { DidDocument } from "../../src/domain/record/company-keys.ts";
import { EMPTY_BODY, entryOf } from "../../src/domain/record/entry.ts";
import { disclose } from "../../src/domain/record/commitment.ts";
import type { Secured } from "../../src/domain/record/proof.ts";
import { multikey, publicKeyOfKeyId, publicKeyOfMultikey } from "../../src/domain/terms/did.ts";
import type { Signer } from "../../src/domain/terms/seal.ts";
import { claim, join } from "../support/people.ts";
import { startProduct, type Product } from "../support/server/product.ts";
import { verify } from "../../tools/verify/run.ts";
import {
  first,
  LABEL,
  LABEL_HASH,
  LAMO,
  lamo,
  LAMO_KEY,
  Ledger,
  maker,
  second,
  withholding,
} from "../domain/record/ledger.ts";
import { LAMO_DID } from "../domain/terms/parties.ts";

const PROJECT = pathOf(import.meta.dirname, "../..");
const PHOTO = Buffer.from("not much of a picture");
const PHOTO_SHA256 = createHash("sha256").update(PHOTO).digest("hex");
const did: DidDocument = {
  id: LAMO_DID,
  verificationMethod: [{ id: lamo.key, publicKeyMultibase: multikey(LAMO_KEY) }],
};

type Run = { readonly code: number; readonly out: string };
const run = (
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<Run> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...options.env };
    execFile(program, args, { cwd: options.cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), out: stdout + stderr });
    });
  });

let folder: string;
/** Of entries made here, with an owner before the present one. */
let bundle: Bundle;
/** What the page of a link would keep, from a real server. */
let served: Bundle;
let product: Product;

beforeAll(async () => {
  folder = await mkdtemp(pathOf(tmpdir(), "record-"));
  const ledger = new Ledger();
  await ledger.maker("commissioning", "2026-01-02");
  await ledger.open(first, "2026-01-04");
  const photo = { id: "photo_0", sha256: PHOTO_SHA256, type: "image/jpeg", width: 1, height: 1 } as const;
  await ledger.channel("repairing", "2026-03-01", {
    body: { text: "Neuer Schalter, größer.", author: "Wörk\u001b[2Jshop", photos: [photo] },
  });
  await ledger.open(second, "2026-05-01");
  await ledger.owner("disputed", "2026-05-02", { corrects: 3, body: { text: "The old one." } });
  const counts = [await ledger.count(maker, lamo, 1, "2026-06-01")];
  const history = await ledger.shown("2026-06-02T12:00:00.000Z", counts);
  const photos = { [PHOTO_SHA256]: PHOTO.toString("base64") };
  bundle = { schema: BUNDLE_SCHEMA, savedAt: "2026-06-02T12:00:01.000Z", history, keys: { [LAMO]: did }, photos };
  product = await startProduct(1);
  // Midnight may come between what is recorded and what is counted as of that day.
  let began: string;
  do {
    began = today();
    served = await kept(product);
  } while (today() !== began);
});
afterAll(async () => {
  await product.end();
  await rm(folder, { recursive: true });
});

const today = (): string => new Date().toISOString().slice(0, 10);

/** A labelled thing's life on a real server, shown by a link, and kept. */
async function kept({ api, server }: Product): Promise<Bundle> {
  const company = await join(api, server.operatorKey);
  const { twin, token } = await claim(api, company);
  const post = async (path: string, body: object, as = token): Promise<any> => {
    const answer = await api.post(`/v1/twins/${twin}/${path}`, body, as);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const entry = { kind: "repairing", text: "Neuer Schalter, größer.", occurredOn: today() };
  await post("history", entry);
  const workshop = await post("channels", { label: "Workshop", scopes: ["history:read", "history:write"] });
  await post("history", { ...entry, kind: "inspecting", disposition: "active" }, workshop.token);
  await post("history/counts", { count: 1, asOf: today() }, workshop.token);
  await post("history", { ...entry, kind: "disputed", corrects: 3 });
  const tell = async (type: string, data: object): Promise<void> => {
    const text = JSON.stringify({ type, data: { twin, ...data } });
    const [id, at] = [`in-${crypto.randomUUID()}`, new Date()];
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(company.inboundSecret).sign(id, at, text),
    };
    const told = await api.call("POST", `/v1/makers/${company.domain}/inbound`, { body: text, headers });
    if (told.status >= 300) throw new Error(`${type}: ${told.status} ${JSON.stringify(told.body)}`);
  };
  await tell("record.entry", {
    kind: "replacing",
    text: "A new cable.",
    occurredOn: today(),
    warrantyUntil: "2030-01-04",
  });
  await tell("record.count", { count: 1, asOf: today() });
  const made = await post("shares", { withhold: [2] });
  const opened = await post(`shares/${made.share}/open`, {}, made.url.split("#")[1]);
  const { product, checkpoint, entries, counts, label, keys } = opened;
  const savedAt = new Date().toISOString();
  return { schema: BUNDLE_SCHEMA, savedAt, history: { product, checkpoint, entries, counts, label }, keys, photos: {} };
}

const saved = async (name: string, value: unknown): Promise<string> => {
  const file = pathOf(folder, name);
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
};

const signedIn = ({ history }: Bundle): readonly Secured<object>[] => [
  ...history.entries.map((entry) => entryOf(entry)),
  history.checkpoint,
  ...history.counts,
];
const signed = (): readonly Secured<object>[] => [...signedIn(bundle), ...signedIn(served)];
const keyOf = (keyId: string): Uint8Array => publicKeyOfKeyId(keyId) ?? keyIn(keyId);
/** A company's, from the document that came with its record. */
function keyIn(keyId: string): Uint8Array {
  const methods = [bundle, served]
    .flatMap(({ keys }) => Object.values(keys))
    .flatMap((each) => each.verificationMethod);
  return publicKeyOfMultikey(methods.find(({ id }) => id === keyId)!.publicKeyMultibase)!;
}

describe("Digital Bazaar's eddsa-jcs-2022", () => {
  const judge = async ({ proof, ...document }: Secured<object>): Promise<boolean> => {
    const id = proof.verificationMethod;
    const publicKeyMultibase = multikey(keyOf(id));
    const key = await Ed25519Multikey.from({ id, controller: id.split("#")[0]!, type: "Multikey", publicKeyMultibase });
    const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
    const documentLoader = async () => ({ document: await key.export({ publicKey: true }) });
    return (await suite.verifyProof({ proof: { ...proof }, document: { ...document }, documentLoader })).verified;
  };

  test("verifies every entry, the checkpoint and the counts", async () => {
    expect(await Promise.all(signed().map(judge))).toEqual(signed().map(() => true));
  });

  test("refuses each of them once anything in it is changed", async () => {
    const changed = signed().map((document) => ({ ...document, record: "0000000000000000" }));
    expect(await Promise.all(changed.map(judge))).toEqual(signed().map(() => false));
  });
});

describe("OpenSSL", () => {
  test("verifies every entry, the checkpoint and the counts", async () => {
    const judged = signed().map(async ({ proof, ...document }, at) => {
      const { proofValue, ...options } = proof;
      const raw = Buffer.from(keyOf(proof.verificationMethod)).toString("base64url");
      const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
      const digests = [options, document].map((part) => createHash("sha256").update(canonicalize(part)!).digest());
      const [pem, message, signature] = ["pem", "signed", "signature"].map((name) => pathOf(folder, `${at}.${name}`));
      await writeFile(pem!, key.export({ type: "spki", format: "pem" }));
      await writeFile(message!, Buffer.concat(digests));
      await writeFile(signature!, bytesOfBase58(proofValue.slice(1), 64)!);
      const args = ["pkeyutl", "-verify", "-pubin", "-inkey", pem!, "-rawin", "-in", message!, "-sigfile", signature!];
      return (await run("openssl", args, { cwd: folder })).out.trim();
    });
    expect(await Promise.all(judged)).toEqual(signed().map(() => "Signature Verified Successfully"));
  });
});

describe("the steps of docs/verify-by-hand.md", () => {
  const byHand = async (what: string): Promise<Run> => {
    const page = await readFile(pathOf(PROJECT, "docs/verify-by-hand.md"), "utf8");
    const steps = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, step]) => step!);
    expect(steps).toHaveLength(7);
    await saved("record.json", bundle);
    return run("bash", ["-euo", "pipefail", "-c", steps.join("\n")], { cwd: folder, env: { WHAT: what } });
  };

  test.each(["1", "3"])("verify entry %s with OpenSSL, its words and its place", async (what) => {
    const { code, out } = await byHand(what);
    const { commitment, disclosure } = bundle.history.entries[Number(what) - 1]!;
    expect(out).toContain("Signature Verified Successfully");
    expect(out).toContain(Buffer.from(disclosure!, "base64url").toString());
    expect(out).toContain(`\n${commitment}\n"commitment":"${commitment}"\n`);
    const { root } = bundle.history.checkpoint;
    expect(out).toContain(`computed   ${root}\ncheckpoint ${root}\n`);
    expect(code).toBe(0);
  });

  test("find the label to be the one that every opening names", async () => {
    const { item } = bundle.history.entries[1]!.opens!;
    const named = (opening: number): string => `${item}  the label\n${item}  opening of entry ${opening}\n`;
    expect((await byHand("1")).out).toContain(`${named(2)}${item}  opening of entry 4\n`);
  });

  test("find each photo to be the one that the words name", async () => {
    const { out } = await byHand("3");
    expect(out).toContain(`${PHOTO_SHA256}  ./${PHOTO_SHA256}.photo`);
  });

  test("find each entry's leaf", async () => {
    const { out } = await byHand("3");
    const entry = await readFile(pathOf(folder, "entry.json"));
    const leaf = createHash("sha256").update(Buffer.of(0)).update(entry).digest("hex");
    expect(out).toContain(`\n${leaf}  -\ncomputed  `);
  });

  test("verify a count as they do an entry, but for a leaf, which it isn't", async () => {
    const { code, out } = await byHand("count-1");
    expect(out).toContain("Signature Verified Successfully");
    expect(out).not.toMatch(/ {2}-$/m);
    expect(code).toBe(0);
  });

  test("verify the checkpoint too, and fail for one that was changed", async () => {
    expect(await byHand("checkpoint")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Signature Verified Successfully"),
    });
    const honest = bundle;
    bundle = {
      ...honest,
      history: { ...honest.history, checkpoint: { ...honest.history.checkpoint, status: "lost" } },
    };
    const { code, out } = await byHand("checkpoint");
    bundle = honest;
    expect(out).not.toContain("Verified Successfully");
    expect(code).not.toBe(0);
  });
});

describe("npm run verify", () => {
  const offline = async (value: unknown, ...more: readonly string[]): Promise<Run> => {
    const { code, out, error } = await verify([await saved("bundle.json", value), ...more], Date.now());
    return { code, out: out + error };
  };

  test("runs as a program, and ends as it found", async () => {
    const program = async (value: unknown): Promise<Run> =>
      run(process.execPath, ["tools/verify.ts", await saved("program.json", value)], { cwd: PROJECT });
    expect(await program(bundle)).toMatchObject({ code: 0, out: expect.stringMatching(/^UNALTERED/) });
    expect(await program({ ...bundle, keys: {} })).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^DO NOT RELY/),
    });
  });

  test("says first that the record is unaltered, then what that rests on", async () => {
    const { code, out } = await offline(bundle);
    expect(out.split("\n")[0]).toBe("UNALTERED since 2 January 2026.");
    expect(out).toContain("5 entries and 2 owners");
    expect(out).toMatch(/signed it at 2026-06-02T12:00:00\.000Z, \d+ days? ago/);
    expect(out).toContain("Its owner claimed it with the code from inside the packaging.");
    expect(out).toContain("lamo.example stated 1 entry up to 2026-06-01; 1 here.");
    expect(out).toContain("1 photo: 1 as recorded, 0 not in this file, 0 altered.");
    expect(out).toContain("The keys of lamo.example are from this file itself");
    expect(out).toContain("Neuer Schalter, größer.");
    expect(out).toContain("Nothing proves what nobody recorded.");
    expect(code).toBe(0);
  });

  test("says that whoever gave the file could have made it, unless the twin's key is known from elsewhere", async () => {
    const twinOf = ({ key }: Signer): string => key.slice(0, key.indexOf("#"));
    const alone = /^By the keys in this file: whoever gave it to you could have made all of it/m;
    expect(await offline(bundle)).toMatchObject({ code: 0, out: expect.stringMatching(alone) });
    const known = await offline(bundle, "--twin", twinOf(second.twin));
    expect(known.out.split("\n").slice(0, 2)).toEqual([
      "UNALTERED since 2 January 2026.",
      "Your key is its twin's: nobody without it could have made this file.",
    ]);
    expect(known.code).toBe(0);
    expect(known.out).not.toMatch(alone);
    for (const other of [first.twin, second.owner]) {
      const { code, out } = await offline(bundle, "--twin", twinOf(other));
      expect([code, out.split("\n")[0]]).toEqual([
        1,
        "DO NOT RELY ON THIS FILE: the twin that signed it has not the key that you gave.",
      ]);
      expect(out).not.toContain("UNALTERED");
    }
    const { checkpoint } = bundle.history;
    const forged = { ...bundle, history: { ...bundle.history, checkpoint: { ...checkpoint, status: "lost" } } };
    const unsound = await offline(forged, "--twin", twinOf(second.twin));
    expect([unsound.code, unsound.out.split("\n")[0]]).toEqual([1, "DO NOT RELY ON THIS RECORD."]);
    expect(unsound.out).not.toContain("Your key is its twin's");
    for (const none of ["did:key:z", second.twin.key, ""])
      expect(await offline(bundle, "--twin", none)).toMatchObject({ code: 2 });
  });

  test("lets nobody pass for a company whose own key was given", async () => {
    const pretended = "x:v1:makers:lamo.example";
    const key = `did:web:h:v1:makers:${pretended}#agent`;
    const forger = { ...first.owner, key };
    const ledger = new Ledger();
    await ledger.write(forger, "2026-01-02", { kind: "commissioning", by: maker });
    await ledger.open(first, "2026-01-04");
    const history = await ledger.shown("2026-06-02T12:00:00.000Z", [
      await ledger.count(maker, forger, 1, "2026-06-01"),
    ]);
    const multibase = multikey(publicKeyOfKeyId(first.owner.key)!);
    const theirs = {
      id: key.slice(0, -"#agent".length),
      verificationMethod: [{ id: key, publicKeyMultibase: multibase }],
    };
    const own = ["--did", await saved("own.json", did)];
    expect(await offline({ ...bundle, history, keys: { [LAMO]: theirs } }, ...own)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^DO NOT RELY ON THIS RECORD\.$/m),
    });
    const refused = { code: 2, out: expect.not.stringContaining("UNALTERED") };
    expect(await offline({ ...bundle, history, keys: { [pretended]: theirs } }, ...own)).toMatchObject(refused);
    expect(await offline(bundle, "--did", await saved("pretended.json", theirs))).toMatchObject(refused);
  });

  test("vouches for no name of the thing, and for no words beside those that were recorded", async () => {
    const { history } = bundle;
    const { code, out } = await offline({
      ...bundle,
      history: {
        ...history,
        product: {
          ...history.product,
          name: "A far better thing",
          maker: { id: "cube.example", name: null, verified: true },
        },
        entries: history.entries.map((entry) => ({ ...entry, body: { text: "Never recorded." } })),
      },
    });
    expect(out).toMatch(/^Named in the file, signed by nobody: A far better thing, GTIN \d+, made by cube\.example$/m);
    expect(out).toContain("nobody signed its name and its maker");
    expect(out).not.toContain("Never recorded.");
    expect(code).toBe(0);
  });

  test("says so of a real server's record, too", async () => {
    const { code, out } = await offline(served, "--record", served.history.checkpoint.record);
    expect(out.split("\n")[0]).toMatch(/^UNALTERED since .*\. Not here are the words of 1 withheld\.$/);
    expect(out).toContain("5 entries and 1 owner");
    expect(out).toContain("someone the owner calls Workshop, unconfirmed");
    expect(out).toMatch(/m\w{8}\.example stated 1 entry up to .*; 1 here\./);
    expect(out).toMatch(/replacing by m\w{8}\.example\n {7}A new cable\.\n {7}Warranty until 4 January 2030/);
    expect(code).toBe(0);
  });

  test("says whether a label is its item's, and that it can't without the salt", async () => {
    const address = ({ gtin, serial }: Label): string => `https://twins.example/01/${gtin}/21/${serial}`;
    const same = await offline(bundle, "--label", address(LABEL));
    expect(same.code).toBe(0);
    expect(same.out).toContain("Your label is its item's: the twin signed its GTIN and its serial, as a hash.");
    const printed = await offline(bundle, "--label", address({ ...LABEL, serial: "K7M2-Q9X4-T0VB-R5HN" }));
    expect(printed.code).toBe(0);
    for (const other of [
      { ...LABEL, serial: "another" },
      { ...LABEL, gtin: "09521234543220" },
    ]) {
      const { code, out } = await offline(bundle, "--label", address(other));
      expect([code, out.split("\n")[0]]).toEqual([
        1,
        "DO NOT RELY ON THIS RECORD FOR YOUR THING: your label is not its item's.",
      ]);
    }
    for (const serial of [LABEL.serial, LABEL.serial.toUpperCase()])
      expect(await offline(bundle, "--label", serial)).toMatchObject({
        code: 0,
        out: expect.stringContaining(`Your serial is its item's, if your label also says GTIN ${LABEL.gtin}`),
      });
    expect(await offline(bundle, "--label", "another")).toMatchObject({ code: 1 });
    const { product } = bundle.history;
    const nameless = { ...bundle, history: { ...bundle.history, product: { ...product, gtin: null } } };
    expect(await offline(nameless, "--label", LABEL.serial)).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^The file names no GTIN for the serial/),
    });
    const unsalted = { ...bundle, history: { ...bundle.history, label: null } };
    expect(await offline(unsalted)).toMatchObject({ code: 0, out: expect.stringContaining("not in this file.") });
    expect(await offline(unsalted, "--label", address(LABEL))).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^UNALTERED.*\nYour label could not be compared/),
    });
    expect(await offline(bundle, "--label", "https://twins.example/01/1")).toMatchObject({ code: 2 });
  });

  test("says that no label is tied to what its owner started", async () => {
    const ledger = new Ledger();
    await ledger.open(first, "2026-01-04", "none");
    const { product, ...history } = await ledger.shown("2026-06-02T12:00:00.000Z");
    const started = { ...bundle, history: { ...history, product: { ...product, proof: "none" }, label: null } };
    const tied = "no label is tied to it.";
    const alone = await offline(started);
    expect(alone).toMatchObject({ code: 0, out: expect.stringContaining(tied) });
    const { code, out } = await offline(
      started,
      "--label",
      `https://twins.example/01/${LABEL.gtin}/21/${LABEL.serial}`,
    );
    expect([code, ...out.split("\n").slice(0, 2)]).toEqual([
      2,
      "UNALTERED since 4 January 2026.",
      `Your label could not be compared: its owner started this record, and ${tied}`,
    ]);
    expect(out).not.toContain("compare its label");
  });

  test("says not to rely on a file with another label than the signed one, and compares none with it", async () => {
    const theirs = { ...LABEL, serial: "another" };
    const label = { ...LABEL_HASH, hash: hashOfLabel(LABEL_HASH.salt, theirs) };
    const swapped = { ...bundle, history: { ...bundle.history, label } };
    const address = `https://twins.example/01/${theirs.gtin}/21/${theirs.serial}`;
    const { code, out } = await offline(swapped, "--label", address);
    expect([code, out.split("\n")[0]]).toEqual([1, "DO NOT RELY ON THIS RECORD."]);
    expect(out).toContain("The label that came with it is not the one that the twin signed.");
    expect(out).toContain("Your label was not compared");
  });

  test("lets nobody's words steer the terminal", async () => {
    const { out } = await offline(bundle);
    expect(out).toContain("someone the owner calls Wörk [2Jshop, unconfirmed");
    expect(out).not.toContain("\u001b");
    const { history } = bundle;
    const pushing = { ...history.product, name: `Lamp${"\u3164 \u2800\u00a0".repeat(40)}by lamo.example` };
    expect((await offline({ ...bundle, history: { ...history, product: pushing } })).out).toContain(
      "Lamp by lamo.example",
    );
    const wrong = { ...bundle, keys: { "\u001b[2J\u001b[1;1HUNALTERED\n\n  since 2020": did } };
    const refused = await offline(wrong);
    expect(refused).toMatchObject({ code: 2, out: expect.stringContaining("keys. [2J [1;1HUNALTERED since 2020: ") });
    expect(refused.out).not.toContain("\u001b");
  });

  test("says what is withheld, and that it is unaltered otherwise", async () => {
    const { code, out } = await offline({ ...bundle, history: withholding(bundle.history, 3) });
    expect(out.split("\n")[0]).toBe("UNALTERED since 2 January 2026. Not here are the words of 1 withheld.");
    expect(out).not.toContain("Schalter");
    expect(code).toBe(0);
  });

  test("says not to rely on a record that was changed, and why", async () => {
    const entries = bundle.history.entries.map((entry) => (entry.seq === 3 ? { ...entry, kind: "inspecting" } : entry));
    const { code, out } = await offline({ ...bundle, history: { ...bundle.history, entries } });
    expect(out.split("\n")[0]).toBe("DO NOT RELY ON THIS RECORD.");
    expect(out).toContain("Entry 3: the signature is not right.");
    expect(out).toContain("5 entries and 2 owners, with a head said to be of 2026-06-02T12:00:00.000Z.");
    expect(out).not.toMatch(/The twin signed it|checked against|What this rests on|^ *Its owner claimed/m);
    expect(code).toBe(1);
  });

  test("says when no count came along, and that nobody signed what was erased", async () => {
    const { history } = bundle;
    const entries = history.entries.map((entry) =>
      entry.seq === 3 ? { ...entry, disclosure: null, erased: true } : entry,
    );
    const { code, out } = await offline({ ...bundle, history: { ...history, entries, counts: [] } });
    expect(out.split("\n")[0]).toBe("UNALTERED since 2 January 2026. Not here are the words of 1 said to be erased.");
    expect(out).toContain("No count came with this file.");
    expect(out).toContain("(said to be erased)");
    expect(out).toContain("caught only by a count signed by its maker");
    expect(code).toBe(0);
  });

  test("says not to rely on a file with another photo, or of another item, or with words put under an entry", async () => {
    const other = { ...bundle, photos: { [PHOTO_SHA256]: Buffer.from("another").toString("base64") } };
    expect(await offline(other)).toMatchObject({
      code: 1,
      out: expect.stringContaining("a photo in it is not the one"),
    });
    expect(await offline(bundle, "--record", "fedcba9876543210")).toMatchObject({ code: 1 });
    const disclosure = disclose("AAECAwQFBgcICQoLDA0ODw", EMPTY_BODY);
    const entries = bundle.history.entries.map((entry) => (entry.seq === 3 ? { ...entry, disclosure } : entry));
    expect(await offline({ ...bundle, history: { ...bundle.history, entries } })).toMatchObject({ code: 1 });
  });

  test("takes a company's keys from elsewhere, and believes those", async () => {
    const theirs = await saved("did.json", did);
    const { code, out } = await offline({ ...bundle, keys: {} }, "--did", theirs);
    expect(code).toBe(0);
    expect(out).not.toContain("from this file itself");
    const forged = {
      ...did,
      verificationMethod: [{ id: lamo.key, publicKeyMultibase: multikey(publicKeyOfKeyId(first.owner.key)!) }],
    };
    expect(await offline(bundle, "--did", await saved("forged.json", forged))).toMatchObject({ code: 1 });
    expect(await offline({ ...bundle, keys: {} })).toMatchObject({
      code: 1,
      out: expect.stringContaining("not known"),
    });
  });

  test("says what the company's own key vouches for, and when it vouches for nothing", async () => {
    const theirs = ["--did", await saved("did.json", did)];
    const head = (out: string): string[] => out.split("\n").slice(1, 4);
    expect(head((await offline(bundle, ...theirs)).out)).toEqual([
      "1 entry and 1 count by lamo.example: signed with the key that you gave.",
      "All else by the keys in this file: whoever gave it to you could have made that, the keys too.",
      "More is said only by the twin's key that the page showed you, compared with --twin.",
    ]);
    const cube = { ...did, id: LAMO_DID.replace(LAMO, "cube.example") };
    const idle = await offline(bundle, "--did", await saved("cube.json", cube));
    expect(idle.code).toBe(2);
    expect(head(idle.out)).toEqual([
      "The key of cube.example that you gave proves nothing: cube.example signed nothing here.",
      "By the keys in this file: whoever gave it to you could have made all of it, the keys too.",
      expect.stringContaining("checked with --did"),
    ]);
    const entries = bundle.history.entries.map((entry) => (entry.seq === 3 ? { ...entry, kind: "inspecting" } : entry));
    const changed = await offline({ ...bundle, history: { ...bundle.history, entries } }, ...theirs);
    expect(changed.code).toBe(1);
    expect(changed.out).not.toContain("the key that you gave");
  });

  test("says when a file cannot be read, and how to learn how it is used", async () => {
    for (const wrong of [
      "{",
      "{}",
      { ...bundle, schema: "pico-twins/bundle/2" },
      { ...bundle, history: { ...bundle.history, checkpoint: null } },
    ]) {
      expect(await offline(wrong)).toMatchObject({ code: 2, out: expect.stringContaining("npm run verify -- --help") });
    }
    expect(await offline("{", "--help")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^npm run verify -- FILE \[--did FILE\]/),
    });
    expect(await offline(bundle, "--did", await saved("none.json", "[]"))).toMatchObject({ code: 2 });
    expect(await offline(bundle, "--unknown")).toMatchObject({ code: 2 });
    expect(await verify([], Date.now())).toMatchObject({ code: 2 });
    expect(await verify([pathOf(folder, "nowhere")], Date.now())).toMatchObject({ code: 2 });
  });
});
