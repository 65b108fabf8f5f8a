// What owners' notes add up to, drawn. Says beside every number what is not in it.

import "./insights.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Button } from "../../ui/button.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { Card } from "../../ui/layout.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { day, duration, number, percent } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { queryOf } from "../api/ask.ts";
import { useAsk } from "../api/use-ask.ts";
import type { Insights as Numbers } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { useKnownIssues } from "../known-issues.ts";
import { Bars, Columns, type Bar } from "./insights/charts.tsx";

const DAY_MS = 24 * 3_600_000;
const SPANS = ["4", "13", "26", "52"] as const;
type Span = (typeof SPANS)[number] | "own";
const USUAL: Span = "13";

/** The day so many weeks before today. */
const weeksAgo = (weeks: number): string => new Date(Date.now() - weeks * 7 * DAY_MS).toISOString().slice(0, 10);

/** What is asked for, as it stands in the address. `from` and `to` are "" unless the span is its own. */
type Reading = { readonly span: Span; readonly product: string; readonly from: string; readonly to: string };

function readingIn(query: Readonly<Record<string, string>>): Reading {
  const { from = "", to = "", product = "", weeks = "" } = query;
  const span = from !== "" ? "own" : (SPANS.find((one) => one === weeks) ?? USUAL);
  return { span, product, from, to };
}

const addressOf = ({ span, product, from, to }: Reading): string =>
  `/desk/insights${queryOf({ weeks: span === "own" || span === USUAL ? null : span, from, to, product })}`;

function Asked({ reading, products }: { reading: Reading; products: readonly string[] }) {
  const w = deskWords.value.insights;
  const { route } = useLocation();
  const [span, setSpan] = useState(reading.span);
  const [from, setFrom] = useState(reading.from || weeksAgo(Number(USUAL)));
  const [to, setTo] = useState(reading.to || weeksAgo(1));
  const offered =
    products.includes(reading.product) || reading.product === "" ? products : [reading.product, ...products];
  return (
    <form
      class="asked"
      onSubmit={(event) => {
        event.preventDefault();
        route(addressOf({ ...reading, span: "own", from, to }));
      }}
    >
      <Select
        label={w.weeks}
        value={span}
        onChange={(next) => {
          setSpan(next);
          if (next !== "own") route(addressOf({ ...reading, span: next, from: "", to: "" }));
        }}
        options={[...SPANS, "own" as const].map((value) => ({ value, label: w.ranges[value] }))}
      />
      <Select
        label={w.product}
        value={reading.product}
        onChange={(product) => route(addressOf({ ...reading, product }))}
        options={[
          { value: "", label: w.everyProduct },
          ...offered.map((product) => ({ value: product, label: product })),
        ]}
      />
      {span === "own" && (
        <>
          <TextField label={w.from} type="date" value={from} onInput={setFrom} max={weeksAgo(1)} required />
          <TextField label={w.to} type="date" value={to} onInput={setTo} required />
          <div>
            <Button type="submit">{w.apply}</Button>
          </div>
        </>
      )}
      <p class="hint small soft">{w.wholeWeeks}</p>
    </form>
  );
}

type ChartProps = { readonly title: string; readonly of: string; readonly bars: readonly Bar[] };
const Chart = ({ title, of, bars }: ChartProps) => {
  const w = deskWords.value.insights;
  return (
    <Card>
      <h2>{title}</h2>
      {bars.length === 0 ? (
        <p class="soft">{w.noneInChart}</p>
      ) : (
        <Bars label={title} of={of} what={w.notes} bars={bars} />
      )}
    </Card>
  );
};

function FirstReply({ p50, p90, slowest }: Numbers["firstReplySeconds"]) {
  const w = deskWords.value.insights;
  const bars = Object.entries({ p50, p90, slowest }).flatMap(([id, seconds]): Bar[] =>
    seconds === null ? [] : [{ id, name: w[id as "p50" | "p90" | "slowest"], size: seconds, said: duration(seconds) }],
  );
  return (
    <Card>
      <h2>{w.firstReply}</h2>
      {bars.length === 0 ? (
        <p class="soft">{w.firstReplyNone}</p>
      ) : (
        <>
          <p class="small soft">{w.firstReplyLead}</p>
          <Bars label={w.firstReply} of={w.firstReply} what={w.time} bars={bars} />
        </>
      )}
    </Card>
  );
}

