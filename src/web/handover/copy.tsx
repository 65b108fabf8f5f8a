// The owner's own copy of their time with a thing, saved before they let go of it.

import { DONE, type Answer } from "../api/call.ts";
import { useDoing } from "../pages/doing.ts";
import { SaveEverything } from "../pages/manage/take.tsx";
import type { Thing } from "../store/things.ts";
import { Mark } from "../ui/notice.tsx";
import { Section } from "../ui/layout.tsx";
import { Failed } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { keepCopy, type Kept } from "./offered.ts";

/** The last line of a sealed copy is its seal, and shorter than this. */
const SEAL_BYTES = 4_096;

/** Whether the file ends with its seal: then it came whole. */
async function isSealed(file: Blob): Promise<boolean> {
  const end = await file.slice(-SEAL_BYTES).text();
  try {
    return (JSON.parse(end.trimEnd().split("\n").at(-1) ?? "") as { type?: unknown }).type === "seal";
  } catch {
    return false;
  }
}

type Props = { readonly thing: Thing; readonly kept: Kept };

export function OwnCopy({ thing, kept: { copy } }: Props) {
  const w = words.value.handover.copy;
  const { problem, run } = useDoing();
  const saved = async (file: Blob): Promise<Answer<null>> => {
    await keepCopy(thing.id, { at: new Date().toISOString(), sealed: await isSealed(file) });
    return DONE;
  };
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      {copy && (
        <div class="stack-tight" role="status">
          <Mark tone="good">{(copy.sealed ? w.saved : w.unsealed)(day(copy.at))}</Mark>
          <p class="small soft">{w.later}</p>
        </div>
      )}
      <SaveEverything
        thing={thing}
        action={copy ? w.again : w.action}
        tone={copy ? "plain" : "primary"}
        onSaved={(file) => void run(() => saved(file))}
      />
      {problem && <Failed problem={problem} />}
    </Section>
  );
}
