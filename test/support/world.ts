// One of everything: makers, owners, notes, agreements, keys and channels, for tests that knock at every door. All through the public API.

import { SCOPES, type Scope } from "../../src/domain/access.ts";
import { fingerprintOf } from "../../src/maker/proof.ts";
import { fingerprint } from "../../src/platform/crypto.ts";
import { newSecret } from "../../src/platform/random.ts";
import { png } from "../domain/photo/pictures.ts";
import type { Answer, Client } from "./client.ts";
import { ERIKA, Holder, lend } from "./holder.ts";
import { agree, claim, freshGtin, join, write, type TestMaker, type TestOwner } from "./people.ts";

/** Port 9 of this machine: nobody listens there, and no event type but the test goes there. */
const NOWHERE = "http://127.0.0.1:9/hooks";

const NOTICE_WITHIN_MS = 60_000;

export type World = {
  readonly api: Client;
  readonly operator: string;
  readonly maker: TestMaker;
  readonly agent: string;
  readonly reader: string;
  readonly spareKey: string;
  /** A sign-in link that nobody used, as its page sends it, and the id of another. */
  readonly signIn: { readonly link: string };
  readonly spareSignIn: string;
  /** A known issue of every product of the maker's. */
  readonly issue: string;
  readonly savedReply: string;
  readonly endpoint: string;
  /** Of an item that nobody claimed yet. */
  readonly label: { readonly gtin: string; readonly serial: string; readonly code: string };
  /** A proffer of another owner that waits for a person. */
  readonly held: string;
  readonly otherMaker: TestMaker;
  readonly owner: TestOwner;
  readonly otherOwner: TestOwner;
  /** A note that was sent, answered, and has two photos: the owner's and, in the answer, the maker's. */
  readonly note: string;
  readonly answer: string;
  readonly privateNote: string;
  /** An entry of the owner's on the record, and its photo. */
  readonly entry: { readonly seq: number; readonly photo: string };
  readonly photo: string;
  readonly makerPhoto: string;
  /** In force, proffered and waiting, countered. */
  readonly agreement: string;
  readonly waiting: string;
  readonly countered: string;
  readonly spareChannel: string;
  /** The fingerprint of the maker's first key. */
  readonly fingerprint: string;
  /** A note lent by a reply link, and what its holder sends: who they are, and their decision about what they were proffered. */
  readonly lent: {
    readonly note: string;
    readonly photo: string;
    readonly link: string;
    readonly token: string;
    readonly person: object;
    readonly decision: object;
  };
  /** A share of the record, whose holder has set a challenge; a picture that it shows; the token of another one, and the id of a third. */
  readonly shown: {
    readonly share: string;
    readonly token: string;
    readonly photo: string;
    readonly nonce: string;
    readonly code: string;
    readonly otherToken: string;
    readonly spare: string;
  };
  /** What the other owner offers to whoever has the code, the record as it is then, and a picture on it. */
  readonly offered: {
    readonly twin: string;
    readonly code: string;
    readonly head: object;
    readonly counted: string;
    readonly photo: string;
  };
  /** A safety notice that the owner has. */
  readonly notice: string;
  readonly keyring: { readonly name: string; readonly bearer: string; readonly etag: string };
};

function made<T>({ status, body }: Answer<T>, what: string): T {
  if (status !== 200 && status !== 201) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}

export async function makeChannel(
  api: Client,
  owner: TestOwner,
  scopes: readonly Scope[],
  expiresAt?: string,
): Promise<{ id: string; token: string }> {
  const { channel, token } = made(
    await api.post(
      `/v1/twins/${owner.twin}/channels`,
      { label: scopes.join(" ").slice(0, 120), scopes, expiresAt },
      owner.token,
    ),
    "channel",
  );
  return { id: channel, token };
}

/** A channel that has every scope but these, and not the owner's, which implies them all. */
export const channelWithout = (
  api: Client,
  owner: TestOwner,
  ...lacking: Scope[]
): Promise<{ id: string; token: string }> =>
  makeChannel(
    api,
    owner,
    SCOPES.filter((scope) => scope !== "owner" && !lacking.includes(scope)),
  );

