// From Pico Twins to Request Tracker: what each event does to the ticket of its thread. Every step may be repeated after a crash.

import { Ending } from "./ending.ts";
import { isEnding, threadOf, type Event } from "./events.ts";
import type { Ledger, Waiting } from "./ledger.ts";
import { withPictures } from "./pictures.ts";
import type { Picture, Place, RequestTracker } from "./request-tracker.ts";
import type { Twins } from "./twins.ts";

const SUBJECT_CHARACTERS = 120;

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > SUBJECT_CHARACTERS ? `${line.slice(0, SUBJECT_CHARACTERS - 1)}…` : line;
};

/** A note's beginning, for the list of tickets; a message's, where the note is not here. */
const subjectOf = ({ note, message, product }: Event["data"]): string => {
  const short = shortened(note?.title ?? note?.text ?? message?.text ?? "");
  return product ? `${product.name}: ${short}` : short;
};

const bounds = ({ agreement }: Event["data"]): string =>
  agreement ? `${agreement.terms}; permits ${agreement.permits.join(", ") || "nothing beyond answering"}` : "none";

const noteText = ({ note, product }: Event["data"]): string => {
  const { kind, wants, title, text } = note!;
  const thing = [product?.name, product?.model, product?.serial].filter(Boolean).join(", ");
  return [...(title ? [title, ""] : []), text, "", `-- ${thing}: a ${kind}; the owner wants ${wants}.`].join("\n");
};

export class Arriving {
  readonly #ledger: Ledger;
  readonly #tracker: RequestTracker;
  readonly #twins: Twins;
  readonly #ending: Ending;

  constructor(ledger: Ledger, tracker: RequestTracker, twins: Twins) {
    this.#ledger = ledger;
    this.#tracker = tracker;
    this.#twins = twins;
    this.#ending = new Ending(ledger, tracker);
  }

  /** Does what an event asks for. @throws Refused where it would be in vain again, and else where it may be asked again */
  async take(waiting: Waiting): Promise<void> {
    const { id, event, tried } = waiting;
    const { type, data } = event;
    if (isEnding(event)) {
      this.#ledger.beginEnding(waiting);
      return this.#ending.take(waiting);
    }
    this.#ledger.begun(id);
    switch (type) {
      case "note.sent":
        await this.#ticketFor(data);
        return;
      case "note.updated": {
        const place = await this.#ticketFor(data);
        await this.#say(place, id, tried, `The owner changed the note:\n\n${noteText(data)}`);
        return this.#tracker.setStatus(place.at, "open");
      }
      case "message.posted": {
        const place = await this.#ticketFor(data);
        const { text, photos } = data.message!;
        await withPictures(this.#twins, this.#tracker, data, photos, (pictures, footnote) =>
          this.#say(place, id, tried, `The owner writes:\n\n${text}${footnote}`, pictures),
        );
        return this.#tracker.setStatus(place.at, "open");
      }
      case "thread.verdict": {
        const place = await this.#known(threadOf(data.twin, data.note!.id));
        if (place === null) return;
        const addressed = data.verdict === "addressed";
        await this.#say(place, id, tried, `The owner says that this was ${addressed ? "" : "not "}addressed.`);
        if (!addressed) return this.#tracker.setStatus(place.at, "open");
        // One owner's word does not close what others wait for.
        const inIt = await this.#tracker.ticketsIn(place.at);
        if (inIt.every((ticket) => ticket === place.ticket)) await this.#tracker.setStatus(place.at, "resolved");
      }
    }
  }

  /** Where the ticket of a thread is, if there is one: a binding to one that was shredded goes. */
  async #known(thread: string): Promise<Place | null> {
    const ticket = this.#ledger.ticketOf(thread);
    if (ticket === null) return null;
    const place = await this.#tracker.placeOf(ticket);
    if (place === null) this.#ledger.unbind(ticket);
    return place;
  }

  /** The ticket of a thread, made unless there is one. One that was made just before a crash is found by its thread. */
  async #ticketFor(data: Event["data"]): Promise<Place> {
    const thread = threadOf(data.twin, data.note!.id);
    const known = await this.#known(thread);
    const ticket = known?.ticket ?? (await this.#tracker.find(thread)) ?? (await this.#make(thread, data));
    this.#ledger.bind(thread, ticket);
    return known ?? { ticket, at: ticket };
  }

  #make(thread: string, data: Event["data"]): Promise<number> {
    const ticket = { thread, agreement: bounds(data), subject: subjectOf(data) };
    // A message has no more of its note than the id: the note came before the bridge did, or its ticket was shredded.
    const isWhole = data.message === undefined;
    const text = isWhole ? noteText(data) : "The note that this is about is not in Request Tracker.";
    return withPictures(
      this.#twins,
      this.#tracker,
      data,
      isWhole ? data.note!.photos : [],
      (pictures: readonly Picture[], footnote) => this.#tracker.create({ ...ticket, text: text + footnote, pictures }),
    );
  }

  async #say(
    place: Place,
    event: string,
    tried: boolean,
    text: string,
    pictures: readonly Picture[] = [],
  ): Promise<void> {
    if (tried && (await this.#tracker.hasComment(place, event))) return;
    await this.#tracker.comment(place, event, text, pictures);
  }
}
