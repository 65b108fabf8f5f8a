// What this company puts on the record of its own labelled items, with or without an agreement: entries and counts, signed by its agent.
// It is never told whether anyone owns an item: what is answered is the same, and names nothing of the record.

import { invalid, type Failure } from "../domain/failure.ts";
import { idOf, twinParts, type Domain, type EventId } from "../domain/ids.ts";
import { dayOf } from "../domain/instant.ts";
import type { CountMessage, EntryMessage, ItemNamed } from "../domain/inbound.ts";
import { commitmentOf, disclose } from "../domain/record/commitment.ts";
import { COUNT_SCHEMA, type CountBody } from "../domain/record/count.ts";
import { EMPTY_BODY, ENTRY_SCHEMA, type Body, type Day, type Header } from "../domain/record/entry.ts";
import { secure } from "../domain/record/proof.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { sha256 } from "../platform/crypto.ts";
import { newSalt } from "../platform/random.ts";
import { rootOf } from "../platform/root.ts";
import { directoryFor, itemOf } from "../platform/stubs.ts";
import type { Item } from "../twin/record.ts";
import type { Agent } from "./agent.ts";
import type { Company } from "./company.ts";
import { notVerified } from "./founding.ts";
import type { InboundAnswer } from "./inbox.ts";

const DAY_MS = 24 * 3_600_000;
const ID_BYTES = 16;
/** Each time, somebody else's entry came first. */
const MOST_TRIES = 20;

const noSuchItem: Failure = { code: "not-found", detail: "There is no such twin of a labelled item of yours." };
const noSuchEntry: Failure = { code: "not-found", detail: "You have put no such entry on the record of this item." };
const notYours: Failure = { code: "forbidden", detail: "This GTIN is not yours: have labels made for it first." };
const busy: Failure = { code: "unavailable", detail: "Others write on this record just now. Send it again." };

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
    const fault = dayFault("occurredOn", data.occurredOn);
    if (fault) return err(fault);
    const item = found.value;
    const maker = this.#company.facts().domain;
    const id = await this.#idOf(name);
    const { kind, text, occurredOn, disposition = null, warrantyUntil = null, corrects } = data;
    const body: Body = { ...EMPTY_BODY, text, disposition, warrantyUntil };
    const disclosure = disclose(newSalt(), body);
    const twin = itemOf(this.#env, item.item);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const outlook = await twin.head(corrects === undefined ? undefined : { dedupe: corrects, maker });
      if (corrects !== undefined && outlook.corrects === null) return err(noSuchEntry);
      const header: Header = {
        schema: ENTRY_SCHEMA,
        record: item.item,
        kind,
        tenure: outlook.tenure,
        by: { role: "maker", maker },
        recordedOn: dayOf(clock()),
        occurredOn,
        corrects: outlook.corrects,
        commitment: commitmentOf(disclosure),
        seen: outlook.head,
      };
      const entry = await secure(header, this.#agent.signer(maker));
      const added = await twin.appendByMaker(item, maker, { entry, disclosure, photos: [], dedupe: id });
      if (added.ok) return ok({ status: "recorded", id });
      if (added.error.code !== "moved") return err(added.error);
    }
    return err(busy);
  }

  /** States how many entries of an item are this company's. */
  async count(name: string, data: CountMessage): Promise<Result<InboundAnswer, Failure>> {
    const found = await this.#find(data);
    if (!found.ok) return found;
    const fault = dayFault("asOf", data.asOf);
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

/** A day more than today, because it may have happened where the next day has begun. */
const dayFault = (field: string, day: Day): Failure | null =>
  day <= dayOf(clock() + DAY_MS) ? null : invalid(field, "must not be a day to come");
