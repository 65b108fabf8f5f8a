// Who is signed in here, in which language, and the way out.

import { useState } from "preact/hooks";
import type { Problem } from "../api/call.ts";
import { Button } from "../ui/button.tsx";
import { Choices, TextField } from "../ui/field.tsx";
import { failureWords } from "../ui/failure-words.ts";
import { Facts } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { deskWords, speakDesk } from "../words/desk/words.ts";
import { keepLanguage, language, type Language } from "../words/language.ts";
import { ask } from "./api/ask.ts";
import { useAsking } from "./api/use-asking.ts";
import { forget, meet, session, signature, type Me } from "./session.ts";
import { Trouble } from "./trouble.tsx";

const NAME_CHARACTERS = 120;
const NAMES: { readonly [tag in Language]: string } = { en: "English", de: "Deutsch" };

async function speakFromNow(tag: Language): Promise<void> {
  await speakDesk(tag);
  keepLanguage(tag);
}

function Name() {
  const w = deskWords.value.shell.account;
  const [name, setName] = useState(signature.value ?? "");
  const { busy, problem, run } = useAsking();
  const save = async (): Promise<void> => {
    const answer = await run<Me>("/keys/current", { method: "PATCH", body: { label: name.trim() } });
    if (!answer) return;
    meet(answer.value);
    toast(w.youSaved);
  };
  return (
    <form
      class="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={w.you}
        hint={signature.value === null ? `${w.youHint} ${w.youNone}` : w.youHint}
        value={name}
        onInput={setName}
        required
        maxLength={NAME_CHARACTERS}
        autocomplete="name"
      />
      <Trouble problem={problem} />
      <div class="line">
        <Button type="submit" busy={busy}>
          {w.saveYou}
        </Button>
      </div>
    </form>
  );
}

export function Account({ open, onClose }: { open: boolean; onClose: () => void }) {
  const w = deskWords.value.shell.account;
  const who = session.value;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!who) return null;

  const signOut = async (): Promise<void> => {
    if (!who.byLink) return forget();
    setBusy(true);
    const answer = await ask("/keys/current", { method: "DELETE" });
    setBusy(false);
    if (answer.ok) forget();
    else setProblem(answer.problem);
  };
  return (
    <Sheet title={w.title} open={open} onClose={onClose}>
      <Facts
        items={[
          [w.company, <bdi key="company">{`${who.name} (${who.maker})`}</bdi>],
          [w.role, deskWords.value.common.roles[who.role]],
        ]}
      />
      {open && <Name />}
      <Choices
        legend={w.language}
        options={(["en", "de"] as const).map((tag) => ({ value: tag, label: NAMES[tag] }))}
        value={language.value}
        onChange={(tag) => void speakFromNow(tag)}
      />
      {problem ? (
        <Notice
          tone="wait"
          fresh
          action={
            <Button tone="danger" onClick={() => forget()}>
              {w.takeOff}
            </Button>
          }
        >
          <p>{problem.status === 409 ? w.lastAdmin : failureWords(problem)}</p>
        </Notice>
      ) : (
        <div class="stack-tight">
          <p class="small soft">{who.byLink ? w.signOutEnds : w.signOutKeeps}</p>
          <Button icon="leave" busy={busy} onClick={() => void signOut()}>
            {w.signOut}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
