// The deliveries: where every event stands on its way to every endpoint, why, and sending it again. Worked by keyboard, too.

import "./deliveries.css";
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import { useAsking } from "../api/use-asking.ts";
import type { Delivery, Endpoint } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { useKeys } from "../keys.ts";
import { useLive } from "../live.ts";
import { may } from "../session.ts";
import { Trouble } from "../trouble.tsx";
import { askedOf, filterIn, isNarrowed } from "./deliveries/filter.ts";
import { Filters } from "./deliveries/filters.tsx";
import { mayGoAgain, One, type Again } from "./deliveries/one.tsx";
import { Range, type Replayed } from "./deliveries/range.tsx";

const AT_ONCE = 50;

/** Moves the focus from line to line, and gives the delivery it is at. */
function useLines(all: readonly Delivery[]) {
  const list = useRef<HTMLUListElement>(null);
  const lines = (): HTMLDetailsElement[] => [...(list.current?.querySelectorAll("details") ?? [])];
  const at = (): number => lines().findIndex((line) => line.contains(document.activeElement));
  const step = (by: 1 | -1): void => {
    const here = at();
    const next = lines()[here < 0 ? 0 : here + by];
    next?.querySelector("summary")?.focus();
  };
  return {
    list,
    step,
    fold: () => {
      const line = lines()[at()];
      if (line) line.open = !line.open;
    },
    here: () => all[at()],
  };
}

function Listed() {
  const w = deskWords.value.deliveries;
  const { common } = deskWords.value;
  const { query } = useLocation();
  const filter = filterIn(query);
  const { value, problem, busy, again, more } = useList<Delivery>(askedOf(filter), AT_ONCE);
  const endpoints = useList<Endpoint>("/endpoints", 200);
  const acting = useAsking();
  const [isOld, setOld] = useState(false);
  const [ranging, setRanging] = useState(false);
  const { list, step, fold, here } = useLines(value ?? []);

  const renew = (): void => {
    setOld(false);
    again();
  };
  const tell = ({ queued, gone, endpoint }: Replayed): void => {
    toast(w.answer(queued, gone, endpoint));
    renew();
  };
  const sendAgain = async (body: Again): Promise<void> => {
    const answer = await acting.run<Replayed>("/deliveries/replay", { method: "POST", body });
    if (answer) tell(answer.value);
  };
  useLive(({ type }) => {
    if (type !== "deliveries.changed" && type !== "resumed") return;
    // Older pages that were asked for would fold away under whoever reads them.
    if (value !== null && value.length > AT_ONCE) setOld(true);
    else again();
  });
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    o: fold,
    r: () => {
      const one = here();
      if (one && mayGoAgain(one)) void sendAgain({ endpoint: one.endpoint, event: one.event });
    },
  });
  const addresses = new Map(endpoints.value?.map(({ id, url }) => [id, url]));
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      wide
      actions={<Button onClick={() => setRanging(true)}>{w.againRange}</Button>}
    >
      <Filters filter={filter} endpoints={endpoints.value ?? []} />
      <Trouble problem={acting.problem} />
      {problem && <Failed problem={problem} again={again} />}
      {isOld && (
        <p>
          <Button onClick={renew}>{w.fresh}</Button>
        </p>
      )}
      {value === null && busy && <Loading />}
      {value?.length === 0 &&
        (isNarrowed(filter) ? <Empty title={w.noneMatch} /> : <Empty title={w.empty}>{w.emptyText}</Empty>)}
      {value !== null && value.length > 0 && (
        <>
          <ul class="list deliveries" aria-label={w.list} ref={list}>
            {value.map((delivery) => (
              <One
                key={`${delivery.event} ${delivery.endpoint}`}
                delivery={delivery}
                to={addresses.get(delivery.endpoint) ?? w.removedEndpoint}
                busy={acting.busy}
                onAgain={(body) => void sendAgain(body)}
              />
            ))}
          </ul>
          <p class="small soft wide-only">{w.keys}</p>
        </>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
      <Sheet title={w.range.title} open={ranging} onClose={() => setRanging(false)}>
        {ranging && (
          <Range
            endpoints={endpoints.value ?? []}
            endpoint={filter.endpoint}
            onDone={(replayed) => {
              setRanging(false);
              tell(replayed);
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}

export default function Deliveries() {
  const w = deskWords.value.deliveries;
  if (may("admin")) return <Listed />;
  return (
    <Frame title={w.title} lead={w.lead}>
      <Notice>
        <p>{deskWords.value.common.adminOnly}</p>
      </Notice>
    </Frame>
  );
}
