// What is asked of the server about a thing's history, beside what goes in through the queue.

import type { Count } from "../../domain/record/count.ts";
import type { CountInput } from "../../domain/record/history-input.ts";
import type { Answer } from "../api/call.ts";
import type { Channel } from "../api/views.ts";
import { ask } from "../pages/ask.ts";
import { askFor } from "../store/catchup.ts";
import type { History } from "./history.ts";

export const readHistory = (twin: string): Promise<Answer<History>> => ask(twin, "/history");

/** Overwrites what it says; that it was there stays. */
export const eraseWords = (twin: string, seq: number): Promise<Answer<null>> =>
  ask(twin, `/history/${seq}`, { method: "DELETE" });

/** States how many entries there are of those whom this owner let in; in the place of what this channel stated before. */
export const stateCount = (twin: string, stated: CountInput): Promise<Answer<Count>> =>
  ask(twin, "/history/counts", { method: "POST", body: stated });

/** What the owner calls the channel that this device has. */
export const readOwnName = async (twin: string): Promise<string | null> => {
  const answer = await askFor<Channel>(twin, "/channels/current");
  return answer?.ok ? answer.value.label : null;
};

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
