// What this is, said plainly: what the software makes sure of, what only a signature holds, and who can read what.

import { ROSTER_URL } from "../../domain/terms/roster.ts";
import { Facts, Section } from "../ui/layout.tsx";
import { Mark, type Tone } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { words } from "../words/words.ts";
import "./about.css";

export default function About() {
  const { about } = words.value.home;
  return (
    <Page title={about.title} back="/">
      <p class="lead">{about.lead}</p>
      <Promises tone="good" {...about.code} />
      <Promises tone="wait" {...about.signature} />
      <Section title={about.read.title}>
        <Facts items={about.read.items} />
      </Section>
      <Section title={about.none.title}>
        <p>{about.none.text}</p>
      </Section>
      <Section title={about.limits.title}>
        <p>{about.limits.text}</p>
      </Section>
      <Section title={about.links.title}>
        <ul class="stack-tight">
          <li>
            <a href="/docs">{about.links.docs}</a>
          </li>
          <li>
            <a href="/openapi.json">{about.links.openapi}</a>
          </li>
          <li>
            <a href={ROSTER_URL} rel="noreferrer">
              {about.links.roster}
            </a>
          </li>
        </ul>
      </Section>
    </Page>
  );
}

type PromisesProps = { readonly tone: Tone; readonly title: string; readonly items: readonly string[] };

const Promises = ({ tone, title, items }: PromisesProps) => (
  <Section title={title}>
    <ul class="promises">
      {items.map((item) => (
        <li key={item}>
          <Mark tone={tone}>{item}</Mark>
        </li>
      ))}
    </ul>
  </Section>
);
