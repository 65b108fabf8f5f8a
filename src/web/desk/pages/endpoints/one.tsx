// One endpoint: where it is, how it fares in words, and what can be done with it.

import { useState } from "preact/hooks";
import { Button, LinkButton } from "../../../ui/button.tsx";
import { Facts } from "../../../ui/layout.tsx";
import { Mark, Notice, type Tone } from "../../../ui/notice.tsx";
import { toast } from "../../../ui/say.tsx";
import { When } from "../../../ui/when.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { Endpoint } from "../../api/views.ts";
import { Trouble } from "../../trouble.tsx";

type Fares = { readonly tone: Tone; readonly title: string; readonly text?: string };

/** How it fares, as its breaker has it. */
function faresOf({ enabled, health }: Endpoint): Fares {
  const w = deskWords.value.endpoints.health;
  if (health.state === "disabled") {
    return { tone: "bad", title: health.reason === "gone" ? w.gone : w.given, text: w.disabledText };
  }
  if (!enabled) return { tone: "calm", title: w.off, text: w.offText };
  if (health.state === "failing") return { tone: "wait", title: w.failing, text: w.failingText };
  return health.lastSuccessAt === null ? { tone: "calm", title: w.fresh } : { tone: "good", title: w.ok };
}

function Health({ endpoint }: { endpoint: Endpoint }) {
  const w = deskWords.value.endpoints.health;
  const { tone, title, text } = faresOf(endpoint);
  const { state, since, lastSuccessAt, parked } = endpoint.health;
  return (
    <div class="stack-tight">
      <Mark tone={tone}>{title}</Mark>
      {text !== undefined && <p class="small">{text}</p>}
      {(state !== "ok" || parked > 0 || lastSuccessAt !== null) && (
        <p class="small soft">
          {state !== "ok" && since !== null && (
            <>
              {w.since} <When at={since} style="moment" />.{" "}
            </>
          )}
          {lastSuccessAt !== null && (
            <>
              {w.last} <When at={lastSuccessAt} />.{" "}
            </>
          )}
          {parked > 0 && `${w.waiting(parked)}.`}
        </p>
      )}
    </div>
  );
}

function Verifies({ verifies }: Pick<Endpoint, "verifies">) {
  const w = deskWords.value.endpoints.verifies;
  if (verifies === null) return <Mark tone="calm">{w.never}</Mark>;
  return (
    <div class="stack-tight">
      <Mark tone={verifies.ok ? "good" : "bad"}>{verifies.ok ? w.yes : w.no}</Mark>
      <p class="small soft">
        <When at={verifies.at} />
      </p>
    </div>
  );
}

/** How many keys hold, and until when the older ones do. */
function Keys({ keys }: Pick<Endpoint, "keys">) {
  const w = deskWords.value.endpoints;
  const ends = keys.find(({ endsAt }) => endsAt !== null)?.endsAt ?? null;
  return (
    <>
      {w.keys(keys.length)}
      {ends !== null && (
        <>
          {" · "}
          {w.keyEnds} <When at={ends} />
        </>
      )}
    </>
  );
}

export type Act = "check" | "change" | "rotate" | "remove";
type Tested = {
  readonly ok: boolean;
  readonly status: number | null;
  readonly ms: number | null;
  readonly detail: string;
};
/** `wakes`: it had failed, and what waits for it is tried because of this. */
type Test = Tested & { readonly wakes: boolean };
type Props = {
  readonly endpoint: Endpoint;
  readonly onAct: (act: Act) => void;
  readonly onChanged: () => void;
};

export function One({ endpoint, onAct, onChanged }: Props) {
  const w = deskWords.value.endpoints;
  const [test, setTest] = useState<Test | null>(null);
  const { busy, problem, run } = useAsking();
  const { id, url, types, description, processor, enabled, health, verifies, keys } = endpoint;
  const name = description ?? url;
  const tryIt = async (): Promise<void> => {
    setTest(null);
    const answer = await run<Tested>(`/endpoints/${id}/test`, { method: "POST" });
    if (!answer) return;
    setTest({ ...answer.value, wakes: answer.value.ok && enabled && health.state === "failing" });
    onChanged();
  };
  const turn = async (): Promise<void> => {
    const answer = await run(`/endpoints/${id}`, { method: "PATCH", body: { enabled: !enabled } });
    if (!answer) return;
    toast(enabled ? w.switchedOff : w.switchedOn);
    onChanged();
  };
  return (
    <li class="card endpoint">
      <div class="stack-tight">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        {description !== null && (
          <p class="address">
            <code dir="ltr">{url}</code>
          </p>
        )}
      </div>
      <div class="states">
        <Health endpoint={endpoint} />
        <Verifies verifies={verifies} />
      </div>
      <Facts
        items={[
          [w.types, types === null ? w.every : <code key="types">{types.join(", ")}</code>],
          [w.processor, processor === null ? w.own : <bdi key="processor">{processor}</bdi>],
          [w.keyed, <Keys key="keys" keys={keys} />],
        ]}
      />
      {test && (
        <Notice tone={test.ok ? "good" : "bad"} title={test.ok ? w.tested.title : w.tested.bad} fresh>
          {test.ok ? <p>{w.tested.ok(test.ms ?? 0)}</p> : <p lang="en">{test.detail}</p>}
          {test.wakes && <p>{w.tested.next}</p>}
        </Notice>
      )}
      <Trouble problem={problem} />
      <div class="line" role="group" aria-label={name}>
        <Button icon="check" onClick={() => onAct("check")}>
          {w.check}
        </Button>
        <Button icon="send" busy={busy} onClick={() => void tryIt()}>
          {w.test}
        </Button>
        <Button icon="edit" onClick={() => onAct("change")}>
          {w.change}
        </Button>
        <Button onClick={() => onAct("rotate")}>{w.rotate}</Button>
        <Button busy={busy} onClick={() => void turn()}>
          {enabled ? w.off : w.on}
        </Button>
        <Button tone="danger" onClick={() => onAct("remove")}>
          {w.remove}
        </Button>
        <LinkButton tone="quiet" href={`/desk/deliveries?endpoint=${id}`}>
          {w.deliveries}
        </LinkButton>
      </div>
    </li>
  );
}
