// From Pico Twins to Request Tracker: what each event does to the ticket of its thread. Every step may be repeated after a crash.

import type { Ledger, Waiting } from "./ledger.ts";
import { threadOf, type Event } from "./events.ts";
import type { Picture, RequestTracker } from "./request-tracker.ts";
import type { Twins } from "./twins.ts";

const SUBJECT_CHARACTERS = 120;

/** A note's beginning, for the list of tickets. */
const subjectOf = ({ note, product }: Event["data"]): string => {
  const line = (note!.title ?? note!.text).replaceAll(/\s+/g, " ").trim();
  const short = line.length > SUBJECT_CHARACTERS ? `${line.slice(0, SUBJECT_CHARACTERS - 1)}…` : line;
  return product ? `${product.name}: ${short}` : short;
};

const bounds = ({ agreement }: Event["data"]): string =>
  agreement ? `${agreement.terms}; permits ${agreement.permits.join(", ") || "nothing beyond answering"}` : "none";

const noteText = ({ note, product }: Event["data"]): string => {
  const { kind, wants, title, text } = note!;
  const thing = [product?.name, product?.model, product?.serial].filter(Boolean).join(", ");
  return [...(title ? [title, ""] : []), text, "", `-- ${thing}: a ${kind}; the owner wants ${wants}.`].join("\n");
};

async function picturesOf(twins: Twins, { twin, note }: Event["data"]): Promise<Picture[]> {
  const pictures = await Promise.all(note!.photos.map(({ id }) => twins.picture(twin, note!.id, id)));
  return pictures.filter((picture) => picture !== null);
}

export class Arriving {
  readonly #ledger: Ledger;
  readonly #tracker: RequestTracker;
  readonly #twins: Twins;

  constructor(ledger: Ledger, tracker: RequestTracker, twins: Twins) {
    this.#ledger = ledger;
    this.#tracker = tracker;
    this.#twins = twins;
  }

  /** Does what an event asks for; throws where Request Tracker can't be reached, to be asked again. */
  async take({ id, event, tried }: Waiting): Promise<void> {
    const { type, data } = event;
    this.#ledger.begun(id);
    switch (type) {
      case "note.sent":
      case "note.updated": {
        const ticket = await this.#ticketFor(data);
        if (type === "note.updated")
          await this.#say(ticket, id, tried, `The owner changed the note:\n\n${noteText(data)}`);
        return;
      }
      case "message.posted":
        return this.#inThread(data, async (ticket) => {
          await this.#say(ticket, id, tried, `The owner writes:\n\n${data.message!.text}`);
          await this.#tracker.setStatus(ticket, "open");
        });
      case "thread.verdict":
        return this.#inThread(data, async (ticket) => {
          const addressed = data.verdict === "addressed";
          await this.#say(ticket, id, tried, `The owner says that this was ${addressed ? "" : "not "}addressed.`);
          await this.#tracker.setStatus(ticket, addressed ? "resolved" : "open");
        });
      case "note.retracted":
        return this.#inThread(data, (ticket) => this.#endOf(ticket, id, tried, "The owner took this note back.", data));
      case "agreement.terminated":
      case "twin.transferred":
      case "twin.erased": {
        const why = `${type}: words of this owner may not stay here.`;
        const tickets = data.note
          ? [this.#ledger.ticketOf(threadOf(data.twin, data.note.id))].filter((ticket) => ticket !== null)
          : this.#ledger.ticketsOf(data.twin);
        for (const ticket of tickets) await this.#endOf(ticket, id, tried, why, data);
      }
    }
  }

  /** A ticket that was made just before a crash is found by its thread. */
  async #ticketFor(data: Event["data"]): Promise<number> {
    const thread = threadOf(data.twin, data.note!.id);
    const known = this.#ledger.ticketOf(thread) ?? (await this.#tracker.find(thread));
    const ticket =
      known ??
      (await this.#tracker.create({
        thread,
        agreement: bounds(data),
        subject: subjectOf(data),
        text: noteText(data),
        pictures: await picturesOf(this.#twins, data),
      }));
    this.#ledger.bind(thread, ticket);
    return ticket;
  }

  /** What is about a note that never came here as words concerns no ticket. */
  async #inThread(data: Event["data"], act: (ticket: number) => Promise<void>): Promise<void> {
    const ticket = this.#ledger.ticketOf(threadOf(data.twin, data.note!.id));
    if (ticket !== null) await act(ticket);
  }

  async #say(ticket: number, event: string, tried: boolean, text: string): Promise<void> {
    if (tried && (await this.#tracker.hasComment(ticket, event))) return;
    await this.#tracker.comment(ticket, event, text);
  }

  async #endOf(
    ticket: number,
    event: string,
    tried: boolean,
    why: string,
    { obligations }: Event["data"],
  ): Promise<void> {
    const duties = (obligations ?? []).map(({ duty, what }) => `${duty}: ${what}`);
    await this.#say(ticket, event, tried, [why, ...duties, "Remove it for good with rt-shredder."].join("\n"));
    await this.#tracker.setStatus(ticket, "deleted");
  }
}
