// What is left to do in Request Tracker once words of an owner may not stay. Never touches the words of anyone else that were merged with them.

import type { Event } from "./events.ts";
import type { Ledger, Waiting } from "./ledger.ts";
import { Refused, type Place, type RequestTracker } from "./request-tracker.ts";

const why = ({ type }: Event): string =>
  type === "note.retracted" ? "The owner took this note back." : `${type}: words of this owner may not stay here.`;

export class Ending {
  readonly #ledger: Ledger;
  readonly #tracker: RequestTracker;

  constructor(ledger: Ledger, tracker: RequestTracker) {
    this.#ledger = ledger;
    this.#tracker = tracker;
  }

  /** Takes away what an event ends. A ticket that refuses keeps no other from going. */
  async take(waiting: Waiting): Promise<void> {
    let refusal: Refused | null = null;
    for (const ticket of this.#ledger.toEnd(waiting.id)) {
      try {
        const place = await this.#tracker.placeOf(ticket);
        if (place === null) this.#ledger.unbind(ticket);
        else await this.#end(place, waiting);
        this.#ledger.ended(waiting.id, ticket);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refusal ??= error;
      }
    }
    if (refusal !== null) throw refusal;
  }

  async #end(place: Place, { id, event, tried }: Waiting): Promise<void> {
    const inIt = await this.#tracker.ticketsIn(place.at);
    // An ending that was set aside may come after new words under later terms: these stay, be they in this very ticket.
    const stays = inIt.filter((ticket) => !this.#ledger.isEnded(ticket));
    const isSaid = tried && (await this.#tracker.hasComment(place, id));
    if (!isSaid) {
      const duties = (event.data.obligations ?? []).map(({ duty, what }) => `${duty}: ${what}`);
      const removal = stays.length === 0 ? "Remove it for good with rt-shredder." : await this.#partOf(place, stays);
      await this.#tracker.comment(place, id, [why(event), ...duties, removal].join("\n"));
    }
    if (stays.length === 0) await this.#tracker.delete(place.at);
  }

  async #partOf(place: Place, stays: readonly number[]): Promise<string> {
    const written = await this.#tracker.written(place);
    const because = stays.includes(place.ticket)
      ? "its owner has written in it again since, under later terms. Remove from it what came before that"
      : `the words of ${stays.length === 1 ? "ticket" : "tickets"} ${stays.join(", ")} are in it as well. Remove this owner's from it`;
    return [
      `This ticket stays, because ${because}, and what your answers quote of them:`,
      ...written.map((transaction) => `rt-shredder --plugin 'Objects=Transaction,${transaction}'`),
    ].join("\n");
  }
}
