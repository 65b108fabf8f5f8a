// How the maker deals with what owners proffer: decides by policy or by a person, ends, keeps its copies in step with the owner's side.
// The owner's side is the referee: nothing here takes effect by itself. Signed first, then asked, then kept.

import type { AgreementCopy } from "../domain/exchange.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { AgreementId, Domain, TwinId } from "../domain/ids.ts";
import { canonical, type Json } from "../domain/json.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { acknowledge, writeEvent } from "../domain/terms/chain.ts";
import { choose, writeDecision, type Choice, type DecisionInput } from "../domain/terms/decision.ts";
import { decideByPolicy } from "../domain/terms/policy.ts";
import { companyOfDid } from "../domain/terms/did.ts";
import type { DecisionBody, SignedEvent } from "../domain/terms/record.ts";
import { signBody, type Signed, type Signer } from "../domain/terms/seal.ts";
import { mayDecide, mayTerminate, stateOf } from "../domain/terms/states.ts";
import { verifyEvents, verifyRecord } from "../domain/terms/verify.ts";
import { now } from "../platform/clock.ts";
import { tenureOf } from "../platform/stubs.ts";
import type { Agent } from "./agent.ts";
import type { Agreements } from "./agreements.ts";
import type { Company } from "./company.ts";
import type { Policy } from "./policy.ts";

/** What became of a proffer: `waiting` until the maker has a policy and its domain is proven, `held` for a person, or decided. */
export type Ruling =
  | { readonly kind: "decided"; readonly decision: Signed<DecisionBody> }
  | { readonly kind: "held" }
  | { readonly kind: "waiting" };

/** The version the maker holds now, and the events of the copy it was sent with its acknowledgements beside the owner's. */
export type Synced = { readonly version: number; readonly events: readonly SignedEvent[] };

export class Dealings {
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;
  readonly #company: Company;
  readonly #agent: Agent;
  readonly #policy: Policy;
  readonly #agreements: Agreements;
  readonly #onInForce: (copy: AgreementCopy) => void;

  constructor(
    storage: DurableObjectStorage,
    env: Env,
    parts: {
      readonly company: Company;
      readonly agent: Agent;
      readonly policy: Policy;
      readonly agreements: Agreements;
      /** An acceptance is kept here from now on. Part of the transaction it is called in. */
      readonly onInForce: (copy: AgreementCopy) => void;
    },
  ) {
    this.#storage = storage;
    this.#env = env;
    this.#company = parts.company;
    this.#agent = parts.agent;
    this.#policy = parts.policy;
    this.#agreements = parts.agreements;
    this.#onInForce = parts.onInForce;
  }

