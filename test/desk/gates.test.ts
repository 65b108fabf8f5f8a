// The gates: what each agreement of the roster lets a company do, and what it may do with none, tried on every path there is.
// The table is written out by hand, from what the agreements mean; that `permits` says the same is one of the tests.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { permits, type Action } from "../../src/domain/terms/permits.ts";
import { kindOf, ROSTER_CODES, type RosterCode } from "../../src/domain/terms/roster.ts";
import { productOf } from "../../src/platform/stubs.ts";
import { Holder } from "../support/holder.ts";
import { knock } from "../support/maker-world.ts";
import { claim, freshGtin, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { addPhoto } from "../support/world.ts";
import { DAY_MS, deskOf, everything, inside, path, tenureOf } from "../tenure/world.ts";

type Column = "none" | RosterCode;
const COLUMNS: readonly Column[] = ["none", ...ROSTER_CODES];

const ALL = COLUMNS;
const NOBODY: readonly Column[] = [];
const A: readonly Column[] = [
  "SD-BASE-A",
  "SD-BASE-A-DP",
  "SD-BASE-AT",
  "SD-BASE-AT-DP",
  "SD-BASE-ATP",
  "SD-BASE-ATP-DP",
  "SD-BASE-ATP-S3P",
  "SD-BASE-ATP-S3P-DP",
];
const AT: readonly Column[] = [
  "SD-BASE-AT",
  "SD-BASE-AT-DP",
  "SD-BASE-ATP",
  "SD-BASE-ATP-DP",
  "SD-BASE-ATP-S3P",
  "SD-BASE-ATP-S3P-DP",
];
const RELATIONSHIPS: readonly Column[] = ["SD-BASE", "SD-BASE-DP", ...A];
const PORTABLE: readonly Column[] = [
  "SD-BASE-DP",
  "SD-BASE-A-DP",
  "SD-BASE-AT-DP",
  "SD-BASE-ATP-DP",
  "SD-BASE-ATP-S3P-DP",
];

/** As many as make a cell that is shown. */
const NOTES = 5;
/** Fourteen owners, on a machine that may be busy. */
const SETTING_UP_MS = 120_000;
const SAFETY = { kind: "safety", title: "Stop using it", text: "The cable gets hot." };

/**
 * An owner under this agreement, or none: five notes, all sent, the first with a photo and a message that has another, the second changed
 * since, the last to ask for a copy of what the company holds.
 */
type Case = {
  readonly column: Column;
  readonly gtin: string;
  readonly owner: TestOwner;
  readonly agreement: string | null;
  readonly notes: readonly string[];
  readonly photo: string;
  readonly messagePhoto: string;
  readonly issue: string;
  /** In the words of its notes, and in no others'; the last one in the newest. */
  readonly words: string[];
};

let lamo: TestMaker;
let endpoint: string;
/** An endpoint that is told what changed in a note only, takes nothing in, and says what it was sent. */
let echo: { readonly url: string; readonly endpoint: string } | undefined;
const cases = new Map<Column, Case>();
const hooks: string[] = [];
/** The newest notices: to every agreement, and about the product of each column. */
const notices = { service: "", safety: new Map<Column, string>() };

const until = <T>(check: () => Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const fail = (): never => {
  throw new Error("not yet");
};
const at = (rest: string): string => `/v1/makers/${lamo.domain}${rest}`;
const asked = (rest: string) => api.get(at(rest), lamo.key);
const told = (rest: string, body: object) => api.post(at(rest), body, lamo.key);
const thread = ({ owner, notes }: Case, n = 0): string => `/threads/${owner.twin}/${notes[n]!}`;

function must<T>({ status, body }: { status: number; body: T }): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

async function open(column: Column): Promise<Case> {
  const gtin = freshGtin();
  const owner = await claim(api, lamo, gtin);
  const agreement =
    column === "none" ? null : must(await api.post(path(owner, "/agreements"), { preferred: column }, owner.token)).id;
  const photo = await addPhoto(api, path(owner, "/photos"), owner.token);
  const word = `word${crypto.randomUUID().slice(0, 8)}`;
  const notes: string[] = [];
  for (let n = 0; n < NOTES; n++) {
    const photos = n === 0 ? [photo] : [];
    const wants = n === NOTES - 1 ? "copy" : "nothing";
    notes.push((await write(api, owner, `It is the ${word}.`, { send: true, photos, wants })).id);
  }
  const change = { text: `It still is the ${word}.` };
  must(await api.patch(path(owner, `/notes/${notes[1]!}`), change, owner.token));
  const messagePhoto = await addPhoto(api, path(owner, "/photos"), owner.token);
  const message = { text: `The ${word}, as I said.`, photos: [messagePhoto] };
  must(await api.post(path(owner, `/notes/${notes[0]!}/messages`), message, owner.token));
  const issue = must(
    await told("/known-issues", { title: `Issue ${word}`, product: gtin, status: "investigating" }),
  ).id;
  return { column, gtin, owner, agreement, notes, photo, messagePhoto, issue, words: [word] };
}

/** What the company's people and the owner do, as far as they get. */
async function work(one: Case): Promise<void> {
  const { owner, notes, issue } = one;
  // Once this has answered, the twin has told the desk all that it tells.
  await tenureOf(owner).tellDesks();
  const { status, body } = await told(`${thread(one)}/messages`, { text: "We look into it." });
  if (status === 201) {
    must(await api.put(path(owner, `/notes/${notes[0]!}/seen`), { message: body.id }, owner.token));
  }
  must(await told("/threads/bulk", { threads: notes.map((note) => ({ twin: owner.twin, note })), knownIssue: issue }));
  await tenureOf(owner).tellDesks();
}

/** Every agreement is over, and each owner has written once more. */
async function end(one: Case): Promise<void> {
  const { owner, agreement, words } = one;
  if (agreement !== null) must(await api.post(path(owner, `/agreements/${agreement}/terminate`), {}, owner.token));
  words.push(`word${crypto.randomUUID().slice(0, 8)}`);
  await write(api, owner, `And now the ${words.at(-1)!}.`, { send: true });
  await tenureOf(owner).tellDesks();
}

/** A safety notice; settles once nobody is left to be told, of which its maker sees nothing for a minute. */
async function announceSafety(gtin: string): Promise<string> {
  const { id } = must(await told("/notices", { ...SAFETY, gtin }));
  const left = () =>
    runInDurableObject(
      productOf(env, gtin),
      (_, { storage }) =>
        [
          ...storage.sql.exec<{ n: number }>("SELECT (SELECT count(*) FROM telling) AS n FROM notice WHERE id = ?", id),
        ][0]?.n,
    );
  await until(async () => expect(await left()).toBe(0));
  return id;
}

/** Notices of every kind there is; settles once each was given to all whom it may be given. */
async function announce(): Promise<void> {
  const safety = [...cases.values()].map(async ({ column, gtin }) =>
    notices.safety.set(column, await announceSafety(gtin)),
  );
  const service = { kind: "service", title: "A new battery", text: "It is free." };
  notices.service = must(await told("/notices", service)).id;
  await until(async () => expect(must(await asked(`/notices/${notices.service}`)).finished).toBe(true));
  await Promise.all(safety);
}

const saysOf = async ({ owner, notes }: Case): Promise<any> =>
  must(await api.get(path(owner, `/notes/${notes[1]!}`), owner.token)).knownIssue ?? null;
const got = async ({ owner }: Case, id: string): Promise<boolean> =>
  must(await api.get(path(owner, "/notices"), owner.token)).items.some((item: any) => item.id === id);

/** Whether the endpoint got the owner's newest words. */
const saidAtEndpoint = ({ words }: Case): boolean => hooks.some((hook) => hook.includes(words.at(-1)!));
const includesAny = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word));
/** The office has told, of its known issues, all whom it may tell. */
const officeHasTold = () =>
  until(async () =>
    expect(
      await runInDurableObject(env.OFFICE.getByName(lamo.domain), (_, { storage: { sql } }) => [
        ...sql.exec("SELECT issue FROM issue_walk UNION ALL SELECT issue FROM issue_telling"),
      ]),
    ).toEqual([]),
  );
