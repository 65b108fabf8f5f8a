// On any page of a thing: a buyer asks now whether its seller holds its history.

import type { Thing } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { askedOf, settle } from "./asked.ts";

export function AskedNotice({ thing }: { thing: Thing }) {
  const w = words.value.showOut.answer;
  const asked = askedOf(thing.id);
  if (asked === null) return null;
  return (
    <Notice
      tone="news"
      title={w.arrived}
      action={
        <>
          <LinkButton tone="primary" href={`/t/${thing.id}/show`}>
            {w.there}
          </LinkButton>
          <Button tone="quiet" onClick={() => settle(asked)}>
            {w.later}
          </Button>
        </>
      }
    >
      {w.notice}
    </Notice>
  );
}
