// How a company comes to be here and is proven: founded by the operator, or by whoever joins in a domain's name and then shows that it is theirs.
// What was never proven blocks nobody: the next founding takes its place, and nothing of it stays.

import type { Failure } from "../domain/failure.ts";
import { FOUNDING_LABEL } from "../domain/founding-key.ts";
import type { Domain } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { Limiter } from "../platform/limiter.ts";
import { newId, randomBytes } from "../platform/random.ts";
import { proofOrigin } from "../platform/settings.ts";
import { directoryFor, officeOf } from "../platform/stubs.ts";
import { relaySettings } from "../relay/settings.ts";
import type { Agent } from "./agent.ts";
import type { Company } from "./company.ts";
import { clearFounding, Joinings, type Founding } from "./joining.ts";
import { once } from "../platform/once.ts";
import { fingerprintOf, seekProof } from "./proof.ts";
import type { Team } from "./team.ts";
import type { WebhookKeys } from "./webhook-keys.ts";

const AGENT_SEED_BYTES = 32;
const MINUTE_MS = 60_000;
const LOOKS_A_MINUTE = 6;

/** A company that may do what only the owner of its domain may. */
export type Proven = { readonly maker: Domain; readonly verified: true };

/** The refusal of what an unproven company may not do yet. */
export const notVerified = (domain: Domain): Failure => ({
  code: "not-verified",
  detail: `Prove first that ${domain} is yours: POST /v1/makers/${domain}/verification, or ask the operator.`,
});

type Parts = {
  readonly company: Company;
  readonly agent: Agent;
  readonly team: Team;
  readonly keys: WebhookKeys;
  /** Has the backlog looked at. Part of the transaction it is called in. */
  readonly wake: (at: number) => void;
};

export class Foundings {
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;
  readonly #parts: Parts;
  readonly #joinings: Joinings;
  /** So many foundings are on their way to the directory: a proven one among them must not lose its place. */
  #listing = 0;
  /** Whoever joins in a domain's name must not have us call it as often as they like. */
  readonly #looks = new Limiter(LOOKS_A_MINUTE, MINUTE_MS);

  constructor(storage: DurableObjectStorage, env: Env, parts: Parts) {
    this.#storage = storage;
    this.#env = env;
    this.#parts = parts;
    this.#joinings = new Joinings(storage.sql);
  }

  /** Makes the maker and lists it in the directory. What a crash left unlisted is begun again by the next call. */
  async found(founding: Founding, verified: boolean, idem?: Idem): Promise<Result<Answer<{ maker: Domain }>, Failure>> {
    const { company } = this.#parts;
    const { domain } = founding;
    // What the one before shared at its desk goes before the next one can see it.
    const isNew = kept(this.#storage.sql, idem, now()).kind === "new";
    if (isNew && company.find()?.verifiedAt === null) await officeOf(this.#env, domain).beginAnew();
    const founded = once(this.#storage, idem, now(), (): Result<{ maker: Domain }, Failure> => {
      const before = company.find();
      if (before !== null && before.verifiedAt !== null && (this.#listing > 0 || before.listedAt !== null))
        return err({ code: "maker-exists" });
      this.#begin(founding, verified);
      return ok({ maker: domain });
    });
    if (founded.ok && company.facts().listedAt === null) await this.#list();
    return founded;
  }

  /** Part of its caller's transaction. */
  #begin(founding: Founding, verified: boolean): void {
    const { company, agent, team, keys } = this.#parts;
    const at = now();
    clearFounding(this.#storage.sql);
    company.found(founding, verified, at);
    agent.keep(randomBytes(AGENT_SEED_BYTES), at);
    keys.rotate("inbound", founding.inboundName, 0, at);
    team.add(newId("key"), FOUNDING_LABEL, "admin", founding.keyHash, at);
    if (verified) this.#joinings.clear();
    else if (this.#joinings.find(founding.keyHash, founding.domain) === null) this.#joinings.add(founding, at);
  }

  async #list(): Promise<void> {
    const { company } = this.#parts;
    const { domain, name, deskShards, verifiedAt, registeredAt } = company.facts();
    this.#listing++;
    try {
      await directoryFor(this.#env, domain).register(domain, name, deskShards, verifiedAt !== null);
      company.listed(registeredAt, now());
    } finally {
      this.#listing--;
    }
  }

  /** Looks for the domain's own file, and believes it when it names the key that asks: the present founding's, or one that was displaced. */
  async proveByFile(keyHash: string): Promise<Result<Proven, Failure>> {
    const known = this.#mayProve(keyHash);
    if (!known.ok) return known;
    const { domain, verifiedAt } = this.#parts.company.facts();
    if (verifiedAt === null) {
      const retryAfterSeconds = this.#looks.take(domain, now());
      if (retryAfterSeconds > 0) return err({ code: "rate-limited", retryAfterSeconds });
      const { allowLoopback, ownHosts } = relaySettings(this.#env);
      const settings = { target: { allowLoopback, ownHosts }, origin: proofOrigin(this.#env) };
      const proof = await seekProof(domain, fingerprintOf(keyHash), settings, (input, init) => fetch(input, init));
      if (!proof.ok) return err({ code: "proof-missing", detail: proof.error });
    }
    return this.prove(keyHash);
  }

  #isAdmin = (keyHash: string): boolean => this.#parts.team.authorize(keyHash, "admin", now()).ok;

  #mayProve(keyHash: string): Result<unknown, Failure> {
    const who = this.#parts.team.authorize(keyHash, "admin", now());
    if (who.ok || who.error.code !== "unauthorized") return who;
    return this.#joinings.find(keyHash, this.#parts.company.facts().domain) === null ? who : ok(null);
  }

  /** The domain is that of whoever has this key: proven by the file, or by the operator's word. */
  async prove(keyHash: string): Promise<Result<Proven, Failure>> {
    const { company } = this.#parts;
    const { domain, verifiedAt } = company.facts();
    const known = this.#mayProve(keyHash);
    if (!known.ok) return known;
    if (verifiedAt === null && !this.#isAdmin(keyHash)) await officeOf(this.#env, domain).beginAnew();
    const proven = this.#storage.transactionSync((): Result<null, Failure> => {
      const still = this.#mayProve(keyHash);
      if (!still.ok) return still;
      if (company.facts().verifiedAt !== null) return ok(null);
      if (!this.#isAdmin(keyHash)) {
        this.#begin(this.#joinings.find(keyHash, domain)!, false);
        company.listed(company.facts().registeredAt, now());
      }
      company.verified(now());
      this.#joinings.clear();
      this.#parts.wake(now());
      return ok(null);
    });
    if (!proven.ok) return proven;
    // The alarm repeats it, should this call die here.
    const { name, deskShards, policyAt } = company.facts();
    const directory = directoryFor(this.#env, domain);
    await directory.register(domain, name, deskShards, true);
    if (policyAt !== null) await directory.policySet(domain);
    return ok({ maker: domain, verified: true });
  }
}