/** What the company reads of all owners at once. */
let seen: { readonly feed: string; readonly facets: any; readonly insights: any; readonly ofProduct: Map<string, any> };
async function look(): Promise<void> {
  const products = [...cases.values()].map(({ gtin }) => gtin);
  const [facets, insights, ...each] = await nextWeek(() =>
    Promise.all(["/threads/facets", "/insights", ...products.map((gtin) => `/insights?product=${gtin}`)].map(asked)),
  );
  seen = {
    feed: JSON.stringify(await feed()),
    facets: must(facets!),
    insights: must(insights!),
    ofProduct: new Map(products.map((gtin, n) => [gtin, must(each[n]!)])),
  };
}

/** Everything in the company's feed. */
async function feed(): Promise<any[]> {
  const all: any[] = [];
  for (let after = ""; ;) {
    const { items, next } = must(await asked(`/events?limit=200${after}`));
    all.push(...items);
    if (items.length < 200) return all;
    after = `&after=${next}`;
  }
}

/** Counts are of weeks that are over: they are read when this one is. */
async function nextWeek<T>(read: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8 * DAY_MS });
  try {
    return await read();
  } finally {
    vi.useRealTimers();
  }
}

type Gate = {
  /** What asks `permits`; null where it is the owner's own act. */
  readonly action: Action | null;
  readonly yes: readonly Column[];
  /** Once the agreement ended, too. */
  readonly afterEnd?: true;
  readonly isOpen: (one: Case) => Promise<boolean>;
};

