// A person's devices, across all their things: which there are, when each was last used, and cutting one off.

import { useEffect, useState } from "preact/hooks";
import { channelsOf, revokeChannel } from "../keys/channels.ts";
import { held } from "../keys/held.ts";
import { cutOff, dropDevice, refreshRing, ringState } from "../keys/keyring.ts";
import { type Reaching, whoReaches } from "../keys/reaching.ts";
import { usedWords } from "../keys/used.ts";
import { handed } from "../store/mirror.ts";
import { things } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Card, List, Row, Section } from "../ui/layout.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say } from "../ui/say.tsx";
import { Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { Forget } from "./devices/forget.tsx";
import { Rename } from "./devices/rename.tsx";
import { CutOff } from "./keys/cut-off.tsx";
import "./keys/keys.css";

type Done = { readonly one: Reaching; readonly left: readonly string[] };
type Known = { readonly all: readonly Reaching[]; readonly notAsked: readonly string[] };

const owned = () => things.peek().filter(({ scopes, ended }) => scopes.includes("owner") && ended === null);
const nameOf = (twin: string): string => things.peek().find(({ id }) => id === twin)?.view.product.name ?? twin;
const tokenOf = (twin: string): string => things.peek().find(({ id }) => id === twin)?.token ?? "";

async function askAll(): Promise<Known> {
  const asked = await Promise.all(
    owned().map(async ({ id: twin, token }) => ({ twin, answer: await channelsOf({ twin, token }) })),
  );
  const names = new Set(held.peek()?.ring.devices.map(({ name }) => name));
  const own = held.peek()?.device.name ?? null;
  return {
    all: whoReaches(
      asked.flatMap(({ twin, answer }) => (answer.ok ? [{ twin, channels: answer.value }] : [])),
      names,
      own,
    ),
    notAsked: asked.flatMap(({ twin, answer }) => (answer.ok ? [] : [nameOf(twin)])),
  };
}

/** Takes every channel of a device back, and the device out of the ring. Answers the things that it still reaches. */
async function cut({ name, channels }: Reaching): Promise<string[]> {
  const answers = await Promise.all(
    channels.map(async ({ twin, channel }) => ({
      twin,
      answer: await revokeChannel({ twin, token: tokenOf(twin) }, channel),
    })),
  );
  const device = held.peek()?.ring.devices.find((one) => one.name === name);
  if (device) await dropDevice(device.id);
  return answers.flatMap(({ twin, answer }) => (answer.ok || answer.problem.status === 404 ? [] : [nameOf(twin)]));
}

export default function Devices() {
  const { devices } = words.value.keys;
  const [known, setKnown] = useState<Known | null>(null);
  const [asking, setAsking] = useState<Reaching | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { made, confirmed } = ringState.value;
  const given = things.value.filter(({ scopes, ended }) => !scopes.includes("owner") && ended === null).length;

  const load = async (): Promise<void> => setKnown(await askAll());
  useEffect(() => {
    // Who was added meanwhile must not look like a stranger.
    void refreshRing().then(load);
  }, []);

  const detail = ({ channels, lastUsedAt }: Reaching): string =>
    channels.length === 0 ? devices.inRing : `${devices.opens(channels.length)}, ${usedWords(lastUsedAt)}`;
  const own = known?.all.find(({ kind }) => kind === "this");
  const others = known?.all.filter(({ kind }) => kind === "device" || kind === "stranger") ?? [];
  const card = known?.all.find(({ kind }) => kind === "card");

  return (
    <Page title={devices.title} back="/settings">
      <p class="lead">{devices.lead}</p>
      {cutOff.value && (
        <Notice
          tone="bad"
          title={devices.wasCutOff.title}
          action={<LinkButton href="/open">{devices.wasCutOff.open}</LinkButton>}
        >
          <p>{devices.wasCutOff.text}</p>
        </Notice>
      )}
      {done && (
        <Notice
          tone={done.left.length === 0 ? "good" : "bad"}
          fresh
          title={done.left.length === 0 ? devices.offDone(done.one.name) : undefined}
          action={done.one.kind === "device" && <LinkButton href="/card">{devices.newCard}</LinkButton>}
        >
          <p>{done.left.length > 0 ? devices.offFailed(done.left) : devices.offText}</p>
          {done.one.kind === "device" && <p>{devices.offCard}</p>}
        </Notice>
      )}
      {made && (
        <Section title={devices.this}>
          <Card>
            <Rename />
            {own && <p class="soft">{detail(own)}</p>}
            {given > 0 && <p class="soft">{devices.given(given)}</p>}
          </Card>
        </Section>
      )}
      <Section
        title={devices.others}
        action={
          made && (
            <LinkButton icon="add" href="/pair">
              {devices.add}
            </LinkButton>
          )
        }
      >
        {known === null ? (
          <Loading />
        ) : others.length === 0 ? (
          <p class="soft">{devices.none}</p>
        ) : (
          <List label={devices.others}>
            {others.map((one) => (
              <Row
                key={`${one.kind} ${one.name}`}
                title={one.name}
                detail={one.kind === "stranger" ? `${detail(one)}. ${devices.strangerText}` : detail(one)}
                mark={one.kind === "stranger" && <Mark tone="wait">{devices.stranger}</Mark>}
                end={
                  <Button onClick={() => setAsking(one)} aria-label={devices.offTitle(one.name)}>
                    {devices.off}
                  </Button>
                }
              />
            ))}
          </List>
        )}
        {known !== null && known.notAsked.length > 0 && (
          <Notice tone="wait" action={<Button onClick={() => void load()}>{words.value.common.again}</Button>}>
            <p>{devices.notAsked(known.notAsked)}</p>
          </Notice>
        )}
        <p>
          <a href="/help/lost-phone">{words.value.help.topics["lost-phone"].title}</a>
        </p>
      </Section>
      {made && (
        <List>
          <Row
            href="/card"
            title={devices.card}
            detail={card && usedWords(card.lastUsedAt)}
            mark={<Mark tone={confirmed ? "good" : "wait"}>{confirmed ? devices.cardSet : devices.cardNot}</Mark>}
          />
        </List>
      )}
      {(made || things.value.length > 0 || handed.value.length > 0) && <Forget />}
      {asking && (
        <CutOff
          title={devices.offTitle(asking.name)}
          action={devices.off}
          onClose={() => setAsking(null)}
          onDone={async () => {
            const left = await cut(asking);
            setAsking(null);
            setDone({ one: asking, left });
            say(left.length === 0 ? devices.offDone(asking.name) : devices.offFailed(left));
            await load();
          }}
        >
          <p>{devices.offText}</p>
          {asking.kind === "device" && <p>{devices.offCard}</p>}
        </CutOff>
      )}
    </Page>
  );
}
