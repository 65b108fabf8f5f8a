// A company joins: its name and domain, the key it gets once, the file that proves the domain, and how many owners wait for it.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { call, newKey, type Problem } from "../../api/call.ts";
import { companyDomain, otherwiseSpelled } from "../../pages/add/company-domain.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { Card, Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { deskWords } from "../../words/desk/words.ts";
import { ask } from "../api/ask.ts";
import { useAsk } from "../api/use-ask.ts";
import { OpenFrame } from "../open-frame.tsx";
import { ServerSays, Trouble } from "../trouble.tsx";
import { may, me, meet, session, signIn, type Me } from "../session.ts";

type Joined = { readonly maker: string; readonly key: string; readonly inboundSecret: string };

async function fingerprintOf(key: string): Promise<string> {
  const secret = new TextEncoder().encode(key.slice(key.indexOf("~") + 1));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", secret));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Over how many objects a desk is spread, for as long as the company is here: some 10,000 threads to each are quickly found. */
const SHARDS = ["1", "8", "64"] as const;

/** What is shown only once outlives the change from the open page to the desk's. */
const shown = signal<Joined | null>(null);

function Form() {
  const w = deskWords.value.join;
  const [domain, setDomain] = useState("");
  const [name, setName] = useState("");
  const [shards, setShards] = useState<(typeof SHARDS)[number]>("8");
  const [key] = useState(newKey);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const go = async (): Promise<void> => {
    const found = companyDomain(domain);
    setWrong(found === null);
    setProblem(null);
    if (found === null) return;
    setBusy(true);
    const body = { domain: found, name: name.trim(), deskShards: Number(shards) };
    const answer = await call<Joined>("/v1/joinings", { method: "POST", key, body });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    shown.value = { ...answer.value, maker: body.domain };
    signIn({
      maker: body.domain,
      name: body.name,
      key: answer.value.key,
      role: "admin",
      label: "Admin",
      byLink: false,
    });
  };
  const spelled = otherwiseSpelled(domain);
  const faultAt = (path: string): string | null =>
    problem?.errors.find((error) => error.path === path)?.message ?? null;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <TextField
        label={w.domain}
        hint={w.domainHint}
        value={domain}
        onInput={(text) => {
          setWrong(false);
          setDomain(text);
        }}
        error={wrong || faultAt("domain") !== null ? w.domainWrong : null}
        inputMode="url"
        autocapitalize="off"
        spellcheck={false}
        required
      />
      <p class="small soft" role="status">
        {spelled && w.domainSpelled(spelled)}
      </p>
      <TextField
        label={w.name}
        value={name}
        onInput={setName}
        error={faultAt("name") ? w.nameWrong : null}
        autocomplete="organization"
        required
      />
      <Select
        label={w.expected}
        hint={w.expectedHint}
        value={shards}
        options={SHARDS.map((value) => ({ value, label: w.expectedNotes[value] }))}
        onChange={setShards}
      />
      {problem?.status === 409 ? (
        <Notice tone="bad" fresh>
          <p>{w.exists}</p>
        </Notice>
      ) : (
        <Trouble problem={problem?.errors.some(({ path }) => path === "domain" || path === "name") ? null : problem} />
      )}
      <Button type="submit" tone="primary" busy={busy}>
        {w.go}
      </Button>
    </form>
  );
}

const Keep = ({ joined }: { joined: Joined }) => {
  const w = deskWords.value.join.key;
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      <Card>
        <code dir="ltr">{joined.key}</code>
        <div class="line">
          <Copy text={joined.key} label={w.copy} />
        </div>
      </Card>
      <h3>{w.inbound}</h3>
      <p>{w.inboundText}</p>
      <Card>
        <code dir="ltr">{joined.inboundSecret}</code>
        <div class="line">
          <Copy text={joined.inboundSecret} label={w.copyInbound} />
        </div>
      </Card>
    </Section>
  );
};

/** The file that has to stand at the domain, with the fingerprint of the key that asks. */
function Proof({ maker, secret }: { maker: string; secret: string }) {
  const w = deskWords.value.join.proof;
  const [file, setFile] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void fingerprintOf(secret).then((print) => setFile(JSON.stringify({ maker, keys: [print] }, null, 2)));
  }, [maker, secret]);
  const check = async (): Promise<void> => {
    setBusy(true);
    const answer = await ask("/verification", { method: "POST" });
    const found = answer.ok ? await ask<Me>("/keys/current") : null;
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (found?.ok) meet(found.value);
  };
  return (
    <Section title={w.title}>
      {me.value?.verified ? (
        <Notice tone="good" fresh>
          <p>{w.done}</p>
        </Notice>
      ) : may("admin") ? (
        <>
          <p>{w.text}</p>
          <Card>
            <p class="small soft">{w.at}</p>
            <code dir="ltr">{`https://${maker}/.well-known/pico-twins.json`}</code>
            <p class="small soft">{w.file}</p>
            <pre dir="ltr" tabIndex={0}>
              {file}
            </pre>
            <div class="line">
              <Copy text={file} label={w.copy} />
              <Button
                icon="download"
                onClick={() => saveFile("pico-twins.json", new Blob([`${file}\n`], { type: "application/json" }))}
              >
                {w.save}
              </Button>
            </div>
          </Card>
          {problem?.code === "proof-missing" ? (
            <Notice tone="wait" fresh>
              <p>{w.missing}</p>
              <ServerSays problem={problem} />
            </Notice>
          ) : (
            <Trouble problem={problem} />
          )}
          <div class="line">
            <Button tone="primary" busy={busy} onClick={() => void check()}>
              {w.check}
            </Button>
            <span class="small soft">{w.operator}</span>
          </div>
        </>
      ) : (
        <p>{w.admin}</p>
      )}
    </Section>
  );
}

function Waiting() {
  const w = deskWords.value.join.waiting;
  const { value } = useAsk<{ owners: { from: number; to: number } }>("/waiting");
  return value === null ? null : (
    <Notice tone="news" title={w.title}>
      <p>{w.text(value.owners.from, value.owners.to)}</p>
    </Notice>
  );
}

export default function Join() {
  const w = deskWords.value.join;
  const who = session.value;
  return (
    <OpenFrame title={who ? w.here.title : w.title} lead={who ? w.here.lead : w.lead}>
      {who === null ? (
        <Form />
      ) : (
        <>
          <Waiting />
          {shown.value?.maker === who.maker && <Keep joined={shown.value} />}
          <Proof key={who.key} maker={who.maker} secret={who.key} />
          <Section title={w.next.title}>
            <div class="line">
              <LinkButton href="/desk/terms">{w.next.terms}</LinkButton>
              <LinkButton href="/desk">{w.next.inbox}</LinkButton>
            </div>
          </Section>
        </>
      )}
    </OpenFrame>
  );
}
