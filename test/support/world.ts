// One of everything: makers, owners, notes, agreements, keys and channels, for tests that knock at every door. All through the public API.

import { SCOPES, type Scope } from "../../src/domain/access.ts";
import { png } from "../domain/photo/pictures.ts";
import type { Answer, Client } from "./client.ts";
import { agree, claim, freshGtin, join, write, type TestMaker, type TestOwner } from "./people.ts";

/** Port 9 of this machine: nobody listens there, and no event type but the test goes there. */
const NOWHERE = "http://127.0.0.1:9/hooks";

export type World = {
  readonly api: Client;
  readonly operator: string;
  readonly maker: TestMaker;
  readonly agent: string;
  readonly reader: string;
  readonly spareKey: string;
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
  readonly privateNote: string;
  readonly photo: string;
  readonly makerPhoto: string;
  /** In force, proffered and waiting, countered. */
  readonly agreement: string;
  readonly waiting: string;
  readonly countered: string;
  readonly spareChannel: string;
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

export async function makeWorld(api: Client, operator: string): Promise<World> {
  const [maker, otherMaker] = await Promise.all([
    join(api, operator, { "SD-BASE-DP": "accept", "SD-BASE": "hold" }),
    join(api, operator, { "SD-BASE-DP": "counter:SD-BASE" }),
  ]);
  const at = `/v1/makers/${maker.domain}`;
  const key = async (role: string) => made(await api.post(`${at}/keys`, { label: role, role }, maker.key), "key");
  const [agent, reader, spare] = [await key("agent"), await key("reader"), await key("reader")];
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
  made(
    await api.post(`${thread}/messages`, { text: "Like this.", outcome: "fixed", photos: [makerPhoto] }, maker.key),
    "reply",
  );
  const { id: spareChannel } = await makeChannel(api, owner, ["twin:read"]);

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
    endpoint,
    label: { gtin, serial, code },
    held: held.id,
    otherMaker,
    owner,
    otherOwner,
    note: note.id,
    privateNote: privateNote.id,
    photo,
    makerPhoto,
    agreement: agreement.id,
    waiting: waiting.id,
    countered: countered.id,
    spareChannel,
    keyring: { ...keyring, etag: made(kept, "keyring").etag },
  };
}