const GATES: Readonly<Record<string, Gate>> = {
  "the owner's words reach its endpoint": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async (one) => saidAtEndpoint(one),
  },
  "the owner's words are in its feed": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ words }) => includesAny(seen.feed, words),
  },
  "its inbox lists the threads": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ gtin }) => must(await asked(`/threads?product=${gtin}`)).items.length > 0,
  },
  "its search finds them": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ words }) => {
      const found = await Promise.all(words.map(async (word) => must(await asked(`/threads?q=${word}`)).items.length));
      return found.some((n) => n > 0);
    },
  },
  "it opens a thread": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async (one) => includesAny(JSON.stringify((await asked(thread(one))).body), one.words),
  },
  "it opens the owner's photo": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async (one) => (await asked(`${thread(one)}/photos/${one.photo}`)).status === 200,
  },
  "it opens a photo in the owner's message": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async (one) => (await asked(`${thread(one)}/photos/${one.messagePhoto}`)).status === 200,
  },
  "it reads what its endpoint said of the owner's words": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ owner: { twin }, words }) =>
      includesAny(JSON.stringify(must(await asked(`/deliveries?twin=${twin}&limit=200`)).items), words),
  },
  "it is asked for a copy of what it holds": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ gtin, notes }) => {
      const { items } = must(await asked(`/threads?product=${gtin}&wants=copy`));
      return items.some(({ note }: any) => note.id === notes.at(-1));
    },
  },
  "the owner asks for that copy": {
    action: "machine-export",
    yes: ALL,
    afterEnd: true,
    isOpen: async ({ owner }) => {
      const ask = { kind: "question", text: "A copy, please.", wants: "copy", send: true };
      const { status, body } = await api.post(path(owner, "/notes"), ask, owner.token);
      // Taken back, so that it counts in nothing else.
      must(await api.delete(path(owner, `/notes/${body.id}`), owner.token));
      return status === 201 && body.wants === "copy";
    },
  },
  "its people take a thread on and label it": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async (one) => (await api.patch(at(thread(one)), { labels: ["sole"] }, lamo.key)).status === 200,
  },
  "its endpoint is sent the owner's words again": {
    action: "relay-note",
    yes: RELATIONSHIPS,
    isOpen: async ({ owner: { twin }, notes: [note], words }) => {
      const before = hooks.length;
      const { queued } = must(await told("/deliveries/replay", { endpoint, twin, note }));
      if (queued === 0) return false;
      const again = await until(async () => hooks.slice(before).find((hook) => hook.includes(note!)) ?? fail());
      return includesAny(again, words);
    },
  },
  "it answers": {
    action: "answer",
    yes: RELATIONSHIPS,
    isOpen: async (one) => (await told(`${thread(one)}/messages`, { text: "Once more." })).status === 201,
  },
  "it answers by its own system, at the inbound door": {
    action: "answer",
    yes: RELATIONSHIPS,
    isOpen: async ({ owner: { twin }, notes: [note] }) => {
      const data = { twin, note, text: "And once more." };
      const { status } = await knock(
        { ...lamo, path: at("") },
        { type: "message.reply", timestamp: new Date().toISOString(), data },
      );
      return status === 200;
    },
  },
  "it adds a photo to its answer": {
    action: "answer",
    yes: RELATIONSHIPS,
    isOpen: async (one) => (await addPhoto(api, at(`${thread(one)}/photos`), lamo.key).catch(() => null)) !== null,
  },
  "the search's facets count them": {
    action: "analytics",
    yes: A,
    isOpen: async ({ gtin }) => seen.facets.byProduct.some((item: any) => item.product === gtin),
  },
  "its insights count them": {
    action: "analytics",
    yes: A,
    isOpen: async ({ gtin }) => seen.ofProduct.get(gtin).byKind.length > 0,
  },
  "its insights count a known issue's": {
    action: "analytics",
    yes: A,
    isOpen: async ({ issue }) => seen.insights.knownIssues.some((item: any) => item.issue === issue),
  },
  "a known issue says how many threads are linked to it": {
    action: "analytics",
    yes: A,
    isOpen: async ({ issue }) => must(await asked(`/known-issues/${issue}`)).linked !== null,
  },
  "it sees what of its answers was read": {
    action: "read-receipt",
    yes: AT,
    isOpen: async (one) => ((await asked(thread(one))).body.readReceipt ?? null) !== null,
  },
  "what it says of a known issue reaches the owner's thread": {
    action: "answer",
    yes: RELATIONSHIPS,
    isOpen: async (one) => {
      const title = `Since ${crypto.randomUUID()}`;
      const { status } = await api.patch(at(`/known-issues/${one.issue}`), { title, status: "fix-planned" }, lamo.key);
      expect(status).toBe(200);
      await officeHasTold();
      return (await saysOf(one))?.title === title;
    },
  },
  "the owner counts themselves in": {
    action: null,
    yes: ALL,
    afterEnd: true,
    isOpen: async ({ owner, issue }) =>
      (await api.put(path(owner, `/known-issues/${issue}/me-too`), {}, owner.token)).status < 300,
  },
  "its service message reaches the owner": {
    action: "service-message",
    yes: RELATIONSHIPS,
    isOpen: async (one) => got(one, notices.service),
  },
  "its safety notice reaches the owner of its labelled item": {
    action: "safety-notice",
    yes: ALL,
    afterEnd: true,
    isOpen: async (one) => got(one, notices.safety.get(one.column)!),
  },
  "its offer reaches the owner": {
    action: "marketing",
    yes: NOBODY,
    isOpen: async (one) =>
      (await told("/notices", { kind: "marketing", gtin: one.gtin, title: "Buy", text: "Two for one." })).status !==
      422,
  },
};