function Addressed({ share, of }: Numbers["addressed"]) {
  const w = deskWords.value.insights;
  return (
    <Card>
      <h2>{w.addressed}</h2>
      {share === null ? (
        <p class="soft">{w.addressedNone}</p>
      ) : (
        <>
          <p class="small soft">{w.addressedLead}</p>
          <Bars
            label={w.addressed}
            of={w.addressed}
            what={w.share}
            full={1}
            bars={[
              { id: "yes", name: w.addressedYes, size: share, said: percent(share) },
              { id: "no", name: w.addressedNo, size: 1 - share, said: percent(1 - share), tone: "other" },
            ]}
          />
          <p class="small soft">{w.addressedOf(of)}</p>
        </>
      )}
    </Card>
  );
}

function Charts({ numbers, titles }: { numbers: Numbers; titles: ReadonlyMap<string, string> }) {
  const w = deskWords.value.insights;
  const { kinds } = deskWords.value.common;
  const { weeks, byWeek, byKind, byProduct, knownIssues, firstReplySeconds, addressed } = numbers;
  return (
    <div class="charts">
      <div class="all-weeks">
        <Card>
          <div class="line apart">
            <h2>{w.byWeek}</h2>
            <p class="small soft">{w.byWeekIn(byWeek.reduce((sum, { n }) => sum + n, 0))}</p>
          </div>
          <Columns weeks={weeks} byWeek={byWeek} />
        </Card>
      </div>
      <Chart
        title={w.byKind}
        of={w.kind}
        bars={byKind.map(({ kind, n }) => ({ id: kind, name: kinds[kind], size: n }))}
      />
      <Chart
        title={w.byProduct}
        of={w.product}
        bars={byProduct.map(({ product, n }) => ({ id: product, name: product, size: n }))}
      />
      <Chart
        title={w.byIssue}
        of={w.issue}
        bars={knownIssues.map(({ issue, n }) => ({
          id: issue,
          name: titles.get(issue) ?? w.removedIssue,
          href: `/desk/issues/${issue}`,
          size: n,
        }))}
      />
      <FirstReply {...firstReplySeconds} />
      <Addressed {...addressed} />
    </div>
  );
}

const LeftOut = () => {
  const w = deskWords.value.insights;
  return (
    <details class="left-out">
      <summary>{w.leftOut}</summary>
      <div>
        {w.leftOutText.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </details>
  );
};

const Totals = ({ counted, excluded }: Pick<Numbers, "counted" | "excluded">) => {
  const w = deskWords.value.insights;
  return (
    <div class="totals">
      <div>
        <b>{number(counted)}</b> <span>{w.counted(counted)}</span>
      </div>
      <div class="not-counted">
        <b>{number(excluded)}</b> <span>{w.excluded(excluded)}</span>
      </div>
      <p class="small soft">{w.totals}</p>
    </div>
  );
};

const None = ({ counted, span }: Pick<Numbers, "counted"> & Pick<Reading, "span">) => {
  const w = deskWords.value.insights;
  if (counted === 0) return <Empty title={w.none}>{w.noneText}</Empty>;
  if (span === "own") return <Empty title={w.noneHere}>{w.noneHereText}</Empty>;
  return <Empty title={w.noneSoon}>{w.noneSoonText}</Empty>;
};

export default function Insights() {
  const w = deskWords.value.insights;
  const { query } = useLocation();
  const reading = readingIn(query);
  const asked = {
    product: reading.product,
    from: reading.span === "own" ? reading.from : weeksAgo(Number(reading.span)),
    to: reading.to,
  };
  const { value, problem, busy, again } = useAsk<Numbers>(`/insights${queryOf(asked)}`);
  const facets = useAsk<Pick<Numbers, "byProduct">>("/threads/facets");
  const issues = useKnownIssues().value;
  const titles = new Map(issues?.map(({ id, title }) => [id, title]));
  const products = facets.value?.byProduct.map(({ product }) => product) ?? [];
  const isNone = value !== null && value.byWeek.length === 0;
  return (
    <Frame title={w.title} lead={w.lead} wide>
      <Asked reading={reading} products={products} />
      {problem &&
        (problem.status === 422 ? <p role="status">{w.fault}</p> : <Failed problem={problem} again={again} />)}
      {value === null && busy && <Loading />}
      {value && (
        <>
          <Totals {...value} />
          <p>
            <strong>{w.range(day(value.weeks.from), day(value.weeks.to))}</strong>
          </p>
          {isNone ? <None counted={value.counted} span={reading.span} /> : <Charts numbers={value} titles={titles} />}
          <LeftOut />
        </>
      )}
    </Frame>
  );
}
