// What came of opening a card on this device, whichever way its secret came here.

import { useEffect } from "preact/hooks";
import type { Opened } from "../../keys/keyring.ts";
import type { Taken } from "../../keys/settling.ts";
import { things } from "../../store/things.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { failureWords } from "../../ui/failure-words.ts";
import { Notice } from "../../ui/notice.tsx";
import { say } from "../../ui/say.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";

export function Working({ done, of }: { done: number; of: number }) {
  const { open } = words.value.keys;
  return (
    <div class="stack-tight" role="status">
      <p class="lead">{open.working}</p>
      {of > 0 && (
        <>
          <progress class="steps" value={done} max={of} aria-label={open.working} />
          <p class="soft">{open.step(done, of)}</p>
        </>
      )}
    </div>
  );
}

function Added({ added, failed, closed }: Taken) {
  const { open } = words.value.keys;
  const text = things.value.length === 0 && failed + closed === 0 ? open.empty : open.opened(added);
  useEffect(() => say(text), [text]);
  return (
    <Notice
      tone={failed === 0 ? "good" : "wait"}
      title={open.openedTitle}
      action={
        <LinkButton tone="primary" href="/">
          {open.toThings}
        </LinkButton>
      }
    >
      <p>{text}</p>
      {failed > 0 && <p>{open.failed(failed)}</p>}
      {closed > 0 && <p>{open.closed(closed)}</p>}
    </Notice>
  );
}

export function OpenedView({ opened, again }: { opened: Opened; again?: () => void }) {
  const { common, keys } = words.value;
  const { open, help } = keys;
  const retry = again && <Button onClick={again}>{common.again}</Button>;
  switch (opened.kind) {
    case "opened":
      return <Added {...opened} />;
    case "nothing":
      return (
        <Notice tone="bad" title={open.nothing.title} fresh action={retry}>
          <p>{open.nothing.text}</p>
          <p>
            <a href="/help/lost-card">{help}</a>
          </p>
        </Notice>
      );
    case "old":
      return (
        <Notice tone="bad" title={open.old.title} fresh action={retry}>
          <p>{open.old.text(day(opened.since))}</p>
        </Notice>
      );
    case "another":
      return (
        <Notice
          tone="bad"
          title={open.another.title}
          fresh
          action={<LinkButton href="/devices">{open.another.devices}</LinkButton>}
        >
          <p>{open.another.text}</p>
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="bad" title={open.failedTitle} fresh action={retry}>
          <p>{opened.problem ? failureWords(opened.problem) : common.failures.unavailable}</p>
        </Notice>
      );
  }
}
