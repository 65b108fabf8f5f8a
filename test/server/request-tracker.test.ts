// The bridge to Request Tracker against a stand-in for it: what holds its line, what is set aside, and what becomes of tickets that agents
// merged, moved or shredded. The real one has a trial of its own.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Arriving } from "../../examples/request-tracker/arriving.ts";
import { Leaving } from "../../examples/request-tracker/leaving.ts";
import { Ledger } from "../../examples/request-tracker/ledger.ts";
import { Line } from "../../examples/request-tracker/line.ts";
import { RequestTracker } from "../../examples/request-tracker/request-tracker.ts";
import { Twins } from "../../examples/request-tracker/twins.ts";
import { StandInTracker } from "../support/server/request-tracker.ts";

const INBOUND_SECRET = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const PICTURE_BYTES = 5_000;

type Reply = { note: string; text: string; externalId: string };

let scratch: string;
let tracker: StandInTracker;
let door: Server;
let ledger: Ledger;
let line: Line;
let leaving: Leaving;
let replies: Reply[];
/** What the owners' side answers to a call for a picture. */
let pictureStatus: number;
let printed: string[];

/** As the bridge when it starts. */
function start(file: string): void {
  ledger = new Ledger(file);
  const { port } = door.address() as AddressInfo;
  const twins = new Twins(`http://127.0.0.1:${port}`, INBOUND_SECRET, "lamo.example~key");
  const rt = new RequestTracker(tracker.url, "Owners", "pico-twins", "password");
  line = new Line(ledger, new Arriving(ledger, rt, twins), rt);
  leaving = new Leaving(ledger, rt, twins, { user: "pico-twins", instance: "rt" });
}

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "pico-twins-rt-bridge-"));
  tracker = await StandInTracker.start();
  replies = [];
  pictureStatus = 200;
  door = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    if (request.method === "GET") {
      response.writeHead(pictureStatus, { "content-type": "image/png" }).end(Buffer.alloc(PICTURE_BYTES));
      return;
    }
    replies.push((JSON.parse(body) as { data: Reply }).data);
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  printed = [];
  for (const way of ["log", "error"] as const)
    vi.spyOn(console, way).mockImplementation((text: string) => void printed.push(text));
  start(":memory:");
});
afterEach(() => {
  vi.restoreAllMocks();
  tracker.stop();
  door.closeAllConnections();
  door.close();
  rmSync(scratch, { recursive: true });
});

let events = 0;
/** An event comes in. Gives its id. */
function comes(type: string, twin: string, data: object = {}): string {
  const id = `evt_${++events}`;
  const product = { name: "Kettle" };
  const agreement = { terms: "SD-BASE-DP", permits: [], prohibits: [] };
  ledger.keep(id, JSON.stringify({ type, data: { twin, product, agreement, ...data } }));
  return id;
}
const sent = (twin: string, note: string, text = `Words of ${note}`, pictures = 0, type = "note.sent"): string =>
  comes(type, twin, {
    note: {
      id: note,
      kind: "problem",
      title: null,
      text,
      wants: "repair",
      photos: Array.from({ length: pictures }, (_, n) => ({ id: `pho_${n}`, type: "image/png" })),
    },
  });
const writes = (twin: string, note: string, text: string): string =>
  comes("message.posted", twin, { note: { id: note }, message: { id: "msg", text, photos: [] } });
const retracted = (twin: string, note: string): string => comes("note.retracted", twin, { note: { id: note } });

/** Works as often as an event is tried before it is set aside. */
async function workOn(): Promise<string | null> {
  await line.work();
  await line.work();
  return line.work();
}
const subjects = (): string[] => tracker.tickets().map(({ subject }) => subject);

describe("a ticket that was shredded", () => {
  test("holds nothing up: its owner's later end is taken, and so is what comes after it", async () => {
    sent("twin_a", "note_1");
    sent("twin_a", "note_2");
    retracted("twin_a", "note_1");
    expect(await line.work()).toBeNull();
    const { id, status } = tracker.of("twin_a/note_1");
    expect({ status, last: tracker.saidIn(id).at(-1) }).toEqual({
      status: "deleted",
      last: "The owner took this note back.\nRemove it for good with rt-shredder.",
    });
    tracker.shred(id);

    comes("twin.erased", "twin_a");
    sent("twin_b", "note_3");
    expect(await line.work()).toBeNull();
    expect(tracker.of("twin_a/note_2").status).toBe("deleted");
    expect(subjects()).toEqual(["Kettle: Words of note_3"]);
    expect({ bound: ledger.ticketOf("twin_a/note_1"), aside: ledger.aside() }).toEqual({ bound: null, aside: [] });
  });

  test("is made anew when its owner writes again", async () => {
    sent("twin_a", "note_1");
    await line.work();
    tracker.shred(1);
    comes("thread.verdict", "twin_a", { note: { id: "note_1" }, verdict: "not-addressed" });
    writes("twin_a", "note_1", "It leaks again.");
    expect(await line.work()).toBeNull();
    expect(tracker.tickets()).toMatchObject([
      {
        id: 2,
        subject: "Kettle: It leaks again.",
        status: "open",
        said: ["The note that this is about is not in Request Tracker.", "The owner writes:\n\nIt leaks again."],
      },
    ]);
  });
});

