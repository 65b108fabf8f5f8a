// A request that is sent again with its Idempotency-Key does nothing twice: whoever lost the answer gets it again, its secrets too.

import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CREATIONS, MAKES_NOTHING, type Creation } from "../support/creations.ts";
import { routesOf } from "../support/routes.ts";
import { everything, rowCounts } from "../support/universe.ts";
import { api, operator } from "../support/worker.ts";
import { makeChannel, makeWorld, type World } from "../support/world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: World;
beforeAll(async () => {
  world = await makeWorld(api, operator);
});
afterEach(() => void vi.useRealTimers());

const someKey = (): string => `key-${crypto.randomUUID()}`;
const passing = (ms: number): void => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

const post = ({ path, token }: Pick<Creation, "path" | "token">, body: unknown, key: string) =>
  api.call("POST", path, { token, body, headers: { "Idempotency-Key": key } });
const isReplay = ({ headers }: { headers: Headers }): boolean => headers.get("Idempotency-Replayed") === "true";

test("every POST of the API takes a key or makes nothing", async () => {
  const posts = (await routesOf(api)).filter(({ method }) => method === "POST");
  expect(Object.keys(CREATIONS).toSorted()).toEqual(
    posts
      .filter(({ idempotent }) => idempotent)
      .map(({ name }) => name)
      .toSorted(),
  );
  expect(
    posts
      .filter(({ idempotent }) => !idempotent)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...MAKES_NOTHING].toSorted());
});

