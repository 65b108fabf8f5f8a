// The team: whose keys open this desk, links for those who come, and the log of what was done.

import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { List, Row, Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { ask } from "../api/ask.ts";
import { troubleWords } from "../api/trouble.ts";
import { useList } from "../api/use-ask.ts";
import type { TeamKey } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { keptAt } from "../kept.ts";
import { may, me, type Role } from "../session.ts";
import { Audit } from "./team/audit.tsx";
import { Making } from "./team/making.tsx";
import { Moving } from "./team/moving.tsx";
import { Shown, type Once } from "./team/shown.tsx";

type Link = {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly for: string | null;
  readonly expiresAt: string;
};

type KeysProps = {
  readonly keys: readonly TeamKey[];
  readonly onMove: (key: TeamKey) => void;
  readonly onRevoke: (key: TeamKey) => void;
};

function Keys({ keys, onMove, onRevoke }: KeysProps) {
  const w = deskWords.value.team;
  const { roles } = deskWords.value.common;
  return (
    <List label={w.keys}>
      {keys.map((key) => (
        <Row
          key={key.id}
          title={
            <>
              <bdi>{key.label}</bdi>
              {key.id === me.value?.id && ` (${w.you})`}
            </>
          }
          detail={
            <>
              {roles[key.role]}
              {" · "}
              {key.lastUsedAt === null ? (
                w.never
              ) : (
                <>
                  {w.used} <When at={key.lastUsedAt} />
                </>
              )}
            </>
          }
          end={
            <>
              <Button tone="quiet" aria-label={`${w.move}: ${key.label}`} onClick={() => onMove(key)}>
                {w.move}
              </Button>
              {key.id !== me.value?.id && (
                <Button tone="quiet" aria-label={`${w.revoke}: ${key.label}`} onClick={() => onRevoke(key)}>
                  {w.revoke}
                </Button>
              )}
            </>
          }
        />
      ))}
    </List>
  );
}

function Links({ links, onTaken }: { links: readonly Link[]; onTaken: (word: string) => void }) {
  const w = deskWords.value.team;
  const { roles } = deskWords.value.common;
  const takeBack = async ({ id }: Link): Promise<void> => {
    const answer = await ask(`/sign-in-links/${id}`, { method: "DELETE" });
    onTaken(answer.ok ? w.takenBack : troubleWords(answer.problem));
  };
  return (
    <Section title={w.pending}>
      <List label={w.pending}>
        {links.map((link) => (
          <Row
            key={link.id}
            title={<bdi>{link.label}</bdi>}
            detail={
              <>
                {roles[link.role]}
                {link.for !== null && ` · ${w.elsewhere}`} · {w.until} <When at={link.expiresAt} style="moment" />
              </>
            }
            end={
              <Button tone="quiet" aria-label={`${w.takeBack}: ${link.label}`} onClick={() => void takeBack(link)}>
                {w.takeBack}
              </Button>
            }
          />
        ))}
      </List>
    </Section>
  );
}

function Revoking({ teamKey, onDone }: { teamKey: TeamKey; onDone: () => void }) {
  const w = deskWords.value.team;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await ask(`/keys/${teamKey.id}`, { method: "DELETE" });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.problem.detail || troubleWords(answer.problem));
    toast(w.revoked);
    onDone();
  };
  return (
    <div class="stack">
      <p>{w.revokeText}</p>
      {trouble && (
        <Notice tone="bad" fresh>
          <p>{trouble}</p>
        </Notice>
      )}
      <div class="line">
        <Button tone="danger" busy={busy} onClick={() => void run()}>
          {w.revoke}
        </Button>
      </div>
    </div>
  );
}

function Admins() {
  const w = deskWords.value.team;
  const keys = useList<TeamKey>("/keys", 200);
  const links = useList<Link>("/sign-in-links", 200);
  const [making, setMaking] = useState<Once["what"] | null>(null);
  const [moving, setMoving] = useState<TeamKey | null>(null);
  const [revoking, setRevoking] = useState<TeamKey | null>(null);
  const shown = keptAt<{ once: Once | null }>("way in", { once: null });
  const { once } = shown.now;
  const fresh = (): void => {
    keys.again();
    links.again();
  };
  const show = (made: Once): void => {
    setMaking(null);
    setMoving(null);
    shown.put({ once: made });
    fresh();
  };
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      wide
      actions={
        <>
          <Button tone="primary" icon="add" onClick={() => setMaking("link")}>
            {w.invite}
          </Button>
          <Button onClick={() => setMaking("key")}>{w.program}</Button>
        </>
      }
    >
      {keys.problem && <Failed problem={keys.problem} again={keys.again} />}
      {keys.value === null && keys.busy && <Loading />}
      {keys.value && (
        <Section title={w.keys}>
          <Keys keys={keys.value} onMove={setMoving} onRevoke={setRevoking} />
        </Section>
      )}
      {links.value !== null && links.value.length > 0 && (
        <Links
          links={links.value}
          onTaken={(word) => {
            toast(word);
            links.again();
          }}
        />
      )}
      {keys.value && <Audit keys={keys.value} />}
      <Sheet title={making === "key" ? w.program : w.invite} open={making !== null} onClose={() => setMaking(null)}>
        {making && <Making key={making} what={making} onMade={show} />}
      </Sheet>
      <Sheet title={moving ? w.moveTitle(moving.label) : ""} open={moving !== null} onClose={() => setMoving(null)}>
        {moving && <Moving teamKey={moving} onMade={show} />}
      </Sheet>
      <Sheet
        title={revoking ? w.revokeTitle(revoking.label) : ""}
        open={revoking !== null}
        onClose={() => setRevoking(null)}
      >
        {revoking && (
          <Revoking
            teamKey={revoking}
            onDone={() => {
              setRevoking(null);
              fresh();
            }}
          />
        )}
      </Sheet>
      <Sheet title={once ? w[once.what] : ""} open={once !== null} onClose={shown.drop} holds>
        {once && <Shown once={once} onDone={shown.drop} />}
      </Sheet>
    </Frame>
  );
}

export default function Team() {
  const w = deskWords.value.team;
  return may("admin") ? (
    <Admins />
  ) : (
    <Frame title={w.title} lead={w.lead}>
      <Notice>
        <p>{deskWords.value.common.adminOnly}</p>
      </Notice>
    </Frame>
  );
}
