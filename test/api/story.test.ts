// The main job, end to end within workerd: the webhook's way out has tests of its own.

import { expect, test } from "vitest";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

test("an owner's note reaches the maker under the owner's terms, and the answer comes back", async () => {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  const twin = await api.get(`/v1/twins/${owner.twin}`, owner.token);
  expect(twin.body).toMatchObject({ id: owner.twin, maker: maker.domain, tenure: 0, proof: "label", agreement: null });

  const early = await write(api, owner, "The sole came off.", { send: true, wants: "repair" });
  expect(early.relay.state).toBe("waiting");

  const agreement = await agree(api, owner);
  expect(agreement).toMatchObject({ state: "accepted", terms: "SD-BASE-DP", maker: maker.domain, acknowledged: true });
  const ours = await api.get<string>(`/v1/twins/${owner.twin}/agreements/${agreement.id}/record`, owner.token);
  const theirs = await api.get<string>(`/v1/makers/${maker.domain}/agreements/${agreement.id}/record`, maker.key);
  expect(ours.status).toBe(200);
  expect(JSON.stringify(theirs.body)).toBe(JSON.stringify(ours.body));
  expect(ours.headers.get("ETag")).toBe(`"${agreement.recordDigest}"`);
  expect(theirs.headers.get("ETag")).toBe(`"${agreement.recordDigest}"`);

  const reply = await api.post(
    `/v1/makers/${maker.domain}/threads/${owner.twin}/${early.id}/messages`,
    { text: "Send it in, we'll resole it.", type: "fix", outcome: "fixed", author: { name: "Mo" } },
    maker.key,
  );
  expect(reply.status).toBe(201);
  const note = await api.get(`/v1/twins/${owner.twin}/notes/${early.id}`, owner.token);
  expect(note.body.messages).toMatchObject([
    { from: "maker", text: "Send it in, we'll resole it.", author: { name: "Mo" } },
  ]);
  expect(note.body.thread).toMatchObject({ state: "answered", outcome: "fixed" });

  const verdict = await api.post(
    `/v1/twins/${owner.twin}/notes/${early.id}/verdict`,
    { verdict: "addressed" },
    owner.token,
  );
  expect(verdict.body).toMatchObject({ state: "closed", verdict: "addressed" });

  const feed = await api.get(`/v1/twins/${owner.twin}/events`, owner.token);
  const types = feed.body.items.map((item: { type: string }) => item.type) as string[];
  // How far the note has got by now is another story, and the relay tells it in its own time.
  expect(types.filter((type) => !type.endsWith(".relay"))).toEqual([
    "note.written",
    "agreement.proffered",
    "agreement.accepted",
    "note.sent",
    "message.posted",
    "thread.outcome",
    "thread.verdict",
  ]);
});
