// The company's notices, newest first, and the way to a new one.

import "./notices.css";
import { useLocation } from "preact-iso";
import { Button, LinkButton } from "../../ui/button.tsx";
import { List, Row } from "../../ui/layout.tsx";
import { Mark, Notice } from "../../ui/notice.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import type { SentNotice } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { useLive } from "../live.ts";
import { may } from "../session.ts";
import { Compose } from "./notices/compose.tsx";

function Line({ notice }: { notice: SentNotice }) {
  const w = deskWords.value.notices;
  const { id, kind, title, gtin, serials, at, withdrawn, finished } = notice;
  return (
    <Row
      href={`/desk/notices/${id}`}
      title={<bdi>{title}</bdi>}
      detail={
        <>
          {w.kinds[kind]} · {gtin ?? w.everyProduct}
          {serials !== null && ` · ${w.serialCount(serials)}`}
          {" · "}
          <When at={at} />
        </>
      }
      mark={
        withdrawn !== null ? (
          <Mark tone="bad">{w.withdrawn}</Mark>
        ) : (
          <Mark tone={finished ? "good" : "wait"}>{finished ? w.finished : w.underWay}</Mark>
        )
      }
    />
  );
}

function Sent() {
  const w = deskWords.value.notices;
  const { common } = deskWords.value;
  const { value, problem, busy, again, more } = useList<SentNotice>("/notices");
  useLive(({ type }) => (type === "notices.changed" || type === "resumed") && again());
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        may("admin") && (
          <LinkButton tone="primary" icon="add" href="/desk/notices?new=1">
            {w.add}
          </LinkButton>
        )
      }
    >
      {!may("admin") && (
        <Notice>
          <p>{w.adminOnly}</p>
        </Notice>
      )}
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <Empty title={w.empty}>{w.emptyText}</Empty>}
      {value !== null && value.length > 0 && (
        <List label={w.list}>
          {value.map((notice) => (
            <Line key={notice.id} notice={notice} />
          ))}
        </List>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
    </Frame>
  );
}

export default function Notices() {
  const { query } = useLocation();
  return query["new"] !== undefined && may("admin") ? <Compose /> : <Sent />;
}
