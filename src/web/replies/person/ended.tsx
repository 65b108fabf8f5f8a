// Why a reply link shows nothing: cut off, refused, ended, run out, or never whole. Said to a person who can do something about it.

import type { Answer, Problem } from "../../api/call.ts";
import type { LinkEnd, OpenedLink } from "../../../domain/reply-link.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { words } from "../../words/words.ts";
import { openLink } from "./calls.ts";
import { recordFor } from "./key.ts";

/** `signed`: whether terms were accepted in this browser, and so there may be something to delete. */
export type End = { readonly how: LinkEnd | "partial" | "unknown" | "refused"; readonly signed: boolean };

const ENDS: readonly string[] = ["revoked", "expired", "terminated", "joined", "retracted"] satisfies LinkEnd[];
const whyGone = (reason = ""): LinkEnd => (ENDS.includes(reason) ? (reason as LinkEnd) : "revoked");

function howItEnded(answer: Answer<OpenedLink>): End["how"] | null {
  if (!answer.ok) {
    const { status, reason } = answer.problem;
    return status === 410 ? whyGone(reason) : status === 401 || status === 404 ? "unknown" : null;
  }
  const { state, ended } = answer.value;
  return state === "refused" ? "refused" : state === "ended" ? (ended ?? "revoked") : null;
}

/** How a link ended, as the answer to opening it says; null while it is open, or where nothing is known. */
export async function endOf(bearer: string, answer: Answer<OpenedLink>): Promise<End | null> {
  const how = howItEnded(answer);
  if (how === null) return null;
  const signed = how !== "refused" && (await recordFor(bearer).catch(() => null)) !== null;
  return { how, signed };
}

/** The same, asked because something was refused: why it is closed, opening it says. */
export const endAfter = async (bearer: string, { status }: Problem): Promise<End | null> =>
  status >= 400 && status < 500 && status !== 429 ? endOf(bearer, await openLink(bearer)) : null;

export function Ended({ end: { how, signed } }: { end: End }) {
  const { page } = words.value.replies;
  const { title, text } = page.ends[how];
  return (
    <Page title={title}>
      <p class="lead">{text}</p>
      {how === "joined" ? (
        <div class="line">
          <LinkButton tone="primary" href="/desk">
            {page.toDesk}
          </LinkButton>
        </div>
      ) : (
        signed && <p>{page.duty}</p>
      )}
    </Page>
  );
}
