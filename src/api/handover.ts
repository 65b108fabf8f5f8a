// Handing a thing over: its owner offers, whoever has the code looks and accepts, the owner lets go. And whether the owner says that it is lost
// or stolen. Wrong, used and unknown codes are refused alike, before or after any object is asked.

import { z } from "@hono/zod-openapi";
import type { Failure } from "../domain/failure.ts";
import { wordsOf } from "../domain/four-words.ts";
import { acceptInput, alertInput, codeInput, labelByCode, offerInput, releaseInput } from "../domain/handover.ts";
import { tokenParts, type TwinId } from "../domain/ids.ts";
import type { Label } from "../domain/label-hash.ts";
import { countsDigest } from "../domain/record/count.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { formatTwinCode, readTwinCode } from "../domain/twin-code.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newId } from "../platform/random.ts";
import { rootOf } from "../platform/root.ts";
import { publicOrigin } from "../platform/settings.ts";
import { tenureOf, twinOf } from "../platform/stubs.ts";
import { WORD_LIST } from "../platform/word-list.ts";
import { created, found, json, noContent } from "./answer.ts";
import { bearerOf } from "./credential.ts";
import { define, type App } from "./define.ts";
import { acceptedOffer, handoverView, madeOffer, offerStanding, openedOffer } from "./handover-views.ts";
import { idField, twinField } from "./fields.ts";
import { sealing, secretOf, type Keyed } from "./idempotency-key.ts";
import { newAccess, newCodeSecret, shownAccess } from "./new-access.ts";
import { passingPicture } from "./notes.ts";
import { problem } from "./problem.ts";
import { entryRead } from "./record-views.ts";
import { twinView } from "./schemas.ts";
import { labelAnswer } from "./share-views.ts";
import { keysFor, shownMaker } from "./shown-companies.ts";
import { boardNotices } from "./shown-notices.ts";
import { countFailure, pictureRefusalOf, refusalOf } from "./strangers.ts";

const TAG = "Handover";
const PATH = "/v1/twins/:twin/handover";
const NEVER_KEPT = { "Cache-Control": "private, no-store" };

const refused: Failure = { code: "handover-refused" };

type Named = { readonly twin: TwinId; readonly codeHash: string };

/** The twin that a stranger's code names, if it is the path's and this server made it; nothing is asked of an object before. */
async function named(env: Env, inPath: string | undefined, typed: string): Promise<Result<Named, Failure>> {
  const code = readTwinCode(typed);
  if (!code || code.twin !== inPath || !(await rootOf(env).isTwinId(code.twin))) return err(refused);
  return ok({ twin: code.twin, codeHash: await fingerprint(code.secret) });
}

/** Admits a stranger, reads their code, and answers; a wrong code counts against them. */
async function withCode(
  {
    env,
    request,
    keyed,
    inPath,
    code,
    refusalBy = refusalOf,
  }: {
    readonly env: Env;
    readonly request: Request;
    readonly keyed: Keyed | null;
    readonly inPath: string | undefined;
    readonly code: string;
    readonly refusalBy?: typeof refusalOf;
  },
  act: (named: Named) => Promise<Result<Response, Failure>>,
): Promise<Response> {
  const refusal = await refusalBy(env, request, keyed);
  if (refusal) return problem(refusal);
  const who = await named(env, inPath, code);
  const answer = who.ok ? await act(who.value) : who;
  if (answer.ok) return answer.value;
  if (answer.error.code === "handover-refused") countFailure(env, request);
  return problem(answer.error);
}

/** What whoever has the code is shown. The tenure or the record may end between the questions: then the code opens nothing. */
async function look(env: Env, { twin, codeHash }: Named): Promise<Result<Response, Failure>> {
  const offer = await twinOf(env, twin).openOffer(twin, codeHash);
  if (!offer.ok) return offer;
  const [seen, record] = await Promise.all([tenureOf(env, twin).forBuyer(), twinOf(env, twin).history(twin)]);
  if (seen === null || record === null) return err(refused);
  const { checkpoint, counts } = record;
  const [maker, keys, board] = await Promise.all([
    shownMaker(env, seen.product.maker),
    keysFor(env, record),
    boardNotices(env, seen.product),
  ]);
  const view: z.infer<typeof openedOffer> = {
    ...offer.value,
    product: { ...seen.product, maker },
    record: { checkpoint, entries: record.entries.map(entryRead), counts: [...counts] },
    keys,
    notices: [...seen.notices, ...board],
    openCases: [...seen.openCases],
    label: seen.label,
    head: { size: checkpoint.size, root: checkpoint.root },
    erased: record.entries.filter(({ erased }) => erased).length,
    counted: countsDigest(counts),
  };
  return ok(json(view, 200, NEVER_KEPT));
}