describe.for(Object.entries(CREATIONS))("%s", ([, { of, secrets }]) => {
  test("answers a repeat the same, refuses the key for another body, changes nothing, and keeps neither key nor secret to read", async () => {
    const creation = await of(world);
    const key = someKey();
    const first = await post(creation, creation.body, key);
    expect([first.status, isReplay(first)]).toEqual([creation.answers, false]);
    const before = await everything();
    for (let again = 0; again < 2; again++) {
      const repeat = await post(creation, creation.body, key);
      expect([repeat.status, isReplay(repeat)]).toEqual([creation.answers, true]);
      expect(repeat.body).toEqual(first.body);
    }
    const other = await post(creation, creation.other, key);
    expect([other.status, other.body.code]).toEqual([409, "idempotency-conflict"]);
    const after = await everything();
    expect(after).toEqual(before);

    const stored = JSON.stringify(after).toLowerCase();
    expect(stored).not.toContain(key);
    for (const secret of secrets) {
      expect(first.body[secret]).toMatch(/.{40}/);
      // The half of a token that names nobody; a code as it is printed and as it is compared; a webhook secret's bare base64.
      const shown = (first.body[secret] as string).split("~").at(-1)!.replace("whsec_", "").toLowerCase();
      for (const form of [shown, shown.replaceAll("-", "").slice(-26)]) expect(stored).not.toContain(form);
    }
  });

  test("makes one thing of twenty at once, and answers them all alike", async () => {
    const rowsAdded = async (times: number) => {
      const creation = await of(world);
      const key = someKey();
      const before = await rowCounts();
      const answers = await Promise.all(Array.from({ length: times }, () => post(creation, creation.body, key)));
      const after = await rowCounts();
      return {
        answers,
        creation,
        added: Object.entries(after).map(([kind, rows]) => [kind, rows - (before[kind] ?? 0)]),
      };
    };
    // With the test before this one that is two: from then on a rotation ends as many keys as it makes.
    const earlier = await of(world);
    await post(earlier, earlier.body, someKey());
    const one = await rowsAdded(1);
    const twenty = await rowsAdded(20);
    for (const { status, body } of twenty.answers)
      expect([status, body]).toEqual([twenty.creation.answers, twenty.answers[0]!.body]);
    expect(twenty.answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(twenty.added).toEqual(one.added);
  });
});

describe("what is kept", () => {
  const writes = (text: string): Creation => ({
    path: `/v1/twins/${world.owner.twin}/notes`,
    token: world.owner.token,
    body: { kind: "diary", text },
    other: {},
    answers: 201,
  });

  test("is kept 30 days", async () => {
    const creation = writes("Remember");
    const key = someKey();
    const first = await post(creation, creation.body, key);
    passing(30 * DAY_MS - HOUR_MS);
    const repeat = await post(creation, creation.body, key);
    expect([repeat.body.id, isReplay(repeat)]).toEqual([first.body.id, true]);
    passing(HOUR_MS);
    const late = await post(creation, creation.body, key);
    expect([late.status, isReplay(late)]).toEqual([201, false]);
    expect(late.body.id).not.toBe(first.body.id);
  });

  test("is kept 24 hours where it holds a secret", async () => {
    const creation = await CREATIONS["POST /v1/twins/{twin}/channels"]!.of(world);
    const key = someKey();
    const first = await post(creation, creation.body, key);
    passing(23 * HOUR_MS);
    expect((await post(creation, creation.body, key)).body.token).toBe(first.body.token);
    passing(HOUR_MS);
    const late = await post(creation, creation.body, key);
    expect([late.status, isReplay(late)]).toEqual([201, false]);
    expect(late.body.token).not.toBe(first.body.token);
  });

  test("once forgotten, opens nobody's twin to who has the key alone", async () => {
    for (const [route, code] of [
      ["POST /v1/twins", "idempotency-conflict"],
      ["POST /v1/claims", "claim-refused"],
      ["POST /v1/recoveries", "recovery-refused"],
    ] as const) {
      const creation = await CREATIONS[route]!.of(world);
      const key = someKey();
      await post(creation, creation.body, key);
      passing(25 * HOUR_MS);
      expect((await post(creation, creation.body, key)).body.code).toBe(code);
    }
  });

  test("is no word of a note that was retracted since", async () => {
    const creation = writes("Words that are taken back");
    const key = someKey();
    const { body } = await post(creation, creation.body, key);
    expect((await api.delete(`${creation.path}/${body.id}`, creation.token)).status).toBe(204);
    const repeat = await post(creation, creation.body, key);
    expect([repeat.status, repeat.body.id, repeat.body.text]).toEqual([201, body.id, null]);
    expect(JSON.stringify(await everything())).not.toContain("Words that are taken back");
  });
});

describe("a key", () => {
  test("is its sender's own: another channel's is another's, at the same place too", async () => {
    const { owner } = world;
    const phone = await makeChannel(api, owner, ["notes:write"]);
    const path = `/v1/twins/${owner.twin}/notes`;
    const key = someKey();
    const mine = await post({ path, token: owner.token }, { kind: "diary", text: "Mine" }, key);
    const theirs = await post({ path, token: phone.token }, { kind: "diary", text: "Mine" }, key);
    expect([theirs.status, isReplay(theirs)]).toEqual([201, false]);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test("that was refused may be used for the mended request", async () => {
    const { owner, maker, note } = world;
    const notes = `/v1/twins/${owner.twin}/notes`;
    const thread = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note}/messages`;
    for (const [at, wrong, right] of [
      [
        { path: notes, token: owner.token },
        { kind: "diary", text: "" },
        { kind: "diary", text: "Now" },
      ],
      [
        { path: notes, token: owner.token },
        { kind: "diary", text: "x", photos: ["photo_00000000000000000000000000"] },
        { kind: "diary", text: "Now" },
      ],
      [
        { path: thread, token: maker.key },
        { text: "x", photos: ["photo_00000000000000000000000000"] },
        { text: "Now" },
      ],
    ] as const) {
      const key = someKey();
      expect((await post(at, wrong, key)).status).toBe(422);
      const mended = await post(at, right, key);
      expect([mended.status, isReplay(mended)]).toEqual([201, false]);
    }
  });

  test("must be hard to guess where no token is sent: 22 characters", async () => {
    for (const route of ["POST /v1/twins", "POST /v1/claims", "POST /v1/recoveries"]) {
      const creation = await CREATIONS[route]!.of(world);
      const before = await everything();
      const short = await post(creation, creation.body, "x".repeat(21));
      expect([short.status, short.body.errors]).toEqual([
        422,
        [{ path: "Idempotency-Key", message: expect.stringContaining("22") }],
      ]);
      expect(await everything()).toEqual(before);
      expect((await post(creation, creation.body, someKey().slice(0, 22))).status).toBe(creation.answers);
    }
  });

  test("has 1 to 255 printable characters", async () => {
    const creation = await CREATIONS["POST /v1/twins/{twin}/channels"]!.of(world);
    for (const key of ["", "x".repeat(256), "a\tb", "schl\u00fcssel"])
      expect((await post(creation, creation.body, key)).status).toBe(422);
    for (const key of ["x", "y".repeat(255)]) expect((await post(creation, creation.body, key)).status).toBe(201);
  });
});