describe("an event that is refused for good", () => {
  test("is set aside by name after three refusals, the line goes on, and the next start tries it again", async () => {
    start(join(scratch, "bridge.sqlite"));
    sent("twin_a", "note_1");
    await line.work();
    tracker.move(1, "Elsewhere");
    const ending = comes("twin.erased", "twin_a");
    sent("twin_b", "note_2");
    const why = "Request Tracker answers 403 to GET /ticket/1: Forbidden";
    expect([await line.work(), await line.work()]).toEqual([why, why]);
    expect(subjects()).toEqual([]);
    expect(await line.work()).toBeNull();
    expect(subjects()).toEqual(["Kettle: Words of note_2"]);
    expect(ledger.aside()).toEqual([{ id: ending, type: "twin.erased", why }]);
    expect(ledger.waiting()).toBe(0);
    expect(printed).toContain(`twin.erased ${ending} is set aside until the bridge starts again: ${why}`);

    tracker.move(1, "Owners");
    start(join(scratch, "bridge.sqlite"));
    expect(ledger.tryAgain()).toBe(1);
    expect(await line.work()).toBeNull();
    expect(tracker.of("twin_a/note_1").status).toBe("deleted");
    expect(ledger.aside()).toEqual([]);
  });

  test("keeps its thread in order: what its owner writes next waits behind it", async () => {
    tracker.fault = ({ method, path }) => (method === "POST" && path === "/ticket" ? 400 : null);
    const first = sent("twin_a", "note_1");
    const second = writes("twin_a", "note_1", "And it smells.");
    sent("twin_b", "note_2");
    await workOn();
    await workOn();
    tracker.fault = () => null;
    expect(ledger.aside().map(({ id, why }) => [id, why])).toEqual([
      [first, expect.stringContaining("answers 400")],
      [second, `it follows ${first}`],
      [expect.any(String), expect.stringContaining("answers 400")],
    ]);
    ledger.tryAgain();
    expect(await line.work()).toBeNull();
    expect(tracker.tickets()[0]!.said).toEqual([
      expect.stringContaining("Words of note_1"),
      "The owner writes:\n\nAnd it smells.",
    ]);
    expect(subjects()).toEqual(["Kettle: Words of note_1", "Kettle: Words of note_2"]);
  });

  test("loses its words when the owner takes them back: no later start brings them to Request Tracker", async () => {
    tracker.fault = ({ method, path }) => (method === "POST" && path === "/ticket" ? 400 : null);
    sent("twin_a", "note_1", "PRIVATE one");
    sent("twin_a", "note_2", "PRIVATE two");
    sent("twin_b", "note_3", "Another owner's");
    for (let note = 0; note < 3; note++) await workOn();
    expect(ledger.aside()).toHaveLength(3);
    tracker.fault = () => null;
    retracted("twin_a", "note_1");
    expect(await line.work()).toBeNull();
    expect(ledger.aside()).toHaveLength(2);
    comes("agreement.terminated", "twin_a");
    expect(await line.work()).toBeNull();
    ledger.tryAgain();
    expect(await line.work()).toBeNull();
    expect(subjects()).toEqual(["Kettle: Another owner's"]);
  });

  test("ends what there was at its time: not the ticket of a later agreement", async () => {
    sent("twin_a", "note_1");
    await line.work();
    tracker.move(1, "Elsewhere");
    comes("agreement.terminated", "twin_a");
    await workOn();
    sent("twin_a", "note_2");
    expect(await line.work()).toBeNull();
    tracker.move(1, "Owners");
    ledger.tryAgain();
    expect(await line.work()).toBeNull();
    expect(subjects()).toEqual(["Kettle: Words of note_2"]);
  });

  test("ends no ticket that its owner has written in since, under later terms", async () => {
    sent("twin_a", "note_1");
    await line.work();
    tracker.holdsOn = true;
    comes("agreement.terminated", "twin_a");
    await workOn();
    expect(ledger.aside()).toHaveLength(1);
    tracker.holdsOn = false;
    writes("twin_a", "note_1", "It squeaks again.");
    expect(await line.work()).toBeNull();
    ledger.tryAgain();
    expect(await line.work()).toBeNull();
    expect(tracker.of("twin_a/note_1").status).not.toBe("deleted");
  });

  test("keeps none of its twin's other tickets from being taken away", async () => {
    sent("twin_a", "note_1");
    sent("twin_a", "note_2");
    await line.work();
    tracker.move(1, "Elsewhere");
    comes("twin.erased", "twin_a");
    await workOn();
    expect(ledger.aside()).toHaveLength(1);
    expect(tracker.of("twin_a/note_2").status).toBe("deleted");
  });

  test("is a deletion that Request Tracker answers with 200 and does not do", async () => {
    sent("twin_a", "note_1");
    await line.work();
    retracted("twin_a", "note_1");
    tracker.holdsOn = true;
    await workOn();
    expect(ledger.aside()).toMatchObject([
      { type: "note.retracted", why: "Request Tracker does not delete ticket 1: Ticket 1: Permission Denied" },
    ]);
    expect(tracker.saidIn(1)).toHaveLength(2);
  });
});

