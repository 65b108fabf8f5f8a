// What somebody who was invited sees of it: their rights, who can end them, and the way out.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { leave } from "../../keys/channels.ts";
import { dropTwin } from "../../keys/keyring.ts";
import { rightsOf } from "../../keys/rights.ts";
import type { Problem } from "../../api/call.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { CutOff } from "../keys/cut-off.tsx";

export const Rights = ({ scopes }: { scopes: readonly string[] }) => {
  const rights = rightsOf(scopes, true);
  return rights.length === 0 ? (
    <p>{words.value.keys.people.nothing}</p>
  ) : (
    <ul class="rights">
      {rights.map((right) => (
        <li key={right}>{right}</li>
      ))}
    </ul>
  );
};

export function Member({ thing }: { thing: Thing }) {
  const { member } = words.value.keys.people;
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { name } = thing.view.product;

  const go = async (): Promise<void> => {
    const left = await leave({ twin: thing.id, token: thing.token });
    setAsking(false);
    // Already cut off is as good as left.
    if (!left.ok && left.problem.status !== 401) {
      setProblem(left.problem);
      return;
    }
    route("/", true);
    await dropTwin(thing.id);
    toast(member.left(name));
  };
  return (
    <>
      <Card>
        <h2>{member.title}</h2>
        <Rights scopes={thing.scopes} />
        <p class="soft">{member.text}</p>
        {problem && <Failed problem={problem} />}
        <div class="line">
          <Button tone="danger" icon="leave" onClick={() => setAsking(true)}>
            {member.leave}
          </Button>
          <a href="/help/leaving-household">{words.value.keys.help}</a>
        </div>
      </Card>
      {asking && (
        <CutOff title={member.ask} action={member.leave} onClose={() => setAsking(false)} onDone={go}>
          <p>{member.askText}</p>
        </CutOff>
      )}
    </>
  );
}
