// Taking an invitation to somebody else's thing. The token comes in the fragment, stays in this page's memory, and is kept only after a yes.

import { useEffect, useState } from "preact/hooks";
import { tokenParts } from "../../domain/ids.ts";
import { call, type Problem } from "../api/call.ts";
import type { Channel, Twin } from "../api/views.ts";
import { type Access, ownChannel } from "../keys/channels.ts";
import { useFragment } from "../keys/fragment.ts";
import { keepGiven } from "../keys/keyring.ts";
import { faceOf, things } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Card } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say } from "../ui/say.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { Rights } from "./people/member.tsx";
import "./keys/keys.css";

type Seen = { readonly view: Twin; readonly channel: Channel };
type State =
  | { readonly at: "none" }
  | { readonly at: "looking" }
  | { readonly at: "seen"; readonly seen: Seen }
  | { readonly at: "joined"; readonly name: string; readonly twin: string }
  | { readonly at: "failed"; readonly problem: Problem };

const accessOf = (fragment: string): Access | null => {
  const parts = tokenParts(fragment);
  return parts && { twin: parts.name, token: fragment };
};

async function look({ twin, token }: Access): Promise<State> {
  const path = `/v1/twins/${encodeURIComponent(twin)}`;
  const [view, channel] = await Promise.all([call<Twin>(path, { token }), ownChannel({ twin, token })]);
  if (!view.ok) return { at: "failed", problem: view.problem };
  if (!channel.ok) return { at: "failed", problem: channel.problem };
  return { at: "seen", seen: { view: view.value, channel: channel.value } };
}

export default function Join() {
  const { join } = words.value.keys;
  const [access, setAccess] = useState<Access | null>(null);
  const [state, setState] = useState<State>({ at: "none" });
  const [busy, setBusy] = useState(false);

  useFragment((fragment) => setAccess(accessOf(fragment)));
  const ask = async (of: Access): Promise<void> => {
    setState({ at: "looking" });
    setState(await look(of));
  };
  useEffect(() => {
    if (access) void ask(access);
  }, [access]);

  const accept = async ({ view }: Seen): Promise<void> => {
    if (!access) return;
    setBusy(true);
    const kept = await keepGiven(access);
    setBusy(false);
    if (!kept.ok) {
      setState({ at: "failed", problem: kept.problem });
      return;
    }
    setAccess(null);
    setState({ at: "joined", name: view.product.name, twin: view.id });
    say(join.joined(view.product.name));
  };
  const here = access !== null && things.value.some(({ id, ended }) => id === access.twin && ended === null);

  return (
    <Page title={join.title} back="/">
      {state.at === "none" && (
        <Empty title={join.none.title} action={<LinkButton href="/">{words.value.common.home}</LinkButton>}>
          {join.none.text}
        </Empty>
      )}
      {state.at === "looking" && <Loading label={join.looking} />}
      {state.at === "failed" &&
        (state.problem.status === 401 ? (
          <Notice tone="bad" title={join.closed.title} fresh>
            <p>{join.closed.text}</p>
          </Notice>
        ) : (
          <Failed problem={state.problem} again={() => access && void ask(access)} />
        ))}
      {state.at === "seen" && (
        <Card>
          <div class="line">
            <Emblem id={faceOf(state.seen.view.id, state.seen.view)} size={64} />
            <p class="lead">{join.lead(state.seen.view.product.name)}</p>
          </div>
          {here ? (
            <Notice action={<LinkButton href={`/t/${state.seen.view.id}`}>{join.toIt}</LinkButton>}>
              <p>{join.already(state.seen.view.product.name)}</p>
            </Notice>
          ) : (
            <>
              <h2>{join.you}</h2>
              <Rights scopes={state.seen.channel.scopes} />
              <p class="soft">{state.seen.channel.scopes.includes("owner") ? join.owners : join.owner}</p>
              <div class="line">
                <Button tone="primary" busy={busy} onClick={() => void accept(state.seen)}>
                  {join.go}
                </Button>
                <a href="/help/who-can-read">{words.value.help.topics["who-can-read"].title}</a>
              </div>
            </>
          )}
        </Card>
      )}
      {state.at === "joined" && (
        <Notice
          tone="good"
          title={join.joined(state.name)}
          action={
            <LinkButton tone="primary" href={`/t/${state.twin}`}>
              {join.toIt}
            </LinkButton>
          }
        >
          <p>{join.owner}</p>
        </Notice>
      )}
    </Page>
  );
}
