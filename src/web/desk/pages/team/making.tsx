// A new way in: a link for a person, or a key for a program.

import { Button } from "../../../ui/button.tsx";
import { Choices, TextField } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import { Discard } from "../../discard.tsx";
import { keptAt } from "../../kept.ts";
import type { Role } from "../../session.ts";
import { Trouble } from "../../trouble.tsx";
import { Lasting, type Hours } from "./lasting.tsx";
import type { Once } from "./shown.tsx";

const ROLES = ["agent", "reader", "admin"] as const satisfies readonly Role[];

export function Making({ what, onMade }: { what: Once["what"]; onMade: (once: Once) => void }) {
  const w = deskWords.value.team;
  const { roles } = deskWords.value.common;
  const kept = keptAt(`new ${what}`, { label: "", role: "agent" as Role, hours: "48" as Hours });
  const { label, role, hours } = kept.now;
  const { busy, problem, run } = useAsking();

  const make = async (): Promise<void> => {
    const draft = { label: label.trim(), role };
    const answer = await run<{ url?: string; key?: string }>(what === "link" ? "/sign-in-links" : "/keys", {
      method: "POST",
      body: what === "link" ? { ...draft, hours: Number(hours) } : draft,
    });
    if (!answer) return;
    kept.drop();
    onMade({ what, text: answer.value.url ?? answer.value.key ?? "" });
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <p>{what === "link" ? w.inviteLead : w.programLead}</p>
      <TextField
        label={w.label}
        hint={w.labelHint}
        value={label}
        onInput={(now) => kept.put({ label: now })}
        required
        maxLength={120}
      />
      <Choices
        legend={w.role}
        layout="rows"
        value={role}
        onChange={(now) => kept.put({ role: now })}
        options={ROLES.map((value) => ({ value, label: roles[value], hint: w.roleHints[value] }))}
      />
      {what === "link" && <Lasting value={hours} onChange={(now) => kept.put({ hours: now })} />}
      <Trouble problem={problem} />
      <div class="line">
        <Button type="submit" tone="primary" busy={busy}>
          {what === "link" ? w.makeLink : w.makeKey}
        </Button>
        <Discard kept={kept} />
      </div>
    </form>
  );
}
