// The pictures of a note or a message on their way into a ticket. A word never waits for a picture that can't come: the ticket says what it lacks.

import { threadOf, type Event, type Photo } from "./events.ts";
import { Refused, type Picture, type RequestTracker } from "./request-tracker.ts";
import type { Twins } from "./twins.ts";

const lacking = (how: number, all: number, why: string): string =>
  `\n\n-- Not here: ${how} of ${all} ${all === 1 ? "picture" : "pictures"}, because ${why}.`;

/** Writes something with its pictures. `write` gets those that can be had, and what to say of the others. */
export async function withPictures<T>(
  twins: Twins,
  tracker: RequestTracker,
  { twin, note }: Event["data"],
  photos: readonly Photo[],
  write: (pictures: readonly Picture[], footnote: string) => Promise<T>,
): Promise<T> {
  const asked = await Promise.all(photos.map(({ id }) => twins.picture(twin, note!.id, id)));
  const pictures = asked.filter((picture) => "base64" in picture);
  const missing = asked.filter((picture) => "missing" in picture);
  const [first] = missing;
  const footnote = first ? lacking(missing.length, photos.length, first.missing) : "";
  const thread = threadOf(twin, note!.id);
  if (first) console.error(`${thread} goes without ${missing.length} of ${photos.length} pictures: ${first.missing}`);
  try {
    return await write(pictures, footnote);
  } catch (error) {
    if (!(error instanceof Refused) || pictures.length === 0 || !(await tracker.letsIn())) throw error;
    // Its web server may have a limit, and so may its database.
    console.error(`${thread} goes without its ${photos.length} pictures: ${error.message}`);
    return write([], lacking(photos.length, photos.length, `Request Tracker refuses them (${error.status})`));
  }
}
