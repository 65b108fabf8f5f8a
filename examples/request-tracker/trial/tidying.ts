// What agents and admins do to tickets besides answering them: they shred, merge and move them, and keys are revoked. Plays each, and fails
// unless the bridge goes on.

import assert from "node:assert/strict";
import type { Api } from "../../demo/api.ts";
import { photograph } from "../../demo/picture.ts";
import { threadOf } from "../events.ts";
import type { Agent } from "./agent.ts";
import type { Rt } from "./rt.ts";
import { until } from "./until.ts";

export type Status = { readonly waiting: number; readonly held: string | null; readonly aside: { type: string }[] };
type Thread = { readonly twin: string; readonly token: string; readonly note: string; readonly ticket: number };
type Stage = {
  readonly api: Api;
  readonly rt: Rt;
  readonly ida: Agent;
  readonly root: Agent;
  /** Of each owner the first note; the second owner's was taken back. */
  readonly threads: readonly Thread[];
  /** The second owner's other tickets. */
  readonly rest: readonly number[];
  readonly status: () => Promise<Status>;
  readonly restart: () => Promise<void>;
  readonly revokeReader: () => Promise<void>;
};

/** Sends another note, and gives the ticket that it becomes. */
async function another({ api, ida }: Stage, { twin, token }: Thread, picture = false): Promise<number> {
  const photos = picture
    ? [(await api.post<{ id: string }>(`/v1/twins/${twin}/photos`, photograph("at home"), token)).id]
    : [];
  const draft = { kind: "problem", wants: "repair", text: "It sticks again.", photos, send: true };
  const { id } = await api.post<{ id: string }>(`/v1/twins/${twin}/notes`, draft, token);
  const ticket = await until(
    "a ticket for another note",
    () => ida.ticketOf(threadOf(twin, id)),
    (found) => found !== null,
  );
  return ticket!;
}

const takeBack = ({ api }: Stage, { twin, token, note }: Thread) =>
  api.call("DELETE", `/v1/twins/${twin}/notes/${note}`, token);

const deleted = ({ root }: Stage, ticket: number) =>
  until(
    `ticket ${ticket} taken away`,
    () => root.statusOf(ticket),
    (status) => status === "deleted",
  );

async function shredded(stage: Stage): Promise<void> {
  const { twin, token, ticket } = stage.threads[1]!;
  stage.rt.shred(`Tickets=query,id = ${ticket}`);
  await assert.rejects(stage.root.statusOf(ticket), /answered with 404/, "the ticket is shredded");
  await stage.api.call("DELETE", `/v1/twins/${twin}`, token);
  for (const other of stage.rest) await deleted(stage, other);
  await another(stage, stage.threads[2]!);
  console.log("A shredded ticket holds nothing up: its owner's end takes the others, and the line goes on.");
}

async function merged(stage: Stage): Promise<void> {
  const [from, into] = [stage.threads[3]!, stage.threads[4]!];
  await stage.ida.merge(from.ticket, into.ticket);
  await stage.ida.answer(into.ticket, "To both: a new lid is on its way.", "changed");
  for (const { twin, token, note } of [from, into])
    await until(
      "an answer in a merged ticket",
      () => stage.api.get<{ messages: { text: string }[] }>(`/v1/twins/${twin}/notes/${note}`, token),
      ({ messages }) => messages.at(-1)?.text === "To both: a new lid is on its way.",
    );
  await takeBack(stage, from);
  const contents = await until(
    "what is left to do in a merged ticket",
    () => stage.root.contents(into.ticket),
    ({ said }) => said.at(-1)!.includes("rt-shredder"),
  );
  assert.equal(await stage.root.statusOf(into.ticket), "open", "the other owner's words stay");
  const its = wordsIn(stage, from, contents.said);
  assert.equal(its.length, 1, "the words that were taken back are in the merged ticket");
  for (const [, plugin] of contents.said.at(-1)!.matchAll(/--plugin '([^']+)'/g)) stage.rt.shred(plugin!);
  const after = await stage.root.contents(into.ticket);
  assert.deepEqual(wordsIn(stage, from, after.said), [], "what the comment names takes them away");
  assert.equal(wordsIn(stage, into, after.said).length, 1, "and no more than them");
  await takeBack(stage, into);
  await deleted(stage, into.ticket);
  console.log("An answer in a merged ticket reaches both owners; it goes when the last note in it is taken back.");
}

/** What is said with the words of an owner's first note. */
function wordsIn({ threads }: Stage, thread: Thread, said: string[]): string[] {
  return said.filter((text) => text.includes(`Größe ${threads.indexOf(thread)}/0:`));
}

async function moved(stage: Stage): Promise<void> {
  const thread = stage.threads[5]!;
  await stage.root.move(thread.ticket, "General");
  await takeBack(stage, thread);
  const { aside } = await until("an event set aside", stage.status, (status) => status.aside.length > 0);
  assert.deepEqual(
    aside.map(({ type }) => type),
    ["note.retracted"],
  );
  await another(stage, stage.threads[6]!);
  await stage.root.move(thread.ticket, "Owners");
  await stage.restart();
  await deleted(stage, thread.ticket);
  await until("nothing set aside", stage.status, (status) => status.aside.length === 0);
  console.log("A ticket out of reach sets its event aside, the line goes on, and the next start takes it.");
}

async function pictured(stage: Stage): Promise<void> {
  const thread = stage.threads[7]!;
  const before = await stage.root.contents(await another(stage, thread, true));
  assert.equal(before.pictures.length, 1, "the owner's picture is in the ticket");
  await stage.revokeReader();
  const { said, pictures } = await stage.root.contents(await another(stage, thread, true));
  assert.deepEqual(pictures, []);
  assert.match(said[0]!, /Not here: 1 of 1 picture, because the bridge's MAKER_KEY is refused \(401\)\./);
  console.log("A picture is in its ticket; where the reader's key was revoked, the ticket says so.");
}

export async function tidyUp(stage: Stage): Promise<void> {
  await shredded(stage);
  await merged(stage);
  await moved(stage);
  await pictured(stage);
}
