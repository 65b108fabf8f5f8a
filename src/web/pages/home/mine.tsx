// The first page of whoever has things: all of them, of all companies, the latest news first.

import { cameHere, HandoversOnHome } from "../../handover/on-home.tsx";
import { ringState } from "../../keys/held.ts";
import { NoticesOnHome } from "../../notices/on-home.tsx";
import { isAlarm, waitingNoticesOf } from "../../store/notices.ts";
import { unreadTotal } from "../../store/notes.ts";
import { findsOf, takerOf, things } from "../../store/things.ts";
import { IconButton, LinkButton } from "../../ui/button.tsx";
import { List } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { words } from "../../words/words.ts";
import { QueueLine } from "./queue-line.tsx";
import { ThingRow } from "./thing-row.tsx";

export function Mine() {
  const { mine, card } = words.value.home;
  const { made, confirmed } = ringState.value;
  const alarms = things.value.flatMap(waitingNoticesOf).filter(isAlarm).length;
  const finds = things.value.flatMap(findsOf).length;
  const takers = things.value.filter(takerOf).length;
  const news = unreadTotal.value + alarms + finds + takers + cameHere.value.length;
  return (
    <Page title={mine.title} actions={<IconButton icon="settings" label={mine.settings} href="/settings" />}>
      <div class="stack">
        <p class="soft">{mine.lead(things.value.length, news)}</p>
        <QueueLine />
        <HandoversOnHome />
        <NoticesOnHome />
        <List label={mine.list}>
          {things.value.map((thing) => (
            <ThingRow key={thing.id} thing={thing} />
          ))}
        </List>
        {made && !confirmed && (
          <Notice
            tone="wait"
            title={card.title}
            action={
              <LinkButton href="/card" icon="card">
                {card.go}
              </LinkButton>
            }
          >
            <p>{card.text}</p>
          </Notice>
        )}
      </div>
      <nav class="thumb-bar two" aria-label={mine.title}>
        <LinkButton href="/search" icon="search">
          {mine.search}
        </LinkButton>
        <LinkButton tone="primary" href="/add" icon="add">
          {mine.add}
        </LinkButton>
      </nav>
    </Page>
  );
}