/** The columns for which it is open, in the order of the table. */
async function openFor({ isOpen }: Gate): Promise<Column[]> {
  const open = await Promise.all(COLUMNS.map((column) => isOpen(cases.get(column)!)));
  return COLUMNS.filter((_, n) => open[n]);
}

beforeAll(async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    if (String(input) === echo?.url) return new Response(init?.body as string, { status: 422 });
    hooks.push(init?.body as string);
    return new Response("ok");
  });
  lamo = await join(api, operator, Object.fromEntries(ROSTER_CODES.map((code) => [code, "accept"])));
  const url = `https://hooks.${lamo.domain}.org/in`;
  endpoint = must(await told("/endpoints", { url, processor: "Hooks Ltd" })).endpoint;
  const echoing = { url: `https://echo.${lamo.domain}.org/in`, processor: "Hooks Ltd", types: ["note.updated"] };
  echo = { url: echoing.url, endpoint: must(await told("/endpoints", echoing)).endpoint };
  for (const one of await Promise.all(COLUMNS.map(open))) cases.set(one.column, one);
  // A service message goes to those whose agreement the company's own copies say is in force.
  await until(async () =>
    expect(must(await asked("/agreements?state=accepted&limit=200")).items).toHaveLength(ROSTER_CODES.length),
  );
  await Promise.all([...cases.values()].map(work));
  await announce();
  await until(async () => {
    for (const column of RELATIONSHIPS) expect(saidAtEndpoint(cases.get(column)!), column).toBe(true);
    expect(ownersIn(await deliveries({ withAnswers: true }))).toEqual(expect.arrayContaining([...RELATIONSHIPS]));
  });
  await look();
}, SETTING_UP_MS);
afterAll(async () => {
  // What they did not take in would be tried again, and then nobody is there who stands for them.
  for (const each of [endpoint, echo!.endpoint]) must(await api.delete(at(`/endpoints/${each}`), lamo.key));
  vi.restoreAllMocks();
});

