// A notice as its owners read it: with the words and the look of their own app.

import type { ToldNotice } from "../../../api/views.ts";
import { NoticeWords } from "../../../notices/told.tsx";
import type { SentNotice } from "../../api/views.ts";
import { session } from "../../session.ts";

type Props = {
  readonly notice: Pick<SentNotice, "kind" | "title" | "text" | "url" | "withdrawn"> & { readonly at?: string };
  readonly level?: 2 | 3;
};

export function Reading({ notice, level = 3 }: Props) {
  const { kind, title, text, url, withdrawn, at = new Date().toISOString() } = notice;
  const { maker = "", name = "" } = session.value ?? {};
  // Only the server gives it its id, which nobody reads.
  const told = { id: "" as ToldNotice["id"], kind, title, text, url, at, withdrawn, maker: { id: maker, name } };
  return <NoticeWords notice={told as ToldNotice} level={level} />;
}
