// A colleague's way to another device: a link that signs them in there as who they are, and out of where they are now.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { TeamKey } from "../../api/views.ts";
import { me } from "../../session.ts";
import { Trouble } from "../../trouble.tsx";
import { Lasting, type Hours } from "./lasting.tsx";
import type { Once } from "./shown.tsx";

type Props = { readonly teamKey: TeamKey; readonly onMade: (once: Once) => void };

export function Moving({ teamKey, onMade }: Props) {
  const w = deskWords.value.team;
  const [hours, setHours] = useState<Hours>("48");
  const { busy, problem, run } = useAsking();

  const make = async (): Promise<void> => {
    const body = { for: teamKey.id, hours: Number(hours) };
    const answer = await run<{ url: string }>("/sign-in-links", { method: "POST", body });
    if (answer) onMade({ what: "link", text: answer.value.url });
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      {teamKey.id === me.value?.id ? (
        <>
          <p>{w.moveMe}</p>
          <p>{w.moveMeEnds}</p>
        </>
      ) : (
        <>
          <p>{w.moveText(teamKey.label)}</p>
          <p>{w.moveEnds}</p>
        </>
      )}
      <Lasting value={hours} onChange={setHours} />
      <Trouble problem={problem} />
      <div class="line">
        <Button type="submit" tone="primary" busy={busy}>
          {w.makeLink}
        </Button>
      </div>
    </form>
  );
}
