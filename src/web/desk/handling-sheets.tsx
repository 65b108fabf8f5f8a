// What is asked when threads are handled: who takes them on, which labels they have, which known issue they belong to.

import { useEffect } from "preact/hooks";
import { takesThread } from "../../domain/issue-product.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Check, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { deskWords } from "../words/desk/words.ts";
import { useAsk } from "./api/use-ask.ts";
import { colleagues, meetColleagues } from "./colleagues.ts";
import { Discard } from "./discard.tsx";
import { keptAt } from "./kept.ts";
import { useKnownIssues } from "./known-issues.ts";
import { me } from "./session.ts";
import { Starting } from "./starting.tsx";

type SheetProps = { readonly open: boolean; readonly onClose: () => void };
type PickProps = SheetProps & {
  /** An id, or null for none; undefined where several threads may differ. */
  readonly current?: string | null | undefined;
  readonly onPick: (id: string | null) => void;
};

/** One of a few: pressed is picked. */
const Picks = ({
  picks,
  current,
  onPick,
}: {
  picks: readonly { id: string | null; label: string; detail?: string | undefined }[];
  current?: string | null | undefined;
  onPick: (id: string | null) => void;
}) => (
  <ul class="picks">
    {picks.map(({ id, label, detail }, at) => (
      <li key={id}>
        <button type="button" autofocus={at === 0} aria-pressed={id === current} onClick={() => onPick(id)}>
          <span>
            <bdi>{label}</bdi>
            {detail !== undefined && <span class="soft small"> {detail}</span>}
          </span>
          {id === current && <Icon name="check" size={18} />}
        </button>
      </li>
    ))}
  </ul>
);

export function AssignSheet({ open, onClose, current, onPick }: PickProps) {
  const w = deskWords.value.thread.handling;
  useEffect(() => {
    if (open) void meetColleagues();
  }, [open]);
  const mine = me.value?.id;
  const people = colleagues.value.map(({ id, label }) => ({ id, label: id === mine ? w.me(label) : label }));
  return (
    <Sheet title={w.assignTo} open={open} onClose={onClose}>
      <Picks
        picks={[
          ...people.filter(({ id }) => id === mine),
          ...people.filter(({ id }) => id !== mine),
          { id: null, label: w.nobody },
        ]}
        current={current}
        onPick={(id) => {
          onClose();
          onPick(id);
        }}
      />
    </Sheet>
  );
}

const MOST_LABELS = 20;
const LABEL_CHARACTERS = 40;

type LabelsProps = SheetProps & {
  /** The names of the threads they are for: what was begun for others is not for these. */
  readonly names: readonly string[];
  readonly current: readonly string[];
  /** With one thread: the labels it has from now on. */
  readonly onSave?: (labels: readonly string[]) => void;
  /** With several: what is added to each, or taken from each. */
  readonly onAdd?: (labels: readonly string[]) => void;
  readonly onRemove?: (labels: readonly string[]) => void;
};