describe("what may pass", () => {
  test.each([
    ["a server error", () => 500],
    ["a 503", () => 503],
    ["too many requests", () => 429],
    ["a wrong password", () => 401],
    ["a lost connection", () => "cut" as const],
    ["a server error in one place", ({ path }: { path: string }) => (path === "/ticket/1" ? 502 : null)],
    ["too many requests in one place", ({ path }: { path: string }) => (path === "/ticket/1" ? 429 : null)],
    ["a user without rights", () => 403],
    ["a wrong address", () => 404],
  ])("%s holds the line, however often it is tried, and nothing is lost", async (_, fault) => {
    sent("twin_a", "note_1");
    await line.work();
    tracker.fault = fault;
    retracted("twin_a", "note_1");
    sent("twin_a", "note_2");
    for (let time = 0; time < 5; time++) expect(await line.work()).not.toBeNull();
    expect({ waiting: ledger.waiting(), aside: ledger.aside() }).toEqual({ waiting: 2, aside: [] });
    expect(ledger.ticketOf("twin_a/note_1")).toBe(1);
    tracker.fault = () => null;
    expect(await line.work()).toBeNull();
    expect(subjects()).toEqual(["Kettle: Words of note_2"]);
    expect(tracker.of("twin_a/note_1").status).toBe("deleted");
  });
});

describe("pictures", () => {
  test("that Request Tracker's web server won't take are left out, and the ticket and the log say so", async () => {
    tracker.mostBytes = PICTURE_BYTES * 8;
    sent("twin_a", "note_1", "It leaks", 3);
    sent("twin_a", "note_2", "It drips", 12);
    expect(await line.work()).toBeNull();
    const [few, many] = tracker.tickets();
    expect({ pictures: few!.pictures, said: few!.said[0] }).toEqual({
      pictures: 3,
      said: expect.not.stringContaining("Not here"),
    });
    expect({ pictures: many!.pictures, said: many!.said[0] }).toEqual({
      pictures: 0,
      said: expect.stringContaining("Not here: 12 of 12 pictures, because Request Tracker refuses them (413)."),
    });
    expect(printed.join("\n")).toContain("twin_a/note_2 goes without its 12 pictures");
  });

  test("that a revoked key can't fetch are left out, and the ticket and the log say so", async () => {
    pictureStatus = 401;
    sent("twin_a", "note_1", "It leaks", 2);
    expect(await line.work()).toBeNull();
    expect(tracker.tickets()[0]!.said[0]).toContain(
      "Not here: 2 of 2 pictures, because the bridge's MAKER_KEY is refused (401).",
    );
    expect(printed.join("\n")).toContain(
      "twin_a/note_1 goes without 2 of 2 pictures: the bridge's MAKER_KEY is refused",
    );
  });

  test("that are not to be had for a while are waited for", async () => {
    pictureStatus = 503;
    sent("twin_a", "note_1", "It leaks", 2);
    expect(await line.work()).toContain("503");
    pictureStatus = 200;
    expect(await line.work()).toBeNull();
    expect(tracker.tickets()[0]!.pictures).toBe(2);
  });
});

test("a note that its owner changes is a comment, and opens its ticket", async () => {
  sent("twin_a", "note_1");
  comes("thread.verdict", "twin_a", { note: { id: "note_1" }, verdict: "addressed" });
  await line.work();
  expect(tracker.of("twin_a/note_1").status).toBe("resolved");
  sent("twin_a", "note_1", "It leaks from below.", 0, "note.updated");
  await line.work();
  expect(tracker.tickets()[0]).toMatchObject({
    status: "open",
    said: [expect.any(String), expect.any(String), expect.stringContaining("It leaks from below.")],
  });
});

