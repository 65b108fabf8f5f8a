// Short, honest answers to what goes wrong between people, devices and keys.

import { useRoute } from "preact-iso";
import { LinkButton } from "../ui/button.tsx";
import { List, Row, Section } from "../ui/layout.tsx";
import { Page } from "../ui/page.tsx";
import { words } from "../words/words.ts";
import { isTopic, type Topic, TOPICS } from "./help/topics.ts";

const Topics = ({ but }: { but: Topic | null }) => (
  <List>
    {TOPICS.filter((topic) => topic !== but).map((topic) => (
      <Row key={topic} href={`/help/${topic}`} title={words.value.help.topics[topic].title} />
    ))}
  </List>
);

export default function Help() {
  const { help } = words.value;
  const { topic } = useRoute().params;
  if (!isTopic(topic)) {
    return (
      <Page title={help.title} back="/settings">
        <p class="lead">{help.unknown}</p>
        <Topics but={null} />
      </Page>
    );
  }
  const { title, says, links } = help.topics[topic];
  return (
    <Page key={topic} title={title} eyebrow={help.eyebrow} back="/settings">
      <div class="stack">
        {says.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {links.length > 0 && (
        <div class="line">
          {links.map(({ href, label }) => (
            <LinkButton key={href} href={href}>
              {label}
            </LinkButton>
          ))}
        </div>
      )}
      <Section title={help.others}>
        <Topics but={topic} />
      </Section>
    </Page>
  );
}
