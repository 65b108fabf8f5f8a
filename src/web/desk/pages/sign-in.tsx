// Signing in: with a key, or by a link that works once. Either is out of the address before this page is loaded.

import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { call, type Problem } from "../../api/call.ts";
import { useFragment } from "../../keys/fragment.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { failureWords } from "../../ui/failure-words.ts";
import { Notice } from "../../ui/notice.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { beginLink, endLink, linkBegun } from "../link-begun.ts";
import { OpenFrame } from "../open-frame.tsx";
import { meet, session, signIn, wasCutOff, type Me, type Role } from "../session.ts";
import { isWanted, takeWanted } from "../wanted.ts";

const SHAPE = /^([a-z0-9.-]+)~[\w-]{43}$/i;
const makerOf = (secret: string): string | null => SHAPE.exec(secret.trim())?.[1]?.toLowerCase() ?? null;

/** Whether the link itself was refused; anything else may go well another time. */
const isOver = ({ status }: Problem): boolean => status !== 0 && status < 500 && status !== 429;

function ByLink({ link, onOther }: { link: string; onOther: () => void }) {
  const w = deskWords.value.signIn.link;
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    const { key } = beginLink(link);
    const answer = await call<{ maker: string; name: string; role: Role; key: string; label?: string }>(
      "/v1/sign-ins",
      {
        method: "POST",
        key,
        body: { link },
      },
    );
    if (!answer.ok) {
      setBusy(false);
      if (isOver(answer.problem)) endLink();
      return setProblem(answer.problem);
    }
    endLink();
    const { maker, name, role, key: secret, label } = answer.value;
    signIn({ maker, name, role, key: secret, label: label ?? maker, byLink: true });
    route(takeWanted(), true);
  };
  const over = problem !== null && isOver(problem);
  return (
    <>
      {problem && (
        <Notice tone="bad" fresh>
          <p>{over ? w.refused : failureWords(problem)}</p>
        </Notice>
      )}
      <div class="line">
        {!over && (
          <Button tone="primary" busy={busy} onClick={() => void go()}>
            {w.go}
          </Button>
        )}
        <Button tone={over ? "primary" : "quiet"} onClick={onOther}>
          {w.other}
        </Button>
      </div>
    </>
  );
}

function ByKey() {
  const w = deskWords.value.signIn;
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const go = async (): Promise<void> => {
    const maker = makerOf(key);
    if (maker === null) return setFault(w.notAKey);
    setBusy(true);
    const token = key.trim();
    const answer = await call<Me>(`/v1/makers/${maker}/keys/current`, { token });
    setBusy(false);
    if (!answer.ok) {
      const isRefused = answer.problem.status === 401 || answer.problem.status === 404;
      return setFault(isRefused ? w.refused : failureWords(answer.problem));
    }
    const { name, role, label } = answer.value;
    signIn({ maker, name, role, label, key: token, byLink: false });
    meet(answer.value);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {wasCutOff.value && (
        <Notice tone="wait">
          <p>{w.cutOff}</p>
        </Notice>
      )}
      <TextField
        label={w.key}
        hint={w.keyHint}
        error={fault}
        type="password"
        value={key}
        autocomplete="current-password"
        autocapitalize="off"
        spellcheck={false}
        required
        onInput={(value) => {
          setFault(null);
          setKey(value);
        }}
      />
      <p class="small soft">{w.kept}</p>
      <Button type="submit" tone="primary" busy={busy}>
        {w.go}
      </Button>
    </form>
  );
}

export default function SignIn() {
  const w = deskWords.value.signIn;
  // One whose answer never came is shown again: the address has it no more.
  const [link, setLink] = useState<string | null>(() => linkBegun()?.link ?? null);
  useFragment(setLink);
  // Signed in here or in another tab, whoever waited at this door goes on; who came in order to be somebody else stays.
  const { route } = useLocation();
  const cameOut = useRef(session.peek() === null);
  const isIn = session.value !== null;
  useEffect(() => {
    if (isIn && link === null && (cameOut.current || isWanted())) route(takeWanted(), true);
  }, [isIn, link]);
  const maker = link === null ? null : makerOf(link);
  return (
    <OpenFrame title={link === null ? w.title : w.link.title(maker ?? "…")} lead={link === null ? w.lead : w.link.lead}>
      {link === null ? (
        <>
          <ByKey />
          <p class="line">
            {w.join}
            <LinkButton tone="quiet" href="/desk/join">
              {w.joinGo}
            </LinkButton>
          </p>
        </>
      ) : (
        <ByLink
          key={link}
          link={link}
          onOther={() => {
            endLink();
            setLink(null);
          }}
        />
      )}
    </OpenFrame>
  );
}
