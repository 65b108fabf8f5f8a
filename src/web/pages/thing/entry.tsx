// One note in a thing's timeline: what it is, how it begins, and where it stands.

import { Picture } from "../../photo/viewer.tsx";
import type { LocalNote } from "../../store/notes.ts";
import type { Thing } from "../../store/things.ts";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/notice.tsx";
import { When } from "../../ui/when.tsx";
import { words } from "../../words/words.ts";
import { authorOf } from "../notes/author.ts";
import { kindIcon } from "../notes/kinds.ts";
import { stands } from "../notes/stands.ts";
import { beginningOf } from "../notes/words-of.tsx";

const SHOWN_PHOTOS = 3;

export function Entry({ note, thing }: { note: LocalNote; thing: Thing }) {
  const { photos, thread } = words.value;
  const { tone, text } = stands(note, thing);
  const author = authorOf(thing, note);
  const more = note.photos.length - SHOWN_PHOTOS;
  return (
    <li class={`entry ${tone}${note.unread > 0 ? " unread" : ""}`}>
      <a href={`/t/${thing.id}/n/${note.id}`}>
        <span class="knot">
          <Icon name={kindIcon[note.kind]} size={20} />
        </span>
        <span class="kind">
          {thread.kinds[note.kind]} <span aria-hidden="true">·</span> <When at={note.createdAt} />
          {author !== null && (
            <>
              {" "}
              <span aria-hidden="true">·</span> {thread.note.by(author)}
            </>
          )}
          {note.unread > 0 && <span class="count">{thread.stands.unread(note.unread)}</span>}
        </span>
        {note.title !== null && (
          <span class="title" dir="auto">
            {note.title}
          </span>
        )}
        {note.text !== null && (
          <span class="text" dir="auto">
            {beginningOf(note.text)}
          </span>
        )}
        {note.photos.length > 0 && (
          <span class="thumbs">
            {note.photos.slice(0, SHOWN_PHOTOS).map((photo, at) => (
              <Picture key={photo.id} twin={thing.id} photo={photo} label={photos.one(at + 1, note.photos.length)} />
            ))}
            {more > 0 && <span class="more">+{more}</span>}
          </span>
        )}
        <Mark tone={tone}>{text}</Mark>
      </a>
    </li>
  );
}
