// What this company puts on the record of its own labelled items, with or without an agreement: entries and counts, signed by its agent.
// It is never told whether anyone owns an item: what is answered is the same, and names nothing of the record.

import type { Failure } from "../domain/failure.ts";
import { idOf, twinParts, type Domain, type EventId } from "../domain/ids.ts";
import { dayOf } from "../domain/instant.ts";
import type { CountMessage, EntryMessage, ItemNamed } from "../domain/inbound.ts";
import { COUNT_SCHEMA, type CountBody } from "../domain/record/count.ts";
import { dayFault } from "../domain/record/day.ts";
import { EMPTY_BODY } from "../domain/record/entry.ts";
import { secure } from "../domain/record/proof.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { sha256 } from "../platform/crypto.ts";
import { rootOf } from "../platform/root.ts";
import { directoryFor, itemOf } from "../platform/stubs.ts";
import type { Item } from "../twin/record.ts";
import { submit } from "../twin/submitting.ts";
import type { Agent } from "./agent.ts";
import type { Company } from "./company.ts";
import { notVerified } from "./founding.ts";
import type { InboundAnswer } from "./inbox.ts";

const ID_BYTES = 16;

const noSuchItem: Failure = { code: "not-found", detail: "There is no such twin of a labelled item of yours." };
const noSuchEntry: Failure = { code: "not-found", detail: "You have put no such entry on the record of this item." };
const notYours: Failure = { code: "forbidden", detail: "This GTIN is not yours: have labels made for it first." };

export class Recording {
  readonly #env: Env;
  readonly #company: Company;
  readonly #agent: Agent;

  constructor(env: Env, company: Company, agent: Agent) {
    this.#env = env;
    this.#company = company;
    this.#agent = agent;
  }

  /** Puts an entry on the record. `name` tells this request from any other: the same again meets the entry that is there. */
  async entry(name: string, data: EntryMessage): Promise<Result<InboundAnswer, Failure>> {
    const found = await this.#find(data);
    if (!found.ok) return found;
    const fault = dayFault("occurredOn", data.occurredOn, dayOf(clock()));
    if (fault) return err(fault);
    const item = found.value;
    const maker = this.#company.facts().domain;
    const id = await this.#idOf(name);
    const { kind, text, occurredOn, disposition = null, warrantyUntil = null, corrects } = data;
    const body = { ...EMPTY_BODY, text, disposition, warrantyUntil };
    const twin = itemOf(this.#env, item.item);
    const added = await submit(
      { record: item.item, kind, by: { role: "maker", maker }, occurredOn, body, photos: [], dedupe: id },
      this.#agent.signer(maker),
      async () => {
        const outlook = await twin.head(corrects === undefined ? undefined : { dedupe: corrects, maker });
        if (corrects !== undefined && outlook.corrects === null) return err(noSuchEntry);
        return ok({ tenure: outlook.tenure, corrects: outlook.corrects, seen: outlook.head });
      },
      (submission) => twin.appendByMaker(item, maker, submission),
    );
    return added.ok ? ok({ status: "recorded", id }) : added;
  }

  /** States how many entries of an item are this company's, at most as many as it recorded up to that day. */
  async count(name: string, data: CountMessage): Promise<Result<InboundAnswer, Failure>> {
    const found = await this.#find(data);
    if (!found.ok) return found;
    const fault = dayFault("asOf", data.asOf, dayOf(clock()));
    if (fault) return err(fault);
    const { item } = found.value;
    const maker = this.#company.facts().domain;
    const { count, asOf } = data;
    const body: CountBody = { schema: COUNT_SCHEMA, record: item, by: { role: "maker", maker }, count, asOf };
    const kept = await itemOf(this.#env, item).countByMaker(item, await secure(body, this.#agent.signer(maker)));
    return kept.ok ? ok({ status: "recorded", id: await this.#idOf(name) }) : kept;
  }

  /** The item, if it is a labelled one of this company's. By its label it need not have been claimed. */
  async #find(named: ItemNamed): Promise<Result<Item, Failure>> {
    const { domain, verifiedAt } = this.#company.facts();
    if (verifiedAt === null) return err(notVerified(domain));
    if (named.twin === undefined) {
      const { gtin, serial } = named;
      if (!(await this.#owns(domain, gtin))) return err(notYours);
      return ok({ item: await rootOf(this.#env).labelledItem(gtin, serial), gtin });
    }
    if (!(await rootOf(this.#env).isTwinId(named.twin))) return err(noSuchItem);
    const { item } = twinParts(named.twin);
    const { gtin } = await itemOf(this.#env, item).head();
    return gtin !== null && (await this.#owns(domain, gtin)) ? ok({ item, gtin }) : err(noSuchItem);
  }

  async #owns(domain: Domain, gtin: string): Promise<boolean> {
    return (await directoryFor(this.#env, gtin).gtinOwner(gtin)) === domain;
  }

  async #idOf(name: string): Promise<EventId> {
    return idOf("evt", (await sha256(`${this.#company.facts().domain}\n${name}`)).subarray(0, ID_BYTES));
  }
}
