// One thread as the company works on it: the conversation, what may be done with it beside that, and who else is here.

import "./thread.css";
import { useEffect } from "preact/hooks";
import { PhotoSource } from "../../photo/gallery.tsx";
import { kindIcon } from "../../pages/notes/kinds.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/notice.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { all } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { isGone } from "../api/trouble.ts";
import type { ThreadDetail, ThreadItem } from "../api/views.ts";
import { useHeading } from "../frame.tsx";
import type { Ask } from "../inbox/bulk.tsx";
import { itemNamed, itemOf, nameOf } from "../inbox/list.ts";
import { standsOf } from "../inbox/row.tsx";
import { look as lookAt, presentAt, useLive, type ThreadRef } from "../live.ts";
import { me, mayAnswer } from "../session.ts";
import { Beside } from "./beside.tsx";
import { Composer } from "./composer.tsx";
import { look, opened, shut } from "./open.ts";
import { threadPhoto } from "./photos.ts";
import { Talk } from "./talk.tsx";

/** Who else is at this thread, said whenever it changes. */
function Presence({ thread }: { thread: ThreadRef }) {
  const w = deskWords.value.thread.presence;
  const others = presentAt(thread).filter(({ key }) => key !== me.value?.id);
  const names = (writing: boolean): string[] =>
    others.filter((one) => one.writing === writing).map(({ label }) => label);
  const [writing, here] = [names(true), names(false)];
  return (
    <p class="presence" role="status">
      {writing.length > 0 && (
        <span class="writing">
          <Icon name="edit" size={16} />
          {w.writing(all(writing), writing.length)}
        </span>
      )}
      {here.length > 0 && (
        <span>
          <Icon name="people" size={16} />
          {w.here(all(here), here.length)}
        </span>
      )}
    </p>
  );
}

type HeadProps = { readonly item: ThreadItem; readonly issue: ThreadDetail["knownIssue"] };

function Head({ item, issue, back, onAsk }: HeadProps & Pick<Props, "back" | "onAsk">) {
  const w = deskWords.value.thread;
  const { kinds, wants, issueStatus } = deskWords.value.common;
  const { note, product } = item;
  const stands = standsOf(item);
  const title = note.title ?? kinds[note.kind];
  const heading = useHeading(title, nameOf(item));
  return (
    <header class="thread-head">
      <div class="thread-title">
        <a class="icon-button up" href={back} aria-label={w.missing.back} title={w.missing.back}>
          <Icon name="back" />
        </a>
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {title}
        </h1>
        {note.title === null && (
          <span class={`kind ${note.kind}`}>
            <Icon name={kindIcon[note.kind]} size={20} />
          </span>
        )}
        <Mark tone={stands.tone}>{stands.text}</Mark>
      </div>
      <p class="thread-about">
        <bdi class="product">{product.name}</bdi>
        {note.title !== null && (
          <span class={`kind ${note.kind}`}>
            <Icon name={kindIcon[note.kind]} size={15} />
            {kinds[note.kind]}
          </span>
        )}
        {note.wants !== "nothing" && <span>{wants[note.wants]}</span>}
      </p>
      <div class="handling" role="group" aria-label={w.handling.label}>
        <Handle icon="people" isOn={item.assignee !== null} onClick={() => onAsk("assign")}>
          {item.assignee ? item.assignee.label : w.handling.assign}
        </Handle>
        <Handle icon="papers" isOn={item.labels.length > 0} onClick={() => onAsk("labels")}>
          {item.labels.length > 0 ? item.labels.join(", ") : w.handling.labels}
        </Handle>
        <Handle icon="link" isOn={issue !== null} onClick={() => onAsk("issue")}>
          {issue ? `${issue.title} · ${issueStatus[issue.status]}` : w.handling.issue}
        </Handle>
      </div>
    </header>
  );
}

type HandleProps = {
  readonly icon: "people" | "papers" | "link";
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly children: string;
};

/** What is set so far, and the way to change it; only to be read by whoever may not. */
const Handle = ({ icon, isOn, onClick, children }: HandleProps) =>
  mayAnswer.value ? (
    <Button tone={isOn ? "plain" : "quiet"} icon={icon} onClick={onClick}>
      <bdi>{children}</bdi>
    </Button>
  ) : isOn ? (
    <span class="handled">
      <Icon name={icon} size={18} />
      <bdi>{children}</bdi>
    </span>
  ) : null;

type Props = ThreadRef & { readonly back: string; readonly onAsk: (ask: Ask) => void };

const Missing = ({ back }: { back: string }) => {
  const w = deskWords.value.thread.missing;
  const heading = useHeading(w.title);
  return (
    <>
      <h1 class="unseen" ref={heading} tabIndex={-1}>
        {w.title}
      </h1>
      <Empty title={w.title} action={<LinkButton href={back}>{w.back}</LinkButton>}>
        {w.text}
      </Empty>
    </>
  );
};

export function ThreadPane({ twin, note, back, onAsk }: Props) {
  const w = deskWords.value.thread;
  const name = nameOf({ twin, note });
  const { name: shown, thread, problem } = opened.value;
  const here = shown === name ? thread : null;
  const item = here ? itemOf(here) : itemNamed(name);
  const isMissing = shown === name && here === null && problem !== null && isGone(problem);

  useEffect(() => {
    void look({ twin, note });
    lookAt({ twin, note });
    return () => {
      lookAt(null);
      shut();
    };
  }, [twin, note]);
  useLive((word) => {
    const isAbout = word.type === "threads.changed" && word.threads.some((one) => nameOf(one) === name);
    if (isAbout || word.type === "resumed") void look({ twin, note });
  });

  return (
    <section class="thread-pane" aria-label={w.label}>
      {isMissing ? (
        <Missing back={back} />
      ) : (
        <>
          {item ? (
            <Head item={item} issue={here?.knownIssue ?? null} back={back} onAsk={onAsk} />
          ) : (
            <h1 class="unseen">{w.loading}</h1>
          )}
          <Presence thread={{ twin, note }} />
          {problem && shown === name && <Failed problem={problem} again={() => void look({ twin, note })} />}
          {here === null && problem === null && <Loading label={w.loading} />}
          {here !== null && (
            <div class="thread-body">
              <Beside thread={here} />
              <div class="thread-talk">
                <PhotoSource.Provider value={loadPhoto}>
                  <Talk thread={here} />
                </PhotoSource.Provider>
                <Composer key={name} thread={here} name={name} />
              </div>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** Only one thread is open: its pictures are asked for under its name. */
const loadPhoto = (_twin: string, id: string): Promise<string | null> => {
  const { name } = opened.peek();
  return name === null ? Promise.resolve(null) : threadPhoto(name, id);
};
