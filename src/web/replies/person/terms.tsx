// The owner's terms, before anything else: what they mean, who says yes or no to them, and the signature that does.

import { useRef, useState } from "preact/hooks";
import { OFFLINE, type Problem } from "../../api/call.ts";
import type { OpenedLink } from "../../../domain/reply-link.ts";
import type { RosterCode } from "../../../domain/terms/roster.ts";
import { sha256Hex } from "../../../domain/terms/seal.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { askProffer, decide } from "./calls.ts";
import { isAsShown, recordBytesOf, signDecision } from "./decision.ts";
import { endAfter, type End } from "./ended.tsx";
import { keepRecord, keyFor } from "./key.ts";
import { MeaningForThem } from "./meaning.tsx";

const NAME_CHARACTERS = 120;
const COMPANY_CHARACTERS = 200;

type Props = {
  readonly bearer: string;
  readonly opened: OpenedLink;
  readonly onAccepted: () => void;
  readonly onEnd: (end: End) => void;
};

/** What became of a signature: taken, or why not. */
type Signed = { readonly done: true } | { readonly problem: Problem } | { readonly fault: "changed" | "noKeys" };

type Signing = {
  readonly bearer: string;
  readonly codes: readonly RosterCode[];
  readonly name: string;
  readonly company: string;
  /** What is accepted; null refuses. */
  readonly chosen: RosterCode | null;
};

/** Has the proffer made out to this browser's key, looks whether it is what was shown, signs, and sends the answer. */
async function sign({ bearer, codes, name, company, chosen }: Signing): Promise<Signed> {
  const signer = await keyFor(bearer);
  if (!signer) return { fault: "noKeys" };
  const proffer = await askProffer(bearer, { name, company, key: signer.key });
  if (!proffer.ok) return { problem: proffer.problem };
  if (!(await isAsShown(proffer.value.proffer, { codes, company, did: signer.key }))) return { fault: "changed" };
  const decision = await signDecision(proffer.value, chosen, signer);
  const answer = await decide(bearer, decision);
  if (!answer.ok) return { problem: answer.problem };
  const record = recordBytesOf(proffer.value.proffer, decision);
  // Both sides keep the same bytes, or somebody would notice now.
  if ((await sha256Hex(record)) !== answer.value.agreement?.recordDigest) return { fault: "changed" };
  await keepRecord(bearer, record);
  return { done: true };
}

export function Terms({ bearer, opened, onAccepted, onEnd }: Props) {
  const w = words.value.replies.page;
  const { product, company: meant, terms, expiresAt } = opened;
  const codes = [terms.preferred.code, ...terms.alternates.map(({ code }) => code)];
  const [code, setCode] = useState(codes[0]!);
  const [name, setName] = useState("");
  const [company, setCompany] = useState(meant ?? "");
  const [tried, setTried] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Exclude<Signed, { done: true }> | null>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const named = name.trim() !== "" && company.trim() !== "";

  const answer = async (chosen: RosterCode | null): Promise<void> => {
    setTried(true);
    if (!named) {
      setRefusing(false);
      nameField.current?.focus();
      return;
    }
    if (busy) return;
    setBusy(true);
    setWrong(null);
    const signing = { bearer, codes, name: name.trim(), company: company.trim(), chosen };
    const signed = await sign(signing).catch((): Signed => ({ problem: OFFLINE }));
    setBusy(false);
    setRefusing(false);
    if ("done" in signed) return chosen === null ? onEnd({ how: "refused", signed: false }) : onAccepted();
    const end = "problem" in signed ? await endAfter(bearer, signed.problem) : null;
    if (end) return onEnd(end);
    // Somebody else with the same link was faster: what they said, the page shows.
    if ("problem" in signed && signed.problem.code === "agreement-state") return onAccepted();
    setWrong(signed);
  };

  return (
    <Page title={w.title(product.name)}>
      <div class="stack-tight">
        <p class="lead">{w.asks(meant)}</p>
        <p>{w.first}</p>
      </div>
      <Section title={w.terms}>
        {codes.length > 1 && (
          <Choices
            legend={w.which}
            options={codes.map((value) => ({ value, label: w.label(value) }))}
            value={code}
            onChange={setCode}
          />
        )}
        <MeaningForThem code={code} />
      </Section>
      <form
        class="card person"
        onSubmit={(event) => {
          event.preventDefault();
          void answer(code);
        }}
      >
        <h2>{w.who}</h2>
        <TextField
          label={w.name}
          hint={w.nameHint}
          error={tried && name.trim() === "" ? w.nameMissing : null}
          value={name}
          onInput={setName}
          inputRef={nameField}
          autocomplete="name"
          maxLength={NAME_CHARACTERS}
        />
        <TextField
          label={w.company}
          hint={w.companyHint}
          error={tried && company.trim() === "" ? w.companyMissing : null}
          value={company}
          onInput={setCompany}
          autocomplete="organization"
          maxLength={COMPANY_CHARACTERS}
        />
        <p class="right-place small soft">
          <Icon name="lock" size={20} />
          <span>{w.signs}</span>
        </p>
        {wrong && <Wrong wrong={wrong} />}
        <div class="line">
          <Button type="submit" tone="primary" busy={busy}>
            {w.accept}
          </Button>
          <Button tone="quiet" onClick={() => setRefusing(true)}>
            {w.refuse}
          </Button>
        </div>
        <p class="small soft">{w.until(day(expiresAt))}</p>
      </form>
      <p class="small soft">{w.runBy(location.host)}</p>
      <Sheet title={w.refuseTitle} open={refusing} onClose={() => setRefusing(false)}>
        <p>{w.refuseText}</p>
        <Button tone="danger" whole busy={busy} onClick={() => void answer(null)}>
          {w.refuseYes}
        </Button>
        <Button tone="quiet" whole onClick={() => setRefusing(false)}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </Page>
  );
}

const Wrong = ({ wrong }: { wrong: Exclude<Signed, { done: true }> }) =>
  "problem" in wrong ? (
    <Failed problem={wrong.problem} />
  ) : (
    <Notice tone="bad" fresh>
      <p>{words.value.replies.page[wrong.fault]}</p>
    </Notice>
  );