describe("while an agreement is in force", () => {
  test.each(Object.entries(GATES))("%s, under exactly the agreements that let it", async (_, gate) => {
    expect(await openFor(gate)).toEqual(gate.yes);
  });
});

test("the live totals are those of the threads that may be counted, and of those that may not", async () => {
  const { counted, excluded } = must(await asked("/insights"));
  expect([counted, excluded]).toEqual([NOTES * A.length, NOTES * (RELATIONSHIPS.length - A.length)]);
});

test("a safety notice is on its product's board for the owner of an item without a label, and nowhere else", async () => {
  const { gtin } = cases.get("none")!;
  const owner = must(
    await api.post("/v1/twins", { product: { name: "Found", gtin, maker: lamo.domain } }),
  ) as TestOwner;
  must(await api.post(path(owner, "/agreements"), { preferred: "SD-BASE-ATP" }, owner.token));
  const id = await announceSafety(gtin);
  const own = must(await api.get(path(owner, "/notices"), owner.token)).items;
  const board = must(await api.get(`/v1/products/${gtin}/notices`)).items;
  expect([own.map((item: any) => item.id), board.some((item: any) => item.id === id)]).toEqual([[], true]);
  must(await api.delete(path(owner), owner.token));
});

test("a reply link shows the note, its photo and its thread to whoever accepts, under the agreements that let a company read", async () => {
  const isOpen = async (column: Column): Promise<boolean> => {
    const owner = must(await api.post("/v1/twins", { product: { name: "A kettle" } })) as TestOwner;
    const photo = await addPhoto(api, path(owner, "/photos"), owner.token);
    const { id } = await write(api, owner, "It is the lid.", { photos: [photo] });
    const terms = column === "none" ? {} : { preferred: column, alternates: [] };
    const lent = await api.post(path(owner, `/notes/${id}/reply-links`), terms, owner.token);
    if (lent.status !== 201) return false;
    const holder = await Holder.at(api, lent.body.url);
    if (column !== "none") await holder.accept();
    const [picture, read, said] = [
      await holder.get(`photos/${photo}`),
      await holder.get("thread"),
      await holder.post("messages", { text: "We look into it." }),
    ];
    const opened = [picture.status === 200, JSON.stringify(read.body).includes("It is the lid."), said.status === 201];
    expect(new Set(opened).size, `${column}: ${opened.join()}`).toBe(1);
    return opened[0]!;
  };
  const open = await Promise.all(COLUMNS.map(isOpen));
  expect(COLUMNS.filter((_, n) => open[n])).toEqual(RELATIONSHIPS);
});

