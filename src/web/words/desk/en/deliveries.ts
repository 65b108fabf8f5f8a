// Words of the deliveries.

import { number, plural } from "../../format.ts";

export const deliveries = {
  title: "Deliveries",
  lead: "Every event on its way to every endpoint of yours, with each attempt. What an owner erased is not here any more.",
  list: "Deliveries, the newest event first",
  filters: "Filters",
  state: "State",
  anyState: "Any state",
  endpoint: "Endpoint",
  anyEndpoint: "Any endpoint",
  removedEndpoint: "A removed endpoint",
  type: "Event",
  anyType: "Any event",
  from: "From",
  to: "Before",
  thread: "Only this thread",
  reset: "Clear the filters",
  states: {
    queued: "In its line",
    delivering: "Being sent",
    delivered: "Delivered",
    delayed: "Delayed",
    dead: "Given up",
    aside: "Out of its line",
    gap: "Gap announced",
  },
  stateHints: {
    queued: "Waits for those before it of the same twin, which go first.",
    delivering: "A request is under way.",
    delivered: "Your server took it in.",
    delayed: "It failed, or its endpoint can't be called now. It is tried again by itself.",
    dead: "Every attempt failed. It stays here, and you can send it again.",
    aside: "Tries alone, so that what comes after it needn't wait.",
    gap: "Tells your server that events did not come in their turn.",
  },
  empty: "No deliveries yet",
  emptyText: "Once an endpoint is there and an owner sends something, each step shows here.",
  noneMatch: "No delivery is like that",
  fresh: "Show what is new",
  seq: (seq: number) => `No. ${number(seq)} of its twin`,
  attempts: (n: number) => plural(n, { one: "1 attempt", other: `${number(n)} attempts` }),
  noAttempts: "Not tried yet.",
  next: "Next attempt",
  attempt: (n: number, how: string) => `${number(n)}. ${how}`,
  noAnswer: "No answer",
  answered: (status: number) => `Answered ${status}`,
  ms: (n: number) => `${number(n)} ms`,
  outcomes: { delivered: "Taken in", poison: "Refused", gone: "Gone (410)", retry: "Failed" },
  head: (n: number) => `The beginning of answer ${number(n)}`,
  toThread: "Open the thread",
  againOne: "Send it again",
  againThread: "Send the whole thread again",
  againRange: "Send a range again",
  range: {
    title: "Send a range again",
    lead: "Every event between two times, to one endpoint. Each keeps its webhook-id, so a server that remembers ids takes none twice. What was retracted since goes without words.",
    from: "From",
    to: "Until",
    fault: "The end must come after the beginning.",
    send: "Send them again",
    many: "At most 1,000 events at once: narrow it if there are more.",
    zone: (zone: string) => `Times of your own clock (${zone}).`,
    needs: "Make an endpoint first.",
  },
  answer: (queued: number, gone: number, endpoint: "ok" | "failing" | "off") =>
    [
      plural(queued, { one: "1 event goes out again", other: `${number(queued)} events go out again` }) +
        (queued === 0
          ? "."
          : {
              ok: ".",
              failing: " once the endpoint answers: it is failing.",
              off: " once the endpoint is switched on.",
            }[endpoint]),
      gone === 0
        ? ""
        : plural(gone, {
            one: "1 is gone: its owner erased it.",
            other: `${number(gone)} are gone: their owners erased them.`,
          }),
    ]
      .filter(Boolean)
      .join(" "),
  keys: "j and k move, Enter unfolds, r sends again.",
};
