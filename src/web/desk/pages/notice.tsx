// One notice: how far it came, what owners read of it, and taking it back as far as that goes.

import "./notices.css";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { Card, Facts, Section } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useAsk } from "../api/use-ask.ts";
import { useAsking } from "../api/use-asking.ts";
import type { SentNotice } from "../api/views.ts";
import { Discard } from "../discard.tsx";
import { Frame } from "../frame.tsx";
import { keptAt } from "../kept.ts";
import { useLive } from "../live.ts";
import { may } from "../session.ts";
import { Trouble } from "../trouble.tsx";
import { Progress } from "./notices/progress.tsx";
import { Reading } from "./notices/reading.tsx";

const REASON_CHARACTERS = 500;
/** Nothing announces each step of its way. */
const LOOK_AGAIN_MS = 2_000;

function Withdrawing({ id, onDone }: { id: string; onDone: (notice: SentNotice) => void }) {
  const w = deskWords.value.notices;
  const kept = keptAt(`withdrawal ${id}`, { reason: "" });
  const { reason } = kept.now;
  const { busy, problem, run } = useAsking();
  const send = async (): Promise<void> => {
    const body = { reason: reason.trim() };
    const answer = await run<SentNotice>(`/notices/${id}/withdraw`, { method: "POST", body });
    if (!answer) return;
    kept.drop();
    onDone(answer.value);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{w.withdrawText}</p>
      <TextArea
        label={w.reason}
        hint={w.reasonHint}
        value={reason}
        onInput={(now) => kept.put({ reason: now })}
        required
        rows={3}
        maxLength={REASON_CHARACTERS}
        dir="auto"
      />
      <Trouble problem={problem} />
      <div class="line">
        <Button type="submit" tone="danger" busy={busy}>
          {w.withdraw}
        </Button>
        <Discard kept={kept} />
      </div>
    </form>
  );
}

function Whole({ notice }: { notice: SentNotice }) {
  const w = deskWords.value.notices;
  const { kind, gtin, serials, at } = notice;
  const isPublic = kind !== "service";
  return (
    <>
      <Section title={w.reach}>
        <Card>
          <Progress notice={notice} />
          <p class="small soft">
            {isPublic ? w.bands : w.bandsService} {isPublic && w.later}
          </p>
        </Card>
      </Section>
      <Facts
        items={[
          [w.kind, w.kinds[kind]],
          [w.product, gtin ?? w.everyProduct],
          ...(isPublic ? [[w.which, serials === null ? w.everyItem : w.serialCount(serials)] as const] : []),
          [w.at, <When key="at" at={at} style="moment" />],
        ]}
      />
      <Section title={w.owners}>
        <Reading notice={notice} />
        {isPublic && gtin !== null && (
          <p>
            <a href={`/01/${gtin}`}>{w.board}</a>
          </p>
        )}
      </Section>
    </>
  );
}

export default function Notice() {
  const w = deskWords.value.notices;
  const { params } = useRoute();
  const id = encodeURIComponent(params["notice"] ?? "");
  const { value, problem, busy, again, put } = useAsk<SentNotice>(`/notices/${id}`);
  const [withdrawing, setWithdrawing] = useState(false);
  useLive(({ type }) => (type === "notices.changed" || type === "resumed") && again());
  useEffect(() => {
    if (value === null || value.finished || busy) return;
    const timer = setTimeout(again, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [value, busy]);
  return (
    <Frame
      title={value?.title ?? w.one}
      back="/desk/notices"
      actions={
        value !== null &&
        value.withdrawn === null &&
        may("admin") && (
          <Button tone="danger" onClick={() => setWithdrawing(true)}>
            {w.withdraw}
          </Button>
        )
      }
    >
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value && <Whole notice={value} />}
      <Sheet title={w.withdrawTitle} open={withdrawing} onClose={() => setWithdrawing(false)}>
        {withdrawing && (
          <Withdrawing
            id={id}
            onDone={(notice) => {
              setWithdrawing(false);
              put(notice);
              toast(w.withdrew);
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}