  /** Rules on a proffer by the policy. A repeat gets the ruling it got before, though the policy has changed since. */
  async rule(proffered: AgreementCopy): Promise<Result<Ruling, Failure>> {
    const { domain, policyAt, verifiedAt } = this.#company.facts();
    const before = this.#ruledBefore(proffered);
    if (before !== null) return before;
    if (policyAt === null || verifiedAt === null) return ok({ kind: "waiting" });
    const sound = await this.#verified(proffered, domain);
    if (!sound.ok) return sound;
    const at = now();
    const state = stateOf(proffered, at);
    if (state !== "proffered")
      return err({ code: "agreement-state", detail: `This proffer can't be decided: it is ${state}.` });

    const { preferred, alternates } = proffered.record.proffer.body;
    const ruling = decideByPolicy(this.#policy.rules(), {
      preferred: preferred.code,
      alternates: alternates.map(({ code }) => code),
    });
    if (ruling.decision === "held") {
      return this.#storage.transactionSync(() => {
        const meanwhile = this.#ruledBefore(proffered);
        if (meanwhile === null) this.#agreements.put({ ...proffered, heldAt: at }, null, at);
        return meanwhile ?? ok({ kind: "held" });
      });
    }
    const decision = await this.#sign(proffered, ruling, at, "policy", this.#agent.signer(domain));
    return this.#storage.transactionSync(() => {
      const meanwhile = this.#ruledBefore(proffered);
      if (meanwhile === null) this.#agreements.put(proffered, decision, at);
      return meanwhile ?? ok({ kind: "decided", decision });
    });
  }

  #ruledBefore(proffered: AgreementCopy): Result<Ruling, Failure> | null {
    const kept = this.#agreements.find(proffered.id);
    if (kept === null) return null;
    if (!isSame(kept.copy.record.proffer, proffered.record.proffer)) {
      return err({ code: "conflict", detail: "Another proffer has this agreement's id." });
    }
    const decision = kept.copy.record.decision ?? kept.decision;
    return ok(decision ? { kind: "decided", decision } : { kind: "held" });
  }

  /** A person's decision about a proffer that was held for one; `twin`, where it is named, must be the proffer's. */
  async decide(id: AgreementId, input: DecisionInput, twin?: TwinId): Promise<Result<AgreementCopy, Failure>> {
    const kept = this.#agreements.find(id);
    if (kept === null || (twin !== undefined && twin !== kept.copy.twin)) return err(UNKNOWN);
    const choice = choose(kept.copy.record.proffer.body, input);
    if (!choice.ok) return choice;
    const at = now();
    const decision = await this.#sign(kept.copy, choice.value, at, "human", this.#agent.signer(kept.copy.maker));
    const allowed = mayDecide(kept.copy, decision.body, at);
    if (!allowed.ok) return allowed;
    if (kept.decision !== null)
      return err({ code: "agreement-state", detail: "The policy has decided this one already." });
    return this.#settle(await tenureOf(this.#env, kept.copy.twin).decide(id, decision));
  }

  /** Whether a person has decided exactly this already: what a message says that comes again after its first taking-in was cut off. */
  hasDecided(id: AgreementId, input: DecisionInput): boolean {
    const record = this.#agreements.find(id)?.copy.record;
    const choice = record ? choose(record.proffer.body, input) : null;
    const decided = record?.decision?.body;
    return (
      choice?.ok === true &&
      decided?.decidedBy === "human" &&
      decided.decision === choice.value.decision &&
      (decided.chosen?.code ?? undefined) === choice.value.chosen &&
      (decided.reason ?? undefined) === choice.value.reason
    );
  }

  /** Ends an agreement in force, for a reason that the owner gets to read. */
  async terminate(id: AgreementId, reason: string): Promise<Result<AgreementCopy, Failure>> {
    const kept = this.#agreements.find(id);
    if (kept === null) return err(UNKNOWN);
    const at = now();
    const allowed = mayTerminate(kept.copy, at);
    if (!allowed.ok) return allowed;
    const body = await writeEvent(kept.copy.record, kept.copy.events, { kind: "terminated", at, by: "second", reason });
    const event = await signBody("event", body, this.#agent.signer(kept.copy.maker));
    return this.#settle(await tenureOf(this.#env, kept.copy.twin).terminateByMaker(id, event));
  }

  /** Keeps what the referee answered. If this object dies before it does, the owner's side syncs until it has. */
  async #settle(answer: Result<AgreementCopy, Failure>): Promise<Result<AgreementCopy, Failure>> {
    if (!answer.ok) return answer;
    const synced = await this.sync(answer.value);
    return synced.ok ? ok(answer.value) : synced;
  }

  /** Takes over a newer copy from the owner's side, if it holds together and continues what is kept here, and acknowledges its events. */
  async sync(copy: AgreementCopy): Promise<Result<Synced, Failure>> {
    const { domain } = this.#company.facts();
    const sound = await this.#verified(copy, domain);
    if (!sound.ok) return sound;
    const signer = this.#agent.signer(domain);
    const events = await Promise.all(
      copy.events.map(async (event) => (event.body.by === "first" ? acknowledge(event, signer) : event)),
    );
    return this.#storage.transactionSync((): Result<Synced, Failure> => {
      const kept = this.#agreements.find(copy.id);
      if (kept !== null && !continues(copy, kept.copy) && !continues(kept.copy, copy)) {
        return err({ code: "conflict", detail: "This copy contradicts the one that is kept." });
      }
      if (kept !== null && kept.copy.version >= copy.version) return ok({ version: kept.copy.version, events });
      const decision = copy.record.decision ? null : (kept?.decision ?? null);
      const at = now();
      const wasInForce = kept !== null && stateOf(kept.copy, at) === "accepted";
      this.#agreements.put({ ...copy, events }, decision, at);
      if (!wasInForce && stateOf(copy, at) === "accepted") this.#onInForce(copy);
      return ok({ version: copy.version, events });
    });
  }

  async #sign(
    { record }: AgreementCopy,
    choice: Choice,
    at: number,
    by: DecisionBody["decidedBy"],
    signer: Signer,
  ): Promise<Signed<DecisionBody>> {
    return signBody("decision", await writeDecision(record.proffer, choice, at, by), signer);
  }

  /** Every signature, and that the copy is about what its record says it is. */
  async #verified(copy: AgreementCopy, domain: Domain): Promise<Result<null, Failure>> {
    const { id, subject, second } = copy.record.proffer.body;
    if (copy.maker !== domain || companyOfDid(second.id) !== domain) return err(invalid("maker", `is not ${domain}`));
    if (id !== copy.id || subject.twin !== copy.twin)
      return err(invalid("record", "is about another agreement or twin"));
    const resolve = this.#agent.resolver(domain);
    const record = await verifyRecord(copy.record, resolve);
    if (!record.ok) return err(invalid("record", record.error));
    const events = await verifyEvents(copy.record, copy.events, resolve);
    return events.ok ? ok(null) : err(invalid("events", events.error));
  }
}

const UNKNOWN: Failure = { code: "not-found", detail: "There is no such agreement." };

const isSame = (a: Json, b: Json): boolean => canonical(a) === canonical(b);

/** Whether `later` holds everything that was signed in `earlier`, unchanged. Acknowledgements may come at any time. */
function continues(later: AgreementCopy, earlier: AgreementCopy): boolean {
  const { proffer, decision, confirmation } = earlier.record;
  return (
    isSame(proffer, later.record.proffer) &&
    (!decision || (later.record.decision !== undefined && isSame(decision, later.record.decision))) &&
    (!confirmation || (later.record.confirmation !== undefined && isSame(confirmation, later.record.confirmation))) &&
    earlier.events.every((event, at) => {
      const same = later.events[at];
      return same !== undefined && event.signature === same.signature && isSame(event.body, same.body);
    })
  );
}