/** All deliveries; what an endpoint that took none in said to them is part of it, or left out. */
async function deliveries({ withAnswers }: { withAnswers: boolean }): Promise<string> {
  const all: any[] = [];
  for (let cursor = ""; ;) {
    const { items, next } = must(await asked(`/deliveries?limit=200${cursor}`));
    all.push(...items);
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  return JSON.stringify(all, (field, value) => (field === "head" && !withAnswers ? null : value));
}
const ownersIn = (text: string): Column[] => COLUMNS.filter((column) => includesAny(text, cases.get(column)!.words));

test("no list of deliveries has a word of any owner's but what the company's own endpoint repeats", async () => {
  const list = await deliveries({ withAnswers: false });
  expect(list).toContain(cases.get("SD-BASE")!.notes[0]);
  expect(ownersIn(list)).toEqual([]);
});

test("at the desk, where all that may be read is, no word of any owner's lies readable", async () => {
  const kept = await everything(deskOf(lamo));
  for (const column of RELATIONSHIPS) expect(kept).toContain(cases.get(column)!.notes[0]);
  expect(ownersIn(kept)).toEqual([]);
  expect(ownersIn(await deliveries({ withAnswers: true }))).toEqual(RELATIONSHIPS);
});

describe("once every agreement has ended", () => {
  beforeAll(async () => {
    await Promise.all([...cases.values()].map(end));
    await announce();
    await look();
  }, SETTING_UP_MS);

  test.each(Object.entries(GATES))("%s, where it needs none", async (_, gate) => {
    expect(await openFor(gate)).toEqual(gate.afterEnd ? ALL : []);
  });

  test("no delivery says a word of any owner's, though the company's endpoint repeats what it got", async () => {
    expect(ownersIn(await deliveries({ withAnswers: true }))).toEqual([]);
    await until(async () => {
      const { n } = await inside(deskOf(lamo), ({ storage: { sql } }) =>
        sql.exec<{ n: number }>("SELECT count(head) AS n FROM told_attempt").one(),
      );
      expect(n).toBe(0);
    });
  });

  test("nothing is counted, and nothing is left out: there is nothing at the desk", async () => {
    expect(must(await asked("/insights"))).toMatchObject({ counted: 0, excluded: 0 });
  });

  test("the company is told to hand over a copy where the agreement obliges it to", async () => {
    const ended = (await feed()).filter(({ type }) => type === "agreement.terminated");
    const told = ROSTER_CODES.filter((code) => {
      const event = ended.find(({ data }) => data.agreement?.id === cases.get(code)!.agreement);
      return event.data.obligations.some(({ duty }: any) => duty === "hand-over");
    });
    expect(told).toEqual(PORTABLE);
    for (const code of ROSTER_CODES) {
      expect(permits([{ id: "agr_0", code, kind: kindOf(code) }], "receive-copy"), code).toBe(PORTABLE.includes(code));
    }
  });
});

describe("the table", () => {
  const gates = Object.entries(GATES).filter(([, { action }]) => action !== null);

  test.each(gates)("is what `permits` says: %s", (_, { action, yes, afterEnd }) => {
    for (const column of COLUMNS) {
      const inForce = column === "none" ? [] : [{ id: "agr_0" as const, code: column, kind: kindOf(column) }];
      expect(permits(inForce, action!, { labelled: true }), column).toBe(yes.includes(column));
    }
    expect(permits([], action!, { labelled: true })).toBe(afterEnd === true);
  });
});