export async function addPhoto(api: Client, path: string, token: string): Promise<string> {
  const { id } = made(
    await api.call("POST", path, { token, body: png(), headers: { "Content-Type": "image/png" } }),
    "photo",
  );
  return id;
}

/** Posts a safety notice about a product, and waits until the owner of one of its items has it. */
async function announce(api: Client, maker: TestMaker, gtin: string, owner: TestOwner): Promise<{ id: string }> {
  const words = { kind: "safety", gtin, title: "Mind the sole", text: "It may come off." };
  const { status, body } = await api.post(`/v1/makers/${maker.domain}/notices`, words, maker.key);
  if (status !== 202) throw new Error(`notice: ${status} ${JSON.stringify(body)}`);
  const giveUpAt = performance.now() + NOTICE_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    const { items } = made(await api.get(`/v1/twins/${owner.twin}/notices`, owner.token), "notices");
    if (items.length > 0) return body;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error("the notice did not come");
}

export async function makeWorld(api: Client, operator: string): Promise<World> {
  const [maker, otherMaker] = await Promise.all([
    join(api, operator, { "SD-BASE-DP": "accept", "SD-BASE": "hold" }),
    join(api, operator, { "SD-BASE-DP": "counter:SD-BASE" }),
  ]);
  const at = `/v1/makers/${maker.domain}`;
  const key = async (role: string) => made(await api.post(`${at}/keys`, { label: role, role }, maker.key), "key");
  const [agent, reader, spare] = [await key("agent"), await key("reader"), await key("reader")];
  const signIn = async () =>
    made(await api.post(`${at}/sign-in-links`, { label: "Someone", role: "agent" }, maker.key), "sign-in link");
  const [link, spareLink] = [await signIn(), await signIn()];
  const issue = made(
    await api.post(`${at}/known-issues`, { title: "Soles come off.", status: "investigating" }, maker.key),
    "known issue",
  );
  const savedReply = made(
    await api.post(`${at}/saved-replies`, { title: "Soles", text: "Dear [name], we know." }, maker.key),
    "saved reply",
  );
  const { endpoint } = made(
    await api.post(`${at}/endpoints`, { url: NOWHERE, types: ["endpoint.test"] }, maker.key),
    "endpoint",
  );

  const gtin = freshGtin();
  const labels = made(await api.post(`${at}/labels`, { gtin, model: "Model T", count: 1 }, maker.key), "label");
  const { serial, code } = labels.labels[0];
  const owner = await claim(api, maker, gtin);
  const otherOwner = await claim(api, maker, gtin);
  const agreement = await agree(api, owner);
  const held = await agree(api, otherOwner, "SD-BASE");
  const proffer = async (to: string) =>
    made(
      await api.post(`/v1/twins/${owner.twin}/agreements`, { maker: to, preferred: "SD-BASE-DP" }, owner.token),
      "proffer",
    );
  const [waiting, countered] = [await proffer("nobody-yet.example"), await proffer(otherMaker.domain)];

  const photo = await addPhoto(api, `/v1/twins/${owner.twin}/photos`, owner.token);
  const note = await write(api, owner, "The sole came off.", { send: true, wants: "repair", photos: [photo] });
  const privateNote = await write(api, owner, "Nobody else's business.");
  const thread = `${at}/threads/${owner.twin}/${note.id}`;
  const makerPhoto = await addPhoto(api, `${thread}/photos`, maker.key);
  const { id: answer } = made(
    await api.post(`${thread}/messages`, { text: "Like this.", outcome: "fixed", photos: [makerPhoto] }, maker.key),
    "reply",
  );
  const recordPhoto = await addPhoto(api, `/v1/twins/${owner.twin}/photos`, owner.token);
  const { seq } = made(
    await api.post(
      `/v1/twins/${owner.twin}/history`,
      { kind: "repairing", text: "A new sole.", occurredOn: "2026-01-04", photos: [recordPhoto] },
      owner.token,
    ),
    "entry",
  );
  const { id: spareChannel } = await makeChannel(api, owner, ["twin:read"]);
  const { id: notice } = await announce(api, maker, gtin, owner);

  const lentPhoto = await addPhoto(api, `/v1/twins/${owner.twin}/photos`, owner.token);
  const { id: lentNote } = await write(api, owner, "Somebody else may know.", { photos: [lentPhoto] });
  const lentLink = await lend(api, owner, lentNote);
  const holder = await Holder.at(api, lentLink.url);
  const { proffer: offer } = made(await holder.ask(), "link's proffer");

  const shownPhoto = await addPhoto(api, `/v1/twins/${owner.twin}/photos`, owner.token);
  const entry = { kind: "repairing", text: "New sole.", occurredOn: "2026-01-04", photos: [shownPhoto] };
  made(await api.post(`/v1/twins/${owner.twin}/history`, entry, owner.token), "entry");
  const show = async () => made(await api.post(`/v1/twins/${owner.twin}/shares`, {}, owner.token), "share");
  const [share, otherShare, spareShare] = [await show(), await show(), await show()];
  const tokenIn = ({ url }: { url: string }): string => new URL(url).hash.slice(1);
  const nonce = newSecret();
  const { code: challengeCode } = made(
    await api.post(`/v1/twins/${owner.twin}/shares/${share.id}/challenge`, { nonce }, tokenIn(share)),
    "challenge",
  );

  const offeredPhoto = await addPhoto(api, `/v1/twins/${otherOwner.twin}/photos`, otherOwner.token);
  const offeredEntry = { ...entry, photos: [offeredPhoto] };
  made(await api.post(`/v1/twins/${otherOwner.twin}/history`, offeredEntry, otherOwner.token), "entry");
  const { code: offerCode } = made(
    await api.post(`/v1/twins/${otherOwner.twin}/handover`, {}, otherOwner.token),
    "offer",
  );
  const atOffer = `/v1/twins/${otherOwner.twin}/handover`;
  const { head, counted } = made(await api.post(`${atOffer}/open`, { code: offerCode }), "look at the offer");

  const keyring = { name: crypto.randomUUID(), bearer: crypto.randomUUID().replaceAll("-", "").padEnd(43, "x") };
  const kept = await api.call("PUT", `/v1/keyrings/${keyring.name}`, {
    token: keyring.bearer,
    body: "sealed",
    headers: { "If-None-Match": "*" },
  });
  return {
    api,
    operator,
    maker,
    agent: agent.key,
    reader: reader.key,
    spareKey: spare.id,
    signIn: { link: link.url.split("#")[1] },
    spareSignIn: spareLink.id,
    issue: issue.id,
    savedReply: savedReply.id,
    endpoint,
    label: { gtin, serial, code },
    held: held.id,
    otherMaker,
    owner,
    otherOwner,
    note: note.id,
    answer,
    privateNote: privateNote.id,
    entry: { seq, photo: recordPhoto },
    photo,
    makerPhoto,
    agreement: agreement.id,
    waiting: waiting.id,
    countered: countered.id,
    spareChannel,
    fingerprint: fingerprintOf(await fingerprint(maker.key.split("~")[1]!)),
    lent: {
      note: lentNote,
      photo: lentPhoto,
      link: lentLink.id,
      token: holder.token,
      person: { ...ERIKA, key: holder.did },
      decision: await holder.decide(offer),
    },
    shown: {
      share: share.id,
      token: tokenIn(share),
      photo: shownPhoto,
      nonce,
      code: challengeCode,
      otherToken: tokenIn(otherShare),
      spare: spareShare.id,
    },
    offered: { twin: otherOwner.twin, code: offerCode, head, counted, photo: offeredPhoto },
    notice,
    keyring: { ...keyring, etag: made(kept, "keyring").etag },
  };
}
