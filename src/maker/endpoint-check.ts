// Whether an endpoint verifies what it is sent: it must refuse a wrong signature and an old timestamp, and take in what is right.
// Asked with the test event only, and counted neither for the endpoint nor against it: what it took in has the next try come at once, no more.

import { CHECK_STEPS, type StepName } from "../domain/endpoint-check.ts";
import type { EndpointId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { attempt, type AttemptResult, type Wire } from "../relay/attempt.ts";
import type { SigningKey } from "../relay/sign.ts";
import type { TargetOptions } from "../relay/target.ts";

/** For how an endpoint's last check ended. */
export const ENDPOINT_CHECK_SCHEMA = `
CREATE TABLE endpoint_check (
  endpoint TEXT PRIMARY KEY,
  ok INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Twice what any receiver may allow. */
const STALE_MS = 10 * 60_000;

/** `status` and `ms` are null where there was no answer. `detail` says it in a sentence, and what to do. */
export type CheckStep = {
  readonly step: StepName;
  readonly expected: "refused" | "accepted";
  readonly status: number | null;
  readonly ms: number | null;
  readonly ok: boolean;
  readonly detail: string;
};
export type Check = { readonly steps: readonly CheckStep[]; readonly verifies: boolean; readonly at: number };
export type KeptCheck = { readonly ok: boolean; readonly at: number };

const WRONG: Record<Exclude<StepName, "right">, { readonly good: string; readonly bad: string }> = {
  "wrong-signature": {
    good: "It refused an event with a wrong signature.",
    bad: "It took in an event with a wrong signature, so anyone could make it believe anything. Compute the signature from the secret and the raw body, compare it with webhook-signature, and answer 401 when they differ.",
  },
  stale: {
    good: "It refused an event that was signed 10 minutes ago.",
    bad: "It took in an event that was signed 10 minutes ago, so whoever recorded one could send it again. Answer 401 when webhook-timestamp is more than 5 minutes off.",
  },
};
/** Statuses by which a server says that it is busy, not that it refuses. */
const BUSY: ReadonlySet<number> = new Set([408, 425, 429]);
const NOT_TRIED = "Not tried, because the step before got no answer.";

export type Checked = {
  readonly endpoint: EndpointId;
  readonly url: string;
  readonly keys: readonly SigningKey[];
  /** A key that the endpoint does not have. */
  readonly wrongKey: SigningKey;
  readonly target: TargetOptions;
  readonly newEventId: () => string;
};

/** Three requests, one after the other; none after one that got no answer. */
export async function checkEndpoint(checked: Checked, wire: Wire): Promise<Check> {
  const at = wire.now();
  const send = (keys: readonly SigningKey[], agoMs: number): Promise<AttemptResult> =>
    attempt(
      {
        url: checked.url,
        id: checked.newEventId(),
        body: JSON.stringify({
          type: "endpoint.test",
          timestamp: rfc3339(wire.now() - agoMs),
          data: { endpoint: checked.endpoint },
        }),
        keys,
        target: checked.target,
      },
      { fetch: wire.fetch, now: () => wire.now() - agoMs },
    );
  const tries: Record<StepName, () => Promise<AttemptResult>> = {
    "wrong-signature": () => send([checked.wrongKey], 0),
    stale: () => send(checked.keys, STALE_MS),
    right: () => send(checked.keys, 0),
  };
  const steps: CheckStep[] = [];
  for (const step of CHECK_STEPS) {
    const isSilent = steps.length > 0 && steps.at(-1)!.status === null;
    steps.push(stepOf(step, isSilent ? null : await tries[step]()));
  }
  return { steps, verifies: steps.every(({ ok }) => ok), at };
}

function stepOf(step: StepName, result: AttemptResult | null): CheckStep {
  const { status = null, ms = null } = result ?? {};
  const expected = step === "right" ? "accepted" : "refused";
  const ok = expected === "accepted" ? result?.outcome === "delivered" : refuses(status);
  const common = { step, expected, status, ms, ok } as const;
  if (result === null) return { ...common, detail: NOT_TRIED };
  if (status === null) return { ...common, detail: `Your server ${result.reason}.` };
  if (step !== "right") {
    if (ok || result.outcome === "delivered") return { ...common, detail: ok ? WRONG[step].good : WRONG[step].bad };
    return { ...common, detail: `It ${result.reason}, which a server in trouble answers too. Refuse with 401.` };
  }
  const detail = ok
    ? "It took in an event that was signed as all are."
    : `It should have taken in an event that was signed as all are, but ${result.reason}. Check that it has this endpoint's newest secret and verifies the raw body, byte for byte.`;
  return { ...common, detail };
}

const refuses = (status: number | null): boolean =>
  status !== null && status >= 400 && status <= 499 && !BUSY.has(status);

export class EndpointChecks {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The last check of what is at its address now, or null. */
  last(endpoint: EndpointId): KeptCheck | null {
    const row = [
      ...this.#sql.exec<{ ok: number; at: number }>("SELECT ok, at FROM endpoint_check WHERE endpoint = ?", endpoint),
    ][0];
    return row ? { ok: row.ok === 1, at: row.at } : null;
  }

  keep(endpoint: EndpointId, { ok, at }: KeptCheck): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO endpoint_check (endpoint, ok, at) VALUES (?, ?, ?)",
      endpoint,
      ok ? 1 : 0,
      at,
    );
  }

  /** Another address is another receiver, of which nothing is known. */
  forget(endpoint: EndpointId): void {
    this.#sql.exec("DELETE FROM endpoint_check WHERE endpoint = ?", endpoint);
  }
}
