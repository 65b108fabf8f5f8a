// `npm run demo`: a real server and three companies' servers, each a process of its own, and three true stories played
// through the public API. Exit code 0 only if everything the transcript says was so. Leaves nothing behind.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "./api.ts";
import { deals, type Agreed } from "./dealing.ts";
import { expectationsHeld, expectEqual } from "./expectation.ts";
import { claims, joins, type Company, type Owner, type Stage } from "./people.ts";
import { Program, stopAll } from "./program.ts";
import { checkRecord } from "./record.ts";
import { resale } from "./resale.ts";
import { camry } from "./stories/camry.ts";
import { moccasins } from "./stories/moccasins.ts";
import { scale } from "./stories/scale.ts";
import type { Story } from "./story.ts";
import { Conversation, type Written } from "./talking.ts";
import { bad, chapter, detail, elapsedSeconds, good, happened, heading, scene } from "./transcript.ts";

const STORIES: readonly Story[] = [moccasins, camry, scale];

type Played = { readonly story: Story; readonly owner: Owner; readonly company: Company; readonly agreed: Agreed };

async function play(stage: Stage, story: Story): Promise<Played> {
  chapter(story.title, story.opening);
  const company = await joins(stage, story);
  const owner = await claims(stage, story, company);
  const talk = new Conversation(stage, owner, company);
  const written: Written[] = [];

  for (const note of story.notes.filter(({ early }) => early)) written.push(await talk.write(note, null));
  const agreed = await deals(stage, story, owner, company);
  for (const waited of written) {
    scene("What waited goes out.");
    await talk.follow(waited, agreed.inForceAt);
  }
  for (const note of story.notes.filter(({ early }) => !early)) {
    const sent = await talk.write(note, agreed.terms);
    written.push(sent);
    if (!note.private) await talk.follow(sent, sent.sentAt);
  }
  await talk.ends(story, written);
  return { story, owner, company, agreed };
}

/** Both sides' records of every agreement once more, after all that was said under them. */
async function compare({ api }: Stage, played: readonly Played[]): Promise<void> {
  chapter("The records", "SHA-256 of the bytes that each side keeps and hands out, computed here.");
  for (const { story, owner, company, agreed } of played) {
    const { twin, token } = owner;
    const now = await checkRecord(api, agreed.id, { twin, token, maker: company.domain, key: company.key });
    expectEqual(now.owners, agreed.record.owners, "the record after everything said under it");
    happened(`${story.title}, ${agreed.terms}: ${now.bytes} bytes, ${now.signatures} signatures.`);
    detail(`owner ${now.owners}`);
    detail(`maker ${now.makers}`);
    detail("Equal, and equal to both ETags.");
  }
  const { legalTextNote } = await api.get<{ legalTextNote: string }>("/v1/roster/SD-BASE-DP");
  scene(legalTextNote);
}

const scratch = mkdtempSync(join(tmpdir(), "pico-twins-demo-"));
const programs: Program[] = [];
let interrupted = false;
/** An interruption's stopping, which must have ended before what the programs write to is removed. */
let stopping: Promise<unknown> = Promise.resolve();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    interrupted = true;
    // Whatever was waited for won't come any more, which ends the play.
    stopping = stopAll(programs);
  });
}

try {
  heading(
    "PICO TWINS",
    "A real server, three companies' own servers beside it, three true stories, and a car that is sold, played through the public HTTP API. Each step is checked as it happens.",
  );
  const operatorKey = randomBytes(32).toString("base64url");
  const server = new Program("Pico Twins", "self-host/start.ts", {
    PORT: "0",
    DATA_DIR: join(scratch, "data"),
    ALLOW_LOOPBACK_WEBHOOKS: "1",
    OPERATOR_KEY: operatorKey,
  });
  programs.push(server);
  const origin = await server.address();
  happened(`Ready at ${origin}; its data is in a temporary folder.`);
  const stage: Stage = { api: new Api(origin), operatorKey, scratch, programs };

  const played: Played[] = [];
  for (const story of STORIES) played.push(await play(stage, story));
  await compare(stage, played);
  const { owner, company, agreed } = played.find(({ story }) => story === camry)!;
  await resale({ stage, owner, company, agreed });

  for (const { owner } of played) owner.live.close();
  const codes = await stopAll(programs);
  expectEqual(codes.at(-1), 0, "the server's exit code");
  good(`All of it was so: ${expectationsHeld()} expectations held in ${elapsedSeconds()} s. Everything is stopped.`);
} catch (error) {
  bad(interrupted ? "Interrupted." : `It was not so: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await stopping;
  await stopAll(programs);
  rmSync(scratch, { recursive: true, force: true });
}
