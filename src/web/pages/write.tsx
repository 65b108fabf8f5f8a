// A note in seconds: what it is, what it says, who sees it. Kept on this device as it is typed; it leaves only when its writer says send.

import "./notes/notes.css";
import "./write.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Note } from "../api/views.ts";
import { PhotoPicker } from "../photo/picker.tsx";
import type { Draft } from "../store/drafts.ts";
import { companyName } from "../store/makers.ts";
import { enqueue, online } from "../store/queue.ts";
import { faceOf, mayIn, thingOf, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Check, Choices, TextArea } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { toast } from "../ui/say.tsx";
import { Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { asksCopy, copyAsk } from "./notes/copy-ask.ts";
import { useDraft, type Begun } from "./notes/draft.ts";
import { GoingOut, PersonalWarning, profferFirst, wordOfGoing } from "./notes/going-out.tsx";
import { Happened } from "./notes/happened.tsx";
import { kindIcon, KINDS, type Kind } from "./notes/kinds.ts";
import { charactersLeft } from "./notes/length.ts";
import { Missing } from "./notes/missing.tsx";

const TOLD_BELOW = 500;
const WANTS = ["nothing", "answer", "repair", "refund", "change", "copy"] as const satisfies readonly Note["wants"][];
const AUDIENCES = ["me", "company"] as const;
type Audience = (typeof AUDIENCES)[number];

const EMPTY: Begun = { text: "", photos: [] };
/** What somebody usually hopes for with such a note. */
const usualWants = (kind: Kind): Note["wants"] => (kind === "question" || kind === "problem" ? "answer" : "nothing");

const audienceOf = ({ audience }: Pick<Draft, "audience">): Audience =>
  AUDIENCES.find((one) => one === audience) ?? "me";

/** A day of this device's calendar as the moment in its middle. */
const noonOf = (day: string): string => new Date(`${day}T12:00:00`).toISOString();

function audiences(thing: Thing) {
  const w = words.value.write.audience;
  const company = companyName(thing);
  const owner = mayIn(thing, "owner");
  const me = {
    value: "me" as const,
    label: owner ? w.me : w.household,
    hint: owner ? w.meHint : w.householdHint,
  };
  if (thing.view.maker === null || !mayIn(thing, "notes:send")) return [me];
  return [me, { value: "company" as const, label: w.company(company), hint: w.companyHint(company) }];
}

function Form({ thing, forCopy }: { thing: Thing; forCopy: boolean }) {
  const w = words.value.write;
  const { thread } = words.value;
  const company = companyName(thing);
  const { begun, found, change, drop } = useDraft(thing.id, forCopy ? copyAsk() : EMPTY);
  const [day, setDay] = useState<string | null>(null);
  const [serial, setSerial] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState<"photos" | "keeping" | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const { route } = useLocation();
  const ready = begun !== null;
  useEffect(() => {
    // After the page has put the focus on its heading: here there is one thing to do.
    if (ready) area.current?.focus({ preventScroll: true });
  }, [ready]);
  const offered = audiences(thing);
  const photos = begun?.photos ?? [];
  if (begun === null) return <Loading />;

  const kind: Kind = begun.kind ?? "problem";
  const asked = audienceOf(begun);
  const audience = offered.some(({ value }) => value === asked) ? asked : "me";
  const send = audience !== "me";
  const { text } = begun;
  const left = charactersLeft(text);
  const wants = begun.wants ?? usualWants(kind);
  const mayRecord = mayIn(thing, "history:write");
  const onRecord = mayRecord && begun.onRecord === true;

  const submit = async (): Promise<void> => {
    const wrong =
      text.trim() === "" ? w.empty : left < 0 ? w.tooLong(-left) : busy === "photos" ? words.value.photos.busy : null;
    setFault(wrong);
    if (wrong !== null) {
      area.current?.focus();
      return;
    }
    setBusy("keeping");
    const word = send ? wordOfGoing(thing) : online.value ? w.kept : w.offline;
    try {
      if (send) await profferFirst(thing);
      await enqueue({
        type: "note",
        twin: thing.id,
        input: {
          kind,
          text: text.trim(),
          wants: send ? wants : "nothing",
          send,
          serial: send && serial && thing.view.product.serial !== null,
          onRecord,
          ...(day !== null && day !== "" && { occurredAt: noonOf(day) }),
        },
        photos,
      });
      await drop();
    } catch {
      setBusy(null);
      setFault(w.failed);
      return;
    }
    toast(word);
    route(`/t/${thing.id}`, true);
  };

  return (
    <form
      class="stack write"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy !== "keeping") void submit();
      }}
    >
      {found && (
        <p class="line small soft">
          {forCopy && begun.wants !== "copy" ? w.copy.draftFound : w.draftFound}
          <Button
            tone="quiet"
            onClick={() => {
              void drop();
              toast(w.discarded);
            }}
          >
            {w.discardDraft}
          </Button>
        </p>
      )}
      <div class="kinds">
        <Choices
          legend={w.kind}
          options={KINDS.map((value) => ({ value, label: thread.kinds[value], icon: kindIcon[value] }))}
          value={kind}
          onChange={(value) => change({ kind: value })}
        />
      </div>
      {kind === "safety" && <p class="danger-line">{w.danger}</p>}
      <TextArea
        label={w.text}
        placeholder={w.placeholder[kind]}
        value={text}
        areaRef={area}
        dir="auto"
        error={fault}
        hint={left < TOLD_BELOW ? (left < 0 ? w.tooLong(-left) : w.left(left)) : undefined}
        onInput={(value) => {
          setFault(null);
          change({ text: value });
        }}
      />
      <PhotoPicker
        photos={photos}
        change={(by) => change((before) => ({ photos: by(before.photos) }))}
        onBusy={(is) => setBusy(is ? "photos" : null)}
      />
      <Happened day={day} onDay={setDay} says={w} />
      <Choices
        legend={w.audience.legend}
        layout="rows"
        options={offered}
        value={audience}
        onChange={(value) => change({ audience: value })}
      />
      {offered.length === 1 && (
        <p class="small soft">
          {thing.view.maker !== null ? (
            w.audience.mayNotSend
          ) : (
            <>
              {w.audience.noCompany} <a href={`/t/${thing.id}/manage`}>{w.audience.sayMaker}</a>
            </>
          )}
        </p>
      )}
      {send && (
        <>
          <Choices
            legend={w.wants}
            options={WANTS.map((value) => ({ value, label: w.wantsOf[value] }))}
            value={wants}
            onChange={(value) => change({ wants: value })}
          />
          <GoingOut thing={thing} serial={serial} onSerial={setSerial} />
        </>
      )}
      {mayRecord && (
        <Check
          label={words.value.record.ofNote.check}
          hint={words.value.record.ofNote.checkHint}
          checked={onRecord}
          onChange={(is) => change({ onRecord: is })}
        />
      )}
      {(send || onRecord) && (
        <PersonalWarning
          text={text}
          why={onRecord ? words.value.record.ofNote.personal : w.personal.text(company)}
          onShow={({ start, end }) => {
            area.current?.focus();
            area.current?.setSelectionRange(start, end);
          }}
        />
      )}
      <div class="thumb-bar">
        <Button type="submit" tone="primary" whole icon={send ? "send" : "check"} busy={busy === "keeping"}>
          {send ? w.send(company) : w.keep}
        </Button>
      </div>
    </form>
  );
}

export default function Write() {
  const { twin = "" } = useRoute().params;
  const { url, query } = useLocation();
  const thing = thingOf(twin);
  if (!thing) return <Missing />;
  const w = words.value.write;
  const mayWrite = mayIn(thing, "notes:write") && thing.ended === null;
  return (
    <Page
      title={w.title}
      back={`/t/${twin}`}
      eyebrow={
        <span class="line">
          <Emblem id={faceOf(twin)} size={24} />
          <bdi>{thing.view.product.name}</bdi>
        </span>
      }
    >
      {mayWrite ? (
        <Form key={url} thing={thing} forCopy={asksCopy(query)} />
      ) : (
        <Notice tone="wait">{w.readOnly}</Notice>
      )}
    </Page>
  );
}