function LabelsForm({ names, current, onSave, onAdd, onRemove, onClose }: Omit<LabelsProps, "open">) {
  const w = deskWords.value.thread.handling;
  const { value } = useAsk<{ items: readonly string[] }>("/labels-in-use");
  const kept = keptAt(`labels of ${names.toSorted().join(" ")}`, {
    made: [] as readonly string[],
    on: [] as readonly string[],
    off: [] as readonly string[],
    text: "",
  });
  const { made, on, off, text } = kept.now;
  const has = onSave ? current : [];
  const checked = new Set([...has, ...on].filter((label) => !off.includes(label)));
  const all = [...new Set([...current, ...made, ...(value?.items ?? [])])];
  const turn = (label: string, isOn: boolean): void => {
    const others = (labels: readonly string[]) => labels.filter((one) => one !== label);
    kept.put({
      on: isOn && !has.includes(label) ? [...others(on), label] : others(on),
      off: !isOn && has.includes(label) ? [...others(off), label] : others(off),
    });
  };
  const add = (): void => {
    const label = text.trim().slice(0, LABEL_CHARACTERS);
    kept.put({ text: "" });
    if (label === "") return;
    if (!all.includes(label)) kept.put({ made: [...made, label] });
    turn(label, true);
  };
  const typed = text.trim() === "" ? [] : [text.trim()];
  const done = (by: ((labels: readonly string[]) => void) | undefined): void => {
    onClose();
    kept.drop();
    by?.([...new Set([...checked, ...typed])].slice(0, MOST_LABELS));
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") done(onSave ?? onAdd);
        else add();
      }}
    >
      <p class="small soft">{w.labelsHint}</p>
      <TextField
        label={w.newLabel}
        value={text}
        onInput={(now) => kept.put({ text: now })}
        maxLength={LABEL_CHARACTERS}
        enterKeyHint="done"
        autofocus
      />
      {all.length === 0 ? (
        <p class="soft">{w.noLabels}</p>
      ) : (
        <div class="label-checks">
          {all.map((label) => (
            <Check
              key={label}
              label={<bdi>{label}</bdi>}
              checked={checked.has(label)}
              onChange={(isOn) => turn(label, isOn)}
            />
          ))}
        </div>
      )}
      <div class="line">
        {onSave ? (
          <Button tone="primary" onClick={() => done(onSave)}>
            {w.saveLabels}
          </Button>
        ) : (
          <>
            <Button tone="primary" onClick={() => done(onAdd)}>
              {w.addThese}
            </Button>
            {value !== null && value.items.length > 0 && (
              <Button onClick={() => done(onRemove)}>{w.removeThese}</Button>
            )}
          </>
        )}
        <Discard kept={kept} />
      </div>
    </form>
  );
}

export const LabelsSheet = ({ open, ...rest }: LabelsProps) => (
  <Sheet title={deskWords.value.thread.handling.labels} open={open} onClose={rest.onClose}>
    <LabelsForm {...rest} />
  </Sheet>
);

type IssueProps = PickProps & {
  /** The GTINs of what the threads are about, null where an owner gave none: only issues that take them all are offered. */
  readonly things: readonly (string | null)[];
};

function IssuePicks({ things, current, onPick }: Omit<IssueProps, keyof SheetProps>) {
  const w = deskWords.value.thread.handling;
  const { value, problem, busy, again } = useKnownIssues();
  const fitting = value?.filter(({ product }) => things.every((thing) => takesThread(product, thing)));
  // Issues that would fit some of the threads, but are offered for none while others are selected with them.
  const leftOut =
    !busy &&
    new Set(things.filter((thing) => thing !== null)).size > 1 &&
    value?.some(({ product }) => product !== null && things.includes(product));
  return (
    <Starting ready={!busy}>
      <p class="small soft">{w.issueHint}</p>
      {problem && <Failed problem={problem} again={again} />}
      {busy && <Loading />}
      {leftOut ? (
        <p class="soft">{w.severalProducts}</p>
      ) : (
        fitting?.length === 0 && !busy && !problem && <p class="soft">{w.noIssues}</p>
      )}
      {/* Only once all have come: none moves away from under a hand. */}
      {fitting && !busy && (
        <Picks
          picks={[
            ...fitting.map(({ id, title, status }) => ({
              id,
              label: title,
              detail: deskWords.value.common.issueStatus[status],
            })),
            { id: null, label: w.noIssue },
          ]}
          current={current}
          onPick={onPick}
        />
      )}
      <div class="line">
        <LinkButton tone="quiet" href="/desk/issues">
          {w.makeIssue}
        </LinkButton>
      </div>
    </Starting>
  );
}

export const IssueSheet = ({ open, onClose, onPick, ...rest }: IssueProps) => (
  <Sheet title={deskWords.value.thread.handling.issue} open={open} onClose={onClose}>
    <IssuePicks
      {...rest}
      onPick={(id) => {
        onClose();
        onPick(id);
      }}
    />
  </Sheet>
);
