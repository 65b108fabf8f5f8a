// Under a note whose company isn't here: the links by which somebody there may answer all the same, and the way to make one.

import "./replies.css";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { ReplyLinkView } from "../../domain/reply-link.ts";
import { newestAnswer } from "../api/newest.ts";
import { useArrivals } from "../pages/notes/arrivals.ts";
import { isLocal } from "../pages/notes/stands.ts";
import { companyName, isHere, makerOf } from "../store/makers.ts";
import type { LocalNote } from "../store/notes.ts";
import { online } from "../store/queue.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Section } from "../ui/layout.tsx";
import { words } from "../words/words.ts";
import { linksOf } from "./calls.ts";
import { MakeLink } from "./make-link.tsx";
import { LinkRow } from "./link-row.tsx";

type Props = { readonly note: LocalNote; readonly thing: Thing };

/** The links to a note, asked for anew whenever something comes in about its thing. */
function useLinks({ note, thing }: Props): { links: readonly ReplyLinkView[]; again: () => void } {
  const [links, setLinks] = useState<readonly ReplyLinkView[]>([]);
  const newest = useMemo(newestAnswer, [thing.id, note.id]);
  const again = useCallback(() => {
    void newest(() => linksOf(thing.id, note.id)).then((answer) => {
      if (answer?.ok) setLinks(answer.value.items);
    });
  }, [thing.id, note.id, newest]);
  useEffect(again, [again]);
  useArrivals(thing.id, again);
  return { links, again };
}

function Links({ note, thing }: Props) {
  const w = words.value.replies.own;
  const [making, setMaking] = useState(false);
  const { links, again } = useLinks({ note, thing });
  const { maker: domain } = thing.view;
  const maker = domain === null ? undefined : makerOf(domain);
  // A company that is here is sent the note itself; and one link at a time opens a note.
  const isLive = links.some(({ state }) => state === "offered" || state === "accepted");
  const isAway = domain === null || (maker !== undefined && !isHere(maker));
  const mayMake = isAway && !isLive && note.retractedAt === null;
  if (!mayMake && links.length === 0) return null;
  const company = companyName(thing);
  return (
    <Section title={w.title}>
      {links.length === 0 && <p>{domain === null ? w.nobody : w.absent(company)}</p>}
      {maker && isHere(maker) && <p class="soft">{w.joined(company)}</p>}
      {links.length > 0 && (
        <ul class="list" aria-label={w.list}>
          {links.map((link) => (
            <li key={link.id}>
              <LinkRow link={link} note={note} thing={thing} onChange={again} />
            </li>
          ))}
        </ul>
      )}
      {mayMake && online.value && (
        <div class="line">
          <Button icon="link" onClick={() => setMaking(true)}>
            {links.length === 0 ? w.make : w.another}
          </Button>
        </div>
      )}
      {mayMake && !online.value && <p class="soft small">{w.waitsForNet}</p>}
      {making && (
        <MakeLink
          note={note}
          thing={thing}
          onClose={() => {
            setMaking(false);
            again();
          }}
        />
      )}
    </Section>
  );
}

/** Only the owner lets somebody in. */
export const ReplyLinks = ({ note, thing }: Props) =>
  isLocal(note) || thing.ended !== null || !mayIn(thing, "owner") ? null : <Links note={note} thing={thing} />;
