// At a thing: what somebody wrote who says that they found it. Nobody has checked who that is.

import { changeThing } from "../store/catchup.ts";
import type { KeptFind } from "../store/db.ts";
import { findsOf, type Thing } from "../store/things.ts";
import { WordsOf } from "../pages/notes/words-of.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { When } from "../ui/when.tsx";
import { words } from "../words/words.ts";

/** The owner has read it; it stays with the feed, and leaves this device's page. */
const settle = (thing: Thing, { seq }: KeptFind): Promise<void> =>
  changeThing(thing.id, (before) => ({ ...before, finds: before.finds?.filter((find) => find.seq !== seq) ?? [] }));

export function FoundNotices({ thing }: { thing: Thing }) {
  const w = words.value.found.notice;
  return (
    <>
      {findsOf(thing)
        .toReversed()
        .map((find) => (
          <Notice
            key={find.seq}
            tone="news"
            title={w.title}
            action={
              <Button tone="quiet" onClick={() => void settle(thing, find)}>
                {w.done}
              </Button>
            }
          >
            <WordsOf text={find.text} />
            {find.contact === null ? (
              <p>{w.unnamed}</p>
            ) : (
              <p>
                {w.reach}: <bdi>{find.contact}</bdi>
              </p>
            )}
            <p class="small soft">
              {w.when} <When at={find.at} />. {w.careful}
            </p>
          </Notice>
        ))}
    </>
  );
}
