// How things stand together: cards, lists with rows, sections, facts.

import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

export const Card = ({ children }: { children: ComponentChildren }) => <div class="card">{children}</div>;

type SectionProps = {
  readonly title: string;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
};

export const Section = ({ title, action, children }: SectionProps) => (
  <section class="section">
    <div class="line apart">
      <h2>{title}</h2>
      {action}
    </div>
    {children}
  </section>
);

export const List = ({ label, children }: { label?: string; children: ComponentChildren }) => (
  <ul class="list" aria-label={label}>
    {children}
  </ul>
);

type RowProps = {
  readonly href?: string;
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly mark?: ComponentChildren;
  readonly start?: ComponentChildren;
  readonly end?: ComponentChildren;
};

/** An item of a List. With `href` the whole row leads there. */
export function Row({ href, title, detail, mark, start, end }: RowProps) {
  const inside = (
    <>
      <span class="start">{start}</span>
      <span class="middle">
        <span class="title">{title}</span>
        {detail && <span class="detail">{detail}</span>}
        {mark}
      </span>
      <span class="end">
        {end}
        {href !== undefined && <Icon name="next" size={18} />}
      </span>
    </>
  );
  return (
    <li>
      {href === undefined ? (
        <div class="row">{inside}</div>
      ) : (
        <a class="row" href={href}>
          {inside}
        </a>
      )}
    </li>
  );
}

type FactsProps = { readonly items: readonly (readonly [term: string, value: ComponentChildren])[] };

export const Facts = ({ items }: FactsProps) => (
  <dl class="facts">
    {items.flatMap(([term, value]) => [<dt key={`${term}-term`}>{term}</dt>, <dd key={`${term}-value`}>{value}</dd>])}
  </dl>
);
