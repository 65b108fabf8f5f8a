// Everyone and everything that can reach a thing, as its owner sees them.

import { useState } from "preact/hooks";
import type { Channel } from "../../api/views.ts";
import { CARD_LABEL, revokeChannel } from "../../keys/channels.ts";
import { unmadeCard } from "../../keys/held.ts";
import { rightsOf } from "../../keys/rights.ts";
import { usedWords } from "../../keys/used.ts";
import type { Problem } from "../../api/call.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { List, Row } from "../../ui/layout.tsx";
import { Mark } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { CutOff } from "../keys/cut-off.tsx";

const isCard = ({ label, scopes }: Channel): boolean => label === CARD_LABEL && scopes.includes("owner");

function detailOf({ id, scopes, expiresAt, lastUsedAt }: Channel, thing: Thing): string {
  const { people } = words.value.keys;
  if (id === unmadeCard(thing.id)) return people.cardUnmade;
  const rights = rightsOf(scopes);
  return [
    rights.length === 0 ? people.nothing : people.may(rights),
    usedWords(lastUsedAt),
    ...(expiresAt === null ? [] : [people.expires(day(expiresAt))]),
  ].join(" · ");
}

type Props = { readonly thing: Thing; readonly channels: readonly Channel[]; readonly onChanged: () => Promise<void> };

export function Reachers({ thing, channels, onChanged }: Props) {
  const { people, devices } = words.value.keys;
  const [asking, setAsking] = useState<Channel | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const cut = async ({ id, label }: Channel): Promise<void> => {
    const revoked = await revokeChannel({ twin: thing.id, token: thing.token }, id);
    setAsking(null);
    setProblem(revoked.ok ? null : revoked.problem);
    if (revoked.ok) toast(people.offDone(label));
    await onChanged();
  };
  return (
    <>
      {problem && <Failed problem={problem} />}
      <List label={people.list}>
        {channels.map((channel) => (
          <Row
            key={channel.id}
            href={isCard(channel) ? "/card" : undefined}
            title={<bdi>{isCard(channel) ? devices.card : channel.label}</bdi>}
            detail={detailOf(channel, thing)}
            mark={channel.current && <Mark tone="good">{people.you}</Mark>}
            end={
              !channel.current &&
              !isCard(channel) && (
                <Button onClick={() => setAsking(channel)} aria-label={people.offTitle(channel.label)}>
                  {people.off}
                </Button>
              )
            }
          />
        ))}
      </List>
      {asking && (
        <CutOff
          title={people.offTitle(asking.label)}
          action={people.off}
          onClose={() => setAsking(null)}
          onDone={() => cut(asking)}
        >
          <p>{asking.scopes.includes("owner") ? devices.offText : people.offText}</p>
          {asking.scopes.includes("owner") && (
            <p>
              <a href="/devices">{devices.title}</a>
            </p>
          )}
        </CutOff>
      )}
    </>
  );
}
