// Where a label leads: what the thing is, and how to make it one's own. The same for an item that is unknown, unclaimed or claimed;
// asks for the inner code only where the label itself led.

import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { digitalLink, gtin14, isSerial } from "../../domain/gtin.ts";
import type { Problem } from "../api/call.ts";
import { readCode } from "../camera/read-label.ts";
import { useFragment } from "../keys/fragment.ts";
import { things } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say } from "../ui/say.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { keyringIsHere } from "./add/keep.ts";
import { productAbout, type ProductAbout } from "./add/product-about.ts";
import { startTwin } from "./add/start.ts";
import { Board } from "./arrive/board.tsx";
import { ClaimForm } from "./arrive/claim-form.tsx";
import { Elsewhere } from "./arrive/elsewhere.tsx";
import { cameByLink, hostOf, isOwnOrigin, ownOrigin } from "./arrive/right-place.ts";
import { WhatIsATwin } from "./arrive/what.tsx";
import { WithoutCode } from "./arrive/without-code.tsx";
import "./arrive.css";

type Looked = { readonly about: ProductAbout | null; readonly problem: Problem | null };
const UNKNOWN: Looked = { about: null, problem: null };

/** What is known of the product, and why nothing is. */
function useProduct(gtin: string | null): Looked {
  const [looked, setLooked] = useState(UNKNOWN);
  useEffect(() => {
    setLooked(UNKNOWN);
    if (gtin === null) return;
    const asking = new AbortController();
    void productAbout(gtin, asking.signal).then((answer) => {
      if (asking.signal.aborted) return;
      if (answer.ok) setLooked({ about: answer.value, problem: null });
      else setLooked({ about: null, problem: answer.problem });
    });
    return () => asking.abort();
  }, [gtin]);
  return looked;
}

export default function Arrive() {
  const { params } = useRoute();
  const gtin = gtin14(params["gtin"] ?? "");
  const serial = params["serial"] ?? null;
  return gtin === null || (serial !== null && !isSerial(serial)) ? (
    <NoLabel />
  ) : (
    <LabelPage key={`${gtin}/${serial}`} gtin={gtin} serial={serial} />
  );
}

export function NoLabel() {
  const { arrive, common } = words.value;
  return (
    <Page title={arrive.label.invalid.title}>
      <p class="lead">{arrive.label.invalid.text}</p>
      <div class="line">
        <LinkButton tone="primary" href="/add">
          {arrive.add.title}
        </LinkButton>
        <LinkButton tone="quiet" href="/">
          {common.home}
        </LinkButton>
      </div>
    </Page>
  );
}

function LabelPage({ gtin, serial }: { gtin: string; serial: string | null }) {
  const { label } = words.value.arrive;
  const { about, problem } = useProduct(gtin);
  const mine = things.value.find(
    ({ view: { product } }) => serial !== null && product.gtin === gtin && product.serial === serial,
  );
  return (
    <Page
      title={about?.model ?? label.unknown}
      eyebrow={about ? label.by(about.maker.name) : label.labelled}
      start={<Emblem id={`${gtin}/${serial ?? ""}`} size={64} />}
    >
      <p class="lead">{label.lead(about?.maker.name ?? null)}</p>
      {problem?.code === "offline" ? (
        <Notice tone="wait" fresh>
          <p>{label.offline}</p>
        </Notice>
      ) : (
        problem && <Failed problem={problem} />
      )}
      <Board gtin={gtin} />
      {!isOwnOrigin() ? (
        <WrongPlace />
      ) : mine ? (
        <Mine id={mine.id} />
      ) : (
        <Begin gtin={gtin} serial={serial} about={about} />
      )}
      {serial !== null && !mine && isOwnOrigin() && (
        <p>
          <a href={`${digitalLink("", gtin, serial)}/found`}>{label.found}</a>
        </p>
      )}
      <WhatIsATwin />
    </Page>
  );
}

function WrongPlace() {
  const { wrong } = words.value.arrive.label;
  const right = hostOf(ownOrigin());
  return (
    <Notice
      tone="bad"
      title={wrong.title}
      action={<LinkButton href={ownOrigin() + location.pathname}>{wrong.go(right)}</LinkButton>}
    >
      <p>{wrong.text(location.host, right)}</p>
    </Notice>
  );
}

function Mine({ id }: { id: string }) {
  const { mine } = words.value.arrive.label;
  return (
    <Notice
      tone="good"
      title={mine.title}
      action={
        <LinkButton tone="primary" href={`/t/${id}`}>
          {mine.go}
        </LinkButton>
      }
    >
      <p>{mine.text}</p>
    </Notice>
  );
}

type BeginProps = { readonly gtin: string; readonly serial: string | null; readonly about: ProductAbout | null };

function Begin({ gtin, serial, about }: BeginProps) {
  const { arrive } = words.value;
  const { route } = useLocation();
  const [given, setGiven] = useState<string | null>(null);
  const [byLink, setByLink] = useState(() => cameByLink(location.pathname));
  useFragment((fragment) => {
    // A link that somebody else made could carry a code of their choosing.
    if (!byLink) setGiven(readCode(fragment));
  });
  useEffect(() => void keyringIsHere(), []);

  const begun = (twin: string): void => {
    say(arrive.claim.done);
    route(`/t/${twin}/write`);
  };
  const add = async (): Promise<Problem | null> => {
    const started = await startTwin({
      name: about?.model ?? arrive.label.unknown,
      gtin,
      ...(about && { maker: about.maker.id, model: about.model }),
      ...(serial !== null && { serial }),
    });
    if (started.ok) begun(started.value);
    return started.ok ? null : started.problem;
  };
  return (
    <>
      <p class="right-place">
        <Icon name="lock" size={20} />
        <span>{arrive.label.right(hostOf(ownOrigin()))}</span>
      </p>
      {serial !== null && byLink && (
        <Elsewhere
          label={{ gtin, serial }}
          onScanned={(code) => {
            setByLink(false);
            setGiven(code);
          }}
        />
      )}
      {serial !== null && !byLink && <ClaimForm label={{ gtin, serial }} given={given} onClaimed={begun} />}
      <WithoutCode beside={serial !== null} onAdd={add} />
    </>
  );
}
