// What is asked of the server about a thing's history, beside what goes in through the queue.

import type { Answer } from "../api/call.ts";
import { ask } from "../pages/ask.ts";
import { askFor } from "../store/catchup.ts";
import type { History } from "./history.ts";

export const readHistory = (twin: string): Promise<Answer<History>> => ask(twin, "/history");

/** Overwrites what it says; that it was there stays. */
export const eraseWords = (twin: string, seq: number): Promise<Answer<null>> =>
  ask(twin, `/history/${seq}`, { method: "DELETE" });

const urls = new Map<string, Promise<string | null>>();

/** An address within this page of a photo in the history; null when it can't be had now. */
export function historyPhoto(twin: string, id: string): Promise<string | null> {
  let url = urls.get(id);
  if (!url) {
    url = askFor<Blob>(twin, `/history/photos/${id}`, { as: "blob" }).then((answer) =>
      answer?.ok ? URL.createObjectURL(answer.value) : null,
    );
    urls.set(id, url);
    // What could not be had is asked for anew next time.
    void url.then((found) => found ?? urls.delete(id));
  }
  return url;
}
