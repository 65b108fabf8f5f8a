// A known issue as its owners read it, under their note.

import { IssueUnderNote } from "../../../notices/issue-words.tsx";
import { WordsOf } from "../../../pages/notes/words-of.tsx";
import type { KnownIssue } from "../../api/views.ts";
import { session } from "../../session.ts";

/** What owners read of it. */
export type Said = Pick<KnownIssue, "title" | "status" | "fixedIn" | "text">;

export const Reading = ({ said }: { said: Said }) => (
  <IssueUnderNote issue={said} company={session.value?.name ?? ""}>
    {said.text !== null && <WordsOf text={said.text} />}
  </IssueUnderNote>
);
