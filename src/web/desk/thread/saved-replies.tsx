// The saved replies to begin an answer with. What is picked is not sent as it is.

import { Button, LinkButton } from "../../ui/button.tsx";
import { Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import type { SavedReply } from "../api/views.ts";
import { Starting } from "../starting.tsx";

export function SavedReplies({ onPick }: { onPick: (reply: SavedReply) => void }) {
  const w = deskWords.value.thread.reply;
  const { value, problem, busy, again, more } = useList<SavedReply>("/saved-replies");
  return (
    <Starting ready={value !== null || problem !== null}>
      <p class="small soft">{w.edit}</p>
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && (
        <p class="line">
          {w.noSaved}
          <LinkButton tone="quiet" href="/desk/replies">
            {w.makeSaved}
          </LinkButton>
        </p>
      )}
      <ul class="picks">
        {value?.map((reply) => (
          <li key={reply.id}>
            <button type="button" onClick={() => onPick(reply)}>
              <span>
                <strong>
                  <bdi>{reply.title}</bdi>
                </strong>
                <span class="two-lines soft small">{reply.text}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <Button busy={busy} onClick={more}>
          {deskWords.value.common.more}
        </Button>
      )}
    </Starting>
  );
}