describe("merged tickets", () => {
  beforeEach(async () => {
    await leaving.look();
    sent("twin_a", "note_1");
    sent("twin_b", "note_2");
    sent("twin_c", "note_3");
    await line.work();
  });

  test("carry an answer to every note that was in them when it was written, and say so", async () => {
    const first = tracker.answer(2, "For two alone");
    tracker.merge(3, 2);
    const early = tracker.answer(2, "For two and three");
    tracker.merge(2, 1);
    const late = tracker.answer(2, "For all three");
    await leaving.look();
    await leaving.look();
    expect(replies.map(({ note, text, externalId }) => [note, text, externalId])).toEqual([
      ["note_2", "For two alone", `rt-rt-${first}`],
      ["note_2", "For two and three", `rt-rt-${early}`],
      ["note_3", "For two and three", `rt-rt-${early}-3`],
      ["note_1", "For all three", `rt-rt-${late}`],
      ["note_2", "For all three", `rt-rt-${late}-2`],
      ["note_3", "For all three", `rt-rt-${late}-3`],
    ]);
    expect(tracker.saidIn(1)).toContain(
      [1, 2, 3].map((ticket) => `The owner of ticket ${ticket} got answer ${late}.`).join("\n"),
    );
  });

  test("answer the notes in them also when they are no note's own", async () => {
    const other = tracker.make("Asked by mail");
    tracker.merge(1, other);
    tracker.answer(other, "Bring it in.");
    await leaving.look();
    expect(replies.map(({ note }) => note)).toEqual(["note_1"]);
  });

  test("get what each owner writes, by the name of their ticket, and stay open while one still waits", async () => {
    tracker.merge(2, 1);
    writes("twin_b", "note_2", "Any news?");
    comes("thread.verdict", "twin_b", { note: { id: "note_2" }, verdict: "addressed" });
    expect(await line.work()).toBeNull();
    expect(tracker.tickets()[0]).toMatchObject({ id: 1, status: "open" });
    expect(tracker.saidIn(1).slice(-2)).toEqual([
      "Of ticket 2, merged into this one. The owner writes:\n\nAny news?",
      "Of ticket 2, merged into this one. The owner says that this was addressed.",
    ]);
  });

  test("stay when one note is taken back, and name what is to be removed of it; they go with the last", async () => {
    tracker.merge(2, 1);
    writes("twin_b", "note_2", "Any news?");
    retracted("twin_b", "note_2");
    expect(await line.work()).toBeNull();
    expect(tracker.of("twin_a/note_1").status).toBe("open");
    const [created, wrote] = tracker.transactionsSaying("Words of note_2", "Any news?");
    expect(tracker.saidIn(1).at(-1)).toBe(
      [
        "Of ticket 2, merged into this one. The owner took this note back.",
        "This ticket stays, because the words of ticket 1 are in it as well. Remove this owner's from it, and what your answers quote of them:",
        `rt-shredder --plugin 'Objects=Transaction,${created}'`,
        `rt-shredder --plugin 'Objects=Transaction,${wrote}'`,
      ].join("\n"),
    );
    retracted("twin_a", "note_1");
    expect(await line.work()).toBeNull();
    expect(tracker.of("twin_a/note_1").status).toBe("deleted");
  });
});

test("an answer that Request Tracker won't show keeps no other waiting, and is asked for until it does", async () => {
  await leaving.look();
  sent("twin_a", "note_1");
  await line.work();
  const hidden = tracker.answer(1, "First");
  tracker.answer(1, "Second");
  tracker.fault = ({ path }) => (path === `/transaction/${hidden}/attachments` ? 403 : null);
  await leaving.look();
  expect(replies.map(({ text }) => text)).toEqual(["Second"]);
  tracker.fault = () => null;
  await leaving.look();
  expect(replies.map(({ text }) => text)).toEqual(["Second", "First"]);
});

test("the bridge's file keeps no word that a ticket has, or that its owner took back", async () => {
  start(join(scratch, "bridge.sqlite"));
  tracker.fault = ({ path }) => (path === "/ticket" ? 400 : null);
  sent("twin_a", "note_1", "PRIVATE one");
  await workOn();
  tracker.fault = () => null;
  sent("twin_b", "note_2", "PRIVATE two");
  retracted("twin_a", "note_1");
  expect(await line.work()).toBeNull();
  const files = readdirSync(scratch).map((file) => readFileSync(join(scratch, file)).toString("latin1"));
  expect(files.join("")).toContain("evt_");
  expect(files.join("")).not.toContain("PRIVATE");
});
