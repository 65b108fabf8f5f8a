// The story of the thing: every entry, when it happened beside when it was recorded, who recorded it, and how sure that is.

import type { ShownEntry } from "../../domain/record/entry.ts";
import { kindOf } from "../record/kinds.ts";
import { Mark, type Tone } from "../ui/notice.tsx";
import { wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { chaptersOf, dayOf, type Chapter, type Line } from "./lines.ts";
import { EntryPhotos } from "./entry-photos.tsx";
import { companyName, type Shown } from "./shown.ts";

const DRAWN_AT_ONCE = 60;

const Day = ({ at }: { at: string }) => <time dateTime={at}>{wholeDay(at)}</time>;

function titleOf({ kind, by, corrects }: ShownEntry): string {
  const w = showWords.value.story;
  if (corrects !== null) return kind === "disputed" ? w.dispute(corrects) : w.correction(w.kind[kind], corrects);
  return kindOf({ kind, by }, { kinds: w.kind, made: w.made });
}

type Who = { readonly name: string; readonly sure: string; readonly tone: Tone };

function whoOf({ entry, body, state }: Line, shown: Shown): Who {
  const w = showWords.value.story;
  const who = ((): Who => {
    switch (entry.by.role) {
      case "twin":
        return { name: w.who.twin, sure: w.sure.twin, tone: "good" };
      case "owner":
        return { name: w.who.owner((entry.tenure ?? 0) + 1), sure: w.sure.owner, tone: "calm" };
      case "channel": {
        const named = body?.author ?? null;
        return { name: named === null ? w.who.unnamed : w.who.channel(named), sure: w.sure.channel, tone: "wait" };
      }
      case "maker":
        return { name: companyName(shown.opened, entry.by.maker), sure: w.sure.maker, tone: "good" };
    }
  })();
  return state === "faulty" ? { ...who, sure: w.sure.unproven, tone: "bad" } : who;
}

/** Why an entry's words don't stand here. */
function unsaid({ state, entry }: Line, { opened: { share } }: Shown): string {
  const w = showWords.value.story;
  if (state === "erased") return w.erased;
  if (state !== "since" || share === undefined) return w.withheld;
  return entry.recordedOn > dayOf(share.createdAt) ? w.since.afterLink : w.since.thatDay;
}

function Said({ line, shown }: { line: Line; shown: Shown }) {
  const w = showWords.value.story;
  const { body, state, entry } = line;
  if (body === null) {
    return state === "faulty" && entry.disclosure !== null ? null : <p class="unsaid">{unsaid(line, shown)}</p>;
  }
  const { title, text, disposition, warrantyUntil, photos } = body;
  return (
    <>
      {title !== null && (
        <p class="said-title" dir="auto">
          {title}
        </p>
      )}
      {text !== null && (
        <p class="said" dir="auto">
          {text}
        </p>
      )}
      {disposition !== null && (
        <p>
          <Mark tone={disposition === "active" ? "calm" : "wait"}>{w.disposition[disposition]}</Mark>
        </p>
      )}
      {warrantyUntil !== null && <p>{w.warranty(wholeDay(warrantyUntil))}</p>}
      {photos.length > 0 && <EntryPhotos key={photos.map(({ sha256 }) => sha256).join()} photos={photos} />}
    </>
  );
}

function Entry({ line, shown }: { line: Line; shown: Shown }) {
  const w = showWords.value;
  const { entry, state, later } = line;
  const { name, sure, tone } = whoOf(line, shown);
  const wrong = shown.findings.faults.filter(({ seq }) => seq === entry.seq);
  return (
    <li class={`entry ${state}`}>
      <span class="node" aria-hidden="true">
        {entry.seq}
      </span>
      <article>
        <header>
          <h4>
            <span class="unseen">{w.story.entry(entry.seq)}: </span>
            {titleOf(entry)}
          </h4>
          <p class="days">
            <Day at={entry.occurredOn} />
            {entry.occurredOn !== entry.recordedOn && (
              <span class="soft"> ({w.story.recorded(wholeDay(entry.recordedOn))})</span>
            )}
          </p>
        </header>
        {wrong.map(({ code }) => (
          <p class="wrong" key={code}>
            {w.faults[code]}
          </p>
        ))}
        <Said line={line} shown={shown} />
        <p class="who">
          <bdi>{name}</bdi> <Mark tone={tone}>{sure}</Mark>
        </p>
        {later.length > 0 && (
          <ol class="later">
            {later.map((one) => (
              <Entry key={one.entry.seq} line={one} shown={shown} />
            ))}
          </ol>
        )}
      </article>
    </li>
  );
}

function titleOfChapter({ tenure }: Chapter, { findings }: Shown): string {
  const w = showWords.value.story;
  if (tenure === null) return w.before;
  return tenure === findings.present?.tenure ? w.ownerNow(tenure + 1) : w.owner(tenure + 1);
}

export function Story({ shown }: { shown: Shown }) {
  const w = showWords.value.story;
  const chapters = chaptersOf(shown);
  if (chapters.length === 0) return null;
  return (
    <section class="story" aria-labelledby="story">
      <div class="line apart">
        <h2 id="story">{w.title}</h2>
        <span class="small soft">{w.order}</span>
      </div>
      {chapters.map((chapter) => (
        <section key={chapter.lines[0]!.entry.seq}>
          <h3>{titleOfChapter(chapter, shown)}</h3>
          <ol class={chapter.lines.length > DRAWN_AT_ONCE ? "lines many" : "lines"}>
            {chapter.lines.map((line) => (
              <Entry key={line.entry.seq} line={line} shown={shown} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}
