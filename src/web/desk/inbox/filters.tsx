// What narrows the inbox down: words, where a thread stands, and the rest behind one button. No number of owners' threads is shown here.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Button } from "../../ui/button.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useAsk } from "../api/use-ask.ts";
import { colleagues, meetColleagues } from "../colleagues.ts";
import { KINDS, WANTS } from "../kinds.ts";
import { useKnownIssues } from "../known-issues.ts";
import { me } from "../session.ts";
import { addressOf, filterIn, isByWaiting, narrowed, STATES, type Filter } from "./filter.ts";
import { threads } from "./list.ts";

const TYPING_MS = 300;

/** The filter in the address, and how it is changed there. Where a thread is open it stays open. */
export function useFilter(): { filter: Filter; search: string; change: (by: Partial<Filter>) => void } {
  const { url, route } = useLocation();
  const filter = filterIn(url);
  return {
    filter,
    search: addressOf(filter),
    change: (by) => {
      // What was typed a moment ago may have moved the address on.
      const { pathname, search } = location;
      const path = pathname.startsWith("/desk/t/") ? pathname : "/desk";
      route(path + addressOf({ ...filterIn(search), ...by }), true);
    },
  };
}

/** The field for words. Its id is what "/" looks for. */
export const SEARCH_ID = "desk-search";

export function Search() {
  const w = deskWords.value.inbox;
  const { filter, change } = useFilter();
  const [text, setText] = useState(filter.q);
  const told = useRef(filter.q);
  useEffect(() => {
    // The address changed by itself: somebody went back, or cleared the filters.
    if (filter.q !== told.current) setText(filter.q);
    told.current = filter.q;
  }, [filter.q]);
  const tell = (q: string): void => {
    if (q === told.current) return;
    told.current = q;
    change({ q });
  };
  useEffect(() => {
    const timer = setTimeout(() => tell(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        tell(text.trim());
      }}
    >
      <Icon name="search" size={18} />
      <input
        id={SEARCH_ID}
        class="input"
        type="search"
        aria-label={w.search}
        placeholder={w.search}
        value={text}
        enterKeyHint="search"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text !== "") setText("");
          else event.currentTarget.blur();
          event.preventDefault();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

export function Tabs() {
  const w = deskWords.value.inbox;
  const { filter, change } = useFilter();
  const id = useId();
  return (
    <fieldset class="tabs">
      <legend class="unseen">{w.state}</legend>
      {[...STATES, "all" as const].map((state) => (
        <label key={state}>
          <input
            type="radio"
            name={id}
            value={state}
            checked={filter.state === state}
            onChange={() => change({ state })}
          />
          <span>{w.states[state]}</span>
        </label>
      ))}
    </fieldset>
  );
}

type QuickProps = { readonly on: boolean; readonly label: string; readonly onChange: (on: boolean) => void };
const Quick = ({ on, label, onChange }: QuickProps) => (
  <button type="button" class="quick" aria-pressed={on} onClick={() => onChange(!on)}>
    {label}
  </button>
);

/** Those that are wanted all day. */
export function Quicks() {
  const w = deskWords.value.inbox;
  const { filter, change } = useFilter();
  const mine = me.value?.id;
  return (
    <div class="quicks">
      <Quick
        on={filter.verdict === "not-addressed"}
        label={w.notAddressed}
        onChange={(on) => change({ verdict: on ? "not-addressed" : "" })}
      />
      {mine !== undefined && (
        <Quick on={filter.assignee === mine} label={w.mine} onChange={(on) => change({ assignee: on ? mine : "" })} />
      )}
      {filter.state === "open" && (
        <Quick on={isByWaiting(filter)} label={w.byWaiting} onChange={(on) => change({ order: on ? "oldest" : "" })} />
      )}
    </div>
  );
}

/** The way to the other filters, saying how many are on. */
export function More({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const w = deskWords.value.inbox;
  const n = narrowed(useFilter().filter).length;
  return (
    <button type="button" class="quick more" aria-expanded={open} onClick={() => onOpen(!open)}>
      <Icon name="settings" size={16} />
      {n === 0 ? w.filters : w.filtersOn(n)}
    </button>
  );
}

const NONE = "";

export function Panel() {
  const w = deskWords.value.inbox;
  const { kinds, wants, verdicts } = deskWords.value.common;
  const { filter, change } = useFilter();
  const labels = useAsk<{ items: readonly string[] }>("/labels-in-use").value?.items ?? [];
  const issues = useKnownIssues().value ?? [];
  const [product, setProduct] = useState(filter.product);
  const list = useId();
  useEffect(() => void meetColleagues(), []);
  useEffect(() => setProduct(filter.product), [filter.product]);
  const mine = me.value?.id;
  const any = { value: NONE, label: w.any };
  const named = (values: readonly string[], now: string): readonly string[] =>
    now === "" || values.includes(now) ? values : [now, ...values];
  // As far as this page has met them: a list of all would be a count of owners' things.
  const products = [
    ...new Set(
      threads.value.items.flatMap(({ product: { name, model } }) => (model === null ? [name] : [name, model])),
    ),
  ];
  const people = colleagues.value.map(({ id, label }) => ({ value: id, label: id === mine ? w.me(label) : label }));
  return (
    <div class="filter-panel">
      <Select
        label={w.kind}
        value={filter.kind}
        options={[any, ...KINDS.map((kind) => ({ value: kind as string, label: kinds[kind] }))]}
        onChange={(kind) => change({ kind })}
      />
      <Select
        label={w.wants}
        value={filter.wants}
        options={[any, ...WANTS.map((want) => ({ value: want as string, label: wants[want] }))]}
        onChange={(next) => change({ wants: next })}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change({ product: product.trim() });
        }}
        onFocusOut={() => {
          if (product.trim() !== filter.product) change({ product: product.trim() });
        }}
      >
        <TextField label={w.product} value={product} onInput={setProduct} list={list} placeholder={w.productHint} />
        <datalist id={list}>
          {products.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </form>
      <Select
        label={w.label}
        value={filter.label}
        options={[any, ...named(labels, filter.label).map((label) => ({ value: label, label }))]}
        onChange={(label) => change({ label })}
      />
      <Select
        label={w.assignee}
        value={filter.assignee}
        options={[any, { value: "none", label: w.nobody }, ...people]}
        onChange={(assignee) => change({ assignee })}
      />
      <Select
        label={w.verdict}
        value={filter.verdict}
        options={[
          any,
          ...(["not-addressed", "addressed"] as const).map((verdict) => ({
            value: verdict as string,
            label: verdicts[verdict],
          })),
        ]}
        onChange={(verdict) => change({ verdict })}
      />
      <Select
        label={w.issue}
        value={filter.issue}
        options={[any, ...issues.map(({ id, title }) => ({ value: id, label: title }))]}
        onChange={(issue) => change({ issue })}
      />
      {narrowed(filter).length > 0 && (
        <Button
          tone="quiet"
          onClick={() => change({ kind: "", wants: "", product: "", label: "", assignee: "", verdict: "", issue: "" })}
        >
          {w.reset}
        </Button>
      )}
    </div>
  );
}
