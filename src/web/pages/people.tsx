// Who can reach one thing, and what each may do: its owner lets people and programs in and cuts them off; who was invited can leave.

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Problem } from "../api/call.ts";
import { newestAnswer } from "../api/newest.ts";
import type { Channel } from "../api/views.ts";
import { channelsOf } from "../keys/channels.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { OfThing } from "./of-thing.tsx";
import { InvitePerson } from "./people/invite-person.tsx";
import { InviteRepairer } from "./people/invite-repairer.tsx";
import { LetProgramIn } from "./people/let-program-in.tsx";
import { Member } from "./people/member.tsx";
import { Reachers } from "./people/reachers.tsx";
import { UnderRecovery } from "./keys/under-recovery.tsx";
import "./keys/keys.css";

function Owner({ thing }: { thing: Thing }) {
  const { people } = words.value.keys;
  const [channels, setChannels] = useState<readonly Channel[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [adding, setAdding] = useState<"person" | "repairer" | "program" | null>(null);

  const newest = useMemo(newestAnswer, [thing.id]);
  const load = async (): Promise<void> => {
    const answer = await newest(() => channelsOf({ twin: thing.id, token: thing.token }));
    if (answer === null) return;
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setChannels(answer.value);
  };
  useEffect(() => void load(), [thing.id, thing.token]);
  const close = (): void => setAdding(null);
  return (
    <>
      <p class="lead">{people.lead}</p>
      <div class="line">
        <Button tone="primary" icon="people" onClick={() => setAdding("person")}>
          {people.addPerson}
        </Button>
        <Button icon="maintenance" onClick={() => setAdding("repairer")}>
          {words.value.record.repairer.add}
        </Button>
        <Button onClick={() => setAdding("program")}>{people.addProgram}</Button>
      </div>
      {problem && <Failed problem={problem} again={() => void load()} />}
      {channels ? <Reachers thing={thing} channels={channels} onChanged={load} /> : !problem && <Loading />}
      <p>
        <a href="/help/leaving-household">{words.value.help.topics["leaving-household"].title}</a>
      </p>
      {adding === "person" && <InvitePerson thing={thing} onMade={() => void load()} onClose={close} />}
      {adding === "repairer" && <InviteRepairer thing={thing} onMade={() => void load()} onClose={close} />}
      {adding === "program" && <LetProgramIn thing={thing} onMade={() => void load()} onClose={close} />}
    </>
  );
}

export default function People() {
  return (
    <OfThing>
      {(thing) => (
        <Page title={words.value.keys.people.title} eyebrow={thing.view.product.name} back={`/t/${thing.id}`}>
          <UnderRecovery thing={thing} />
          {mayIn(thing, "owner") ? <Owner thing={thing} /> : <Member thing={thing} />}
        </Page>
      )}
    </OfThing>
  );
}
