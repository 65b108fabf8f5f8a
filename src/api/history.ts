// The item's record, for whoever owns it now and those they let: reading it, adding to it, and forgetting what one said.

import { z } from "@hono/zod-openapi";
import { countInput, historyInput } from "../domain/record/history-input.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, found, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { picture } from "./notes.ts";
import { problem } from "./problem.ts";
import { checkpointView, countView, entryView } from "./record-views.ts";

const TAG = "Record";
const PATH = "/v1/twins/:twin/history";

export function history(app: App): void {
  define(
    app,
    {
      method: "get",
      path: PATH,
      tag: TAG,
      summary: "The record of the item",
      description:
        "All of it, oldest first, across all its owners. `checkpoint` is the twin's signed word on these very entries. " +
        "Every entry is signed by its author and is a leaf of an RFC 6962 tree.",
      caller: "channel",
      needs: "history:read",
      answers: {
        200: {
          description: "The record",
          schema: z.object({ checkpoint: checkpointView, entries: z.array(entryView), counts: z.array(countView) }),
        },
      },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).history(tokenHash)),
  );
  define(
    app,
    {
      method: "post",
      path: PATH,
      tag: TAG,
      summary: "Put an entry on the record",
      description:
        "It travels with the item, and its header stays for good: what it says can be withheld, or erased by the owner in whose time it was made. " +
        "An owner's channel writes as the owner; any other with `history:write` as a channel, and only the body says what the owner calls it. " +
        "`disputed` is for the owner alone. Photos are free ones of this channel (`POST …/photos`), and are moved to the record.",
      caller: "channel",
      needs: "history:write",
      idempotent: true,
      body: historyInput,
      answers: { 201: { description: "The entry", schema: entryView } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const recorded = await tenureOf(env, twin).record(tokenHash, body, keyed?.idem);
      return recorded.ok ? created(recorded.value) : problem(recorded.error);
    },
  );
  define(
    app,
    {
      method: "delete",
      path: `${PATH}/:seq`,
      tag: TAG,
      summary: "Erase what an entry says",
      description:
        "Of an entry that this owner or a channel of theirs made, text and photos are forgotten for good; its header stays. A company's can be withheld when the record is shown.",
      caller: "channel",
      needs: "owner",
      params: z.object({
        twin: z.string(),
        seq: z
          .string()
          .regex(/^[1-9]\d{0,3}$/, "must be the place of an entry")
          .transform(Number),
      }),
      answers: { 204: { description: "Forgotten" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const erased = await tenureOf(env, twin).eraseFromRecord(tokenHash, params.seq);
      return erased.ok ? noContent() : problem(erased.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${PATH}/photos/:photo`,
      tag: TAG,
      summary: "A photo of an entry",
      caller: "channel",
      needs: "history:read",
      params: z.object({ twin: z.string(), photo: z.string() }),
      answers: { 200: { description: "The picture", type: "image/*" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const read = await tenureOf(env, twin).recordPhoto(tokenHash, params.photo);
      return read.ok ? picture(read.value) : problem(read.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/counts`,
      tag: TAG,
      summary: "State how many entries there are of this owner's channels",
      description:
        "Signed with this tenure's key, and shown with the record: whoever did the work says how much of it must be there. " +
        "At most as many as they recorded up to `asOf`: more is refused with 422, which says how many there are. " +
        "A channel's later statement replaces its own earlier one, and no other's. An owner's channel can't state one.",
      caller: "channel",
      needs: "history:write",
      body: countInput,
      answers: { 201: { description: "The statement", schema: countView } },
    },
    async ({ env, twin, tokenHash, body }) => {
      const stated = await tenureOf(env, twin).stateCount(tokenHash, body);
      return stated.ok ? json(stated.value, 201) : problem(stated.error);
    },
  );
}
