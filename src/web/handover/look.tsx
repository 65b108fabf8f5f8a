// What somebody would get, before they say yes: the product, its whole record checked on their own device, what is still open, and
// what doesn't come with it.

import { useEffect, useState } from "preact/hooks";
import type { OpenedOffer } from "../api/views.ts";
import type { Problem } from "../api/call.ts";
import { NoticeWords } from "../notices/told.tsx";
import { useDoing } from "../pages/doing.ts";
import type { Doubt } from "../show/same-item.tsx";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Check } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { moment } from "../words/format.ts";
import { words } from "../words/words.ts";
import { useChecking } from "./checked.ts";
import { twinOfCode } from "./calls.ts";
import { OpenCases } from "./cases.tsx";
import { begin } from "./taking.ts";
import { TwoSides } from "./travels.tsx";

type Props = {
  readonly code: string;
  readonly opened: OpenedOffer;
  readonly look: () => Promise<void>;
};

export function Look({ code, opened, look }: Props) {
  const w = words.value.handover.take;
  const { product, gift, expiresAt, openCases, travels, notices } = opened;
  const checking = useChecking(code, opened);
  const [changed, setChanged] = useState(false);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const isUnreliable =
    checking.state === "unable" || (checking.state === "checked" && checking.shown.findings.verdict === "do-not-rely");
  return (
    <Page
      title={product.name}
      back="/"
      eyebrow={
        <span class="line">
          <span>{gift ? w.eyebrowGift : w.eyebrow}</span>
          {product.maker && <bdi>{w.by(product.maker.name ?? product.maker.id)}</bdi>}
        </span>
      }
      start={<Emblem id={twinOfCode(code)} size={64} />}
    >
      {changed && (
        <Notice tone="wait" title={w.changed.title} fresh>
          <p>{w.changed.text}</p>
        </Notice>
      )}
      {checking.state === "checking" && <Loading label={w.checking} />}
      {checking.state === "checked" && (
        <checking.View code={code} shown={checking.shown} again={look} doubt={doubt} onDoubt={setDoubt} />
      )}
      {checking.state === "unable" && (
        <>
          <Notice tone="bad" title={w.unable.title} fresh>
            <p>{w.unable.text}</p>
          </Notice>
          {/* The server's own word, which nothing signs: it needs no check. */}
          {notices.map((notice) => (
            <NoticeWords
              key={notice.id}
              notice={{
                ...notice,
                withdrawn: null,
                ...(notice.why === "named-items" && { concerns: notice.why }),
              }}
            />
          ))}
        </>
      )}
      <OpenCases cases={openCases} text={words.value.handover.cases.buyer} />
      <TwoSides
        goes={{ title: w.yours, lines: [...w.yoursLines, ...(travels.photos === 0 ? [] : [w.photos(travels.photos)])] }}
        stays={{ title: w.stays, lines: w.staysLines }}
      />
      <Accept
        code={code}
        opened={opened}
        against={isUnreliable ? "record" : (doubt?.kind ?? null)}
        checked={checking.state !== "checking"}
        onChanged={() => {
          setChanged(true);
          scrollTo(0, 0);
          void look();
        }}
      />
      <p class="soft">{w.until(moment(expiresAt))}</p>
    </Page>
  );
}

type AcceptProps = Pick<Props, "code" | "opened"> & {
  /** What speaks against it. */
  readonly against: "record" | Doubt["kind"] | null;
  /** Whether the record has been checked. */
  readonly checked: boolean;
  readonly onChanged: () => void;
};

function Accept({ code, opened, against, checked, onChanged }: AcceptProps) {
  const w = words.value.handover.take;
  /** What they know of, and want it all the same. */
  const [known, setKnown] = useState<AcceptProps["against"]>(null);
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useDoing();
  useEffect(() => {
    if (problem?.code === "head-changed") onChanged();
  }, [problem]);
  const accept = async (): Promise<void> => {
    const lacks = against !== null && known !== against;
    setMissing(lacks);
    if (lacks) return;
    await run(() => begin(code, opened));
  };
  if (opened.state !== "open") {
    return (
      <Notice tone="wait" title={w.taken.title}>
        <p>{w.taken.text}</p>
      </Notice>
    );
  }
  return (
    <div class="card accept">
      <p>{opened.gift ? w.acceptGift : w.acceptText}</p>
      {!opened.gift && <p class="small soft">{w.acceptFirst}</p>}
      {against !== null && (
        <Check label={w.doubts[against]} checked={known === against} onChange={(is) => setKnown(is ? against : null)} />
      )}
      {missing && against !== null && (
        <p class="lacks" role="alert">
          {w.doubtMissing}
        </p>
      )}
      {problem && <Refused problem={problem} />}
      <Button tone="primary" whole busy={busy || !checked} onClick={() => void accept()}>
        {opened.gift ? w.acceptGiftGo : w.accept}
      </Button>
    </div>
  );
}

function Refused({ problem }: { problem: Problem }) {
  const w = words.value.handover.take;
  const said =
    problem.code === "handover-refused"
      ? w.refused
      : problem.code === "conflict"
        ? w.taken
        : problem.code === "alert-stands"
          ? w.alert
          : null;
  if (problem.code === "head-changed") return null;
  return said === null ? (
    <Failed problem={problem} />
  ) : (
    <Notice tone="bad" title={said.title} fresh>
      <p>{said.text}</p>
    </Notice>
  );
}