/** Whether a label is that of the thing that the code offers. */
async function compare(env: Env, { twin, codeHash }: Named, label: Label): Promise<Result<Response, Failure>> {
  const offer = await twinOf(env, twin).openOffer(twin, codeHash);
  if (!offer.ok) return offer;
  const compared = await tenureOf(env, twin).compareForBuyer(codeHash, label);
  if (compared === null) return err(refused);
  return compared.ok ? ok(json(compared.value, 200, NEVER_KEPT)) : compared;
}

export function handover(app: App): void {
  define(
    app,
    {
      method: "post",
      path: PATH,
      tag: TAG,
      summary: "Offer the thing to its next owner",
      description:
        "The code is for whoever is to have it. Nothing moves until they have accepted and you let go; a gift moves as soon as they accept. One offer at a time, none while the thing is marked as lost or stolen.",
      caller: "channel",
      needs: "owner",
      idempotent: true,
      body: offerInput,
      optionalBody: true,
      answers: { 201: { description: "The offer, and its code", schema: madeOffer } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const secret = newCodeSecret();
      const offer = {
        id: newId("offer"),
        codeHash: await fingerprint(secret),
        gift: body.gift,
        expiresAt: body.expiresAt,
      };
      const made = await tenureOf(env, twin).offer(tokenHash, offer, await sealing(keyed, { secret }));
      if (!made.ok) return problem(made.error);
      const { id, state, gift, expiresAt } = made.value.body;
      const code = formatTwinCode(twin, (await secretOf(keyed, made.value, { secret })).secret);
      const view = { offer: id, code, url: `${publicOrigin(env)}/h#${code}`, state, gift, expiresAt };
      return created({ ...made.value, body: view });
    },
  );
  define(
    app,
    {
      method: "get",
      path: PATH,
      tag: TAG,
      summary: "What a handover would mean, and the offer that stands",
      caller: "channel",
      needs: "owner",
      answers: { 200: { description: "The handover", schema: handoverView } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).offered(tokenHash)),
  );
  define(
    app,
    {
      method: "delete",
      path: PATH,
      tag: TAG,
      summary: "Take the offer back",
      description: "Also after somebody has accepted: until it is released nothing has moved.",
      caller: "channel",
      needs: "owner",
      answers: { 204: { description: "Its code opens nothing any more" } },
    },
    async ({ env, twin, tokenHash }) => {
      const cancelled = await tenureOf(env, twin).cancelOffer(tokenHash);
      return cancelled.ok ? noContent() : problem(cancelled.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/release`,
      tag: TAG,
      summary: "Let go of the thing",
      description:
        "With the four words that whoever accepted reads to you; four letters of each will do. Answers once the thing is theirs: your token opens nothing any more, and everything of your time with it is erased. After five wrong tries they must accept again.",
      caller: "channel",
      needs: "owner",
      body: releaseInput,
      answers: { 200: { description: "It is theirs", schema: z.object({ state: z.literal("committed") }) } },
    },
    async ({ env, twin, tokenHash, body }) => {
      const released = await tenureOf(env, twin).release(tokenHash, body.words);
      return released.ok ? json({ state: "committed" }) : problem(released.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/open`,
      tag: TAG,
      summary: "Look at what a code offers",
      description: "The whole record as it would be yours. Wrong, used and unknown codes are refused alike.",
      caller: "anyone",
      body: codeInput,
      answers: { 200: { description: "What would be yours", schema: openedOffer } },
    },
    async ({ c, env, body }) =>
      withCode({ env, request: c.req.raw, keyed: null, inPath: c.req.param("twin"), code: body.code }, (who) =>
        look(env, who),
      ),
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/state`,
      tag: TAG,
      summary: "How what a code offers stands",
      description:
        "Nothing of the thing. Send along the token that accepting answered. `committing`: the owner has let go, and it is on its way. A code that is refused is wrong, or its offer is over: unless the thing opens with your token, it is not coming.",
      caller: "anyone",
      body: codeInput,
      answers: { 200: { description: "How it stands", schema: offerStanding } },
    },
    async ({ c, env, body }) =>
      withCode(
        { env, request: c.req.raw, keyed: null, inPath: c.req.param("twin"), code: body.code },
        async ({ twin, codeHash }) => {
          const accepted = tokenParts(bearerOf(c.req.raw) ?? "");
          const tokenHash = accepted && (await fingerprint(accepted.secret));
          const standing = await twinOf(env, twin).offerStanding(twin, codeHash, tokenHash);
          if (!standing.ok) return standing;
          // Whoever waited asks once more: their code was right, and is answered like a wrong one without counting as one.
          return ok(standing.value ? json(standing.value, 200, NEVER_KEPT) : problem(refused));
        },
      ),
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/photos/:photo`,
      tag: TAG,
      summary: "A photo of the record that a code offers",
      description: "Wrong, used and unknown codes are refused alike, whatever the photo.",
      caller: "anyone",
      params: z.object({ twin: twinField, photo: idField("photo") }),
      body: codeInput,
      answers: { 200: { description: "The picture", type: "image/*" } },
    },
    async ({ c, env, params: { photo }, body: { code } }) =>
      withCode(
        { env, request: c.req.raw, keyed: null, inPath: c.req.param("twin"), code, refusalBy: pictureRefusalOf },
        async ({ twin, codeHash }) => {
          const found = await twinOf(env, twin).photoByCode(twin, codeHash, photo);
          return found.ok ? ok(passingPicture(found.value)) : found;
        },
      ),
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/accept`,
      tag: TAG,
      summary: "Accept what a code offers",
      description:
        "`head`, `erased` and `counted` are the record that you looked at; where it has grown since, says less, or is counted anew, look again. Your token sleeps until the owner lets go. A gift is yours at once: send an Idempotency-Key with it, or a lost answer is a lost thing.",
      caller: "anyone",
      idempotent: true,
      body: acceptInput,
      answers: { 200: { description: "Your access, and the words to read to the owner", schema: acceptedOffer } },
    },
    async ({ c, env, body, keyed }) =>
      withCode({ env, request: c.req.raw, keyed, inPath: c.req.param("twin"), code: body.code }, async (who) => {
        const { twin, codeHash } = who;
        const { secrets, tokenHash, codeHash: recoveryHash } = await newAccess();
        const { head, erased = null, counted = null } = body;
        const access = { head, erased, counted, tokenHash, recoveryHash };
        const accepted = await twinOf(env, twin).accept(twin, codeHash, access, await sealing(keyed, secrets));
        if (!accepted.ok) return accepted;
        const own = await secretOf(keyed, accepted.value, secrets);
        const { twin: next, offer, state } = accepted.value.body;
        const words = wordsOf(
          {
            offer,
            codeHash,
            head: body.head,
            tokenHash: await fingerprint(own.token),
            recoveryHash: await fingerprint(own.code),
          },
          WORD_LIST,
        );
        const view = { twin: next, ...shownAccess(next, own), words, state };
        return ok(created({ ...accepted.value, body: view }, {}, 200));
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/label`,
      tag: TAG,
      summary: "Whether this label is that of what a code offers",
      description:
        "As a share answers it. Ten times a minute; wrong, used and unknown codes are refused alike, whatever the label.",
      caller: "anyone",
      body: labelByCode,
      answers: { 200: { description: "Yes or no", schema: labelAnswer } },
    },
    async ({ c, env, body: { code, ...label } }) =>
      withCode({ env, request: c.req.raw, keyed: null, inPath: c.req.param("twin"), code }, (who) =>
        compare(env, who, label),
      ),
  );
  define(
    app,
    {
      method: "post",
      path: `${PATH}/have`,
      tag: TAG,
      summary: "Say that you have the thing in hand",
      description: "Reminds its owner, once an hour at most. Nothing moves by it.",
      caller: "anyone",
      body: codeInput,
      answers: {
        200: {
          description: "Whether its owner was reminded just now",
          schema: z.object({ told: z.boolean() }),
        },
      },
    },
    async ({ c, env, body }) =>
      withCode(
        { env, request: c.req.raw, keyed: null, inPath: c.req.param("twin"), code: body.code },
        async ({ twin, codeHash }) => {
          const said = await twinOf(env, twin).haveIt(twin, codeHash);
          return said.ok ? ok(json(said.value)) : said;
        },
      ),
  );
  define(
    app,
    {
      method: "put",
      path: "/v1/twins/:twin/alert",
      tag: TAG,
      summary: "Say that the thing is lost or stolen, or that you have it back",
      description:
        "While it stands nobody is shown the record anew, and it can't be handed over; whoever looks at a record shown before is told.",
      caller: "channel",
      needs: "owner",
      body: alertInput,
      answers: { 200: { description: "The twin", schema: twinView } },
    },
    async ({ env, twin, tokenHash, body }) => found(await tenureOf(env, twin).setAlert(tokenHash, body.alert)),
  );
}
