// Everything of this tenure for its owner, a line of JSON each, photos in parts; read in pages so that memory stays flat.

import { base64urlOf } from "../domain/base64url.ts";
import { sealedText, type ExportSeal } from "../domain/export-seal.ts";
import { rfc3339 } from "../domain/instant.ts";
import { recordBytes } from "../domain/terms/record.ts";
import { now as clock } from "../platform/clock.ts";
import { twinOf } from "../platform/stubs.ts";
import { agentOf } from "./agent.ts";
import { agreementView, listAgreements } from "./agreements.ts";
import { eventsAfter, eventView, type EventRow } from "./events.ts";
import { findsAfter } from "./finder.ts";
import { identity, type Ground } from "./ground.ts";
import { linksAfter, linkView } from "./links.ts";
import { messagesAfter } from "./messages.ts";
import { meToos } from "./note-issues.ts";
import { noteView, notesAfter, revisionsAfter } from "./notes.ts";
import { listNotices } from "./notices.ts";
import { papersView } from "./papers.ts";
import { photoBytes, photoIdsAfter } from "./photos.ts";
import { receiptOf } from "./receipts.ts";
import { sharesAfter, shareView } from "./shares.ts";

const PAGE = 50;
const EVENTS_PAGE = 500;
/** Bytes of a photo in one line: a multiple of 3, so that the parts' base64 can be joined. */
const PART_BYTES = 192 * 1024;

/** Where an export stands: which section, and the position in it. */
export type ExportCursor = {
  readonly section:
    | "twin"
    | "channels"
    | "papers"
    | "agreements"
    | "links"
    | "shares"
    | "finds"
    | "notes"
    | "revisions"
    | "messages"
    | "me-toos"
    | "notices"
    | "record"
    | "events"
    | "photos"
    | "record-photos";
  readonly at: string;
};
export type ExportPage = { readonly lines: readonly string[]; readonly next: ExportCursor | null };

export const EXPORT_START: ExportCursor = { section: "twin", at: "" };

const line = (type: string, value: object): string => JSON.stringify({ type, ...value });

/** A photo's lines: `about` and its bytes in parts of base64. */
function inParts(about: object, photo: ArrayBuffer): string[] {
  const bytes = new Uint8Array(photo);
  const of = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: of }, (_, part) =>
    line("photo", {
      ...about,
      bytes: bytes.length,
      part: part + 1,
      of,
      base64: bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES).toBase64(),
    }),
  );
}

/** What an event is about, by id: the words stand in lines of their own. */
const idsOf = ({ note, message, agreement }: EventRow): Record<string, { id: string }> => ({
  ...(note !== null && { note: { id: note } }),
  ...(message !== null && { message: { id: message } }),
  ...(agreement !== null && { agreement: { id: agreement } }),
});

/** The last line: the agent of this tenure vouches for all before it. */
export async function sealLine(ground: Ground, sha256: string, lines: number): Promise<string> {
  const { key, sign } = await agentOf(ground.storage);
  const signature = await sign(new TextEncoder().encode(sealedText(identity(ground).twin, { sha256, lines })));
  const seal: ExportSeal = { type: "seal", sha256, lines, key, signature: base64urlOf(signature) };
  return JSON.stringify(seal);
}

/** The lines from `cursor` on, and where the next page begins. */
export async function exportPage(ground: Ground, cursor: ExportCursor): Promise<ExportPage> {
  const { sql, env } = ground;
  switch (cursor.section) {
    case "twin": {
      const { twin, tenure, product, proof, createdAt } = identity(ground);
      const head = {
        format: "pico-twins/export/1",
        exportedAt: rfc3339(clock()),
        twin,
        tenure,
        product,
        proof,
        createdAt: rfc3339(createdAt),
      };
      return { lines: [line("twin", head)], next: { section: "channels", at: "" } };
    }
    case "channels": {
      const { items } = ground.channels.list(Number.MAX_SAFE_INTEGER, null, null);
      return {
        lines: items.toReversed().map((item) => line("channel", item)),
        next: { section: "papers", at: "" },
      };
    }
    case "papers": {
      const papers = papersView(sql);
      return {
        lines: papers.updatedAt === null ? [] : [line("papers", papers)],
        next: { section: "agreements", at: "" },
      };
    }
    case "agreements": {
      const { items, next } = listAgreements(sql, PAGE, cursor.at === "" ? null : Number(cursor.at));
      return {
        lines: items.map((item) =>
          line("agreement", { ...agreementView(item, clock()), record: recordBytes(item.record) }),
        ),
        next: next === null ? { section: "links", at: "" } : { section: "agreements", at: String(next) },
      };
    }
    case "links": {
      const links = linksAfter(sql, Number(cursor.at || "0"), PAGE);
      return {
        lines: links.map((link) => line("link", { link: linkView(link, clock()) })),
        next: links.length < PAGE ? { section: "shares", at: "" } : { section: "links", at: String(links.at(-1)!.seq) },
      };
    }
    case "shares": {
      const shares = sharesAfter(sql, Number(cursor.at || "0"), PAGE);
      return {
        lines: shares.map((share) => line("share", { share: shareView(share, clock()) })),
        next:
          shares.length < PAGE ? { section: "finds", at: "" } : { section: "shares", at: String(shares.at(-1)!.seq) },
      };
    }
    case "finds": {
      const finds = findsAfter(sql, Number(cursor.at || "0"), PAGE);
      return {
        lines: finds.map(({ view }) => line("find", view)),
        next: finds.length < PAGE ? { section: "notes", at: "" } : { section: "finds", at: String(finds.at(-1)!.seq) },
      };
    }
    case "notes": {
      const notes = notesAfter(sql, Number(cursor.at || "0"), PAGE);
      return {
        lines: notes.map((note) => line("note", { ...noteView(sql, note), readReceipt: receiptOf(sql, note.id) })),
        next:
          notes.length < PAGE ? { section: "revisions", at: "" } : { section: "notes", at: String(notes.at(-1)!.seq) },
      };
    }
    case "revisions": {
      const [note = "", revision = "0"] = cursor.at.split("/");
      const revisions = revisionsAfter(sql, { note, revision: Number(revision) }, PAGE);
      const last = revisions.at(-1);
      return {
        lines: revisions.map((each) => line("revision", { note: { id: each.note }, ...each.view })),
        next:
          last && revisions.length === PAGE
            ? { section: "revisions", at: `${last.note}/${last.view.revision}` }
            : { section: "messages", at: "" },
      };
    }
    case "messages": {
      const messages = messagesAfter(sql, Number(cursor.at || "0"), PAGE);
      return {
        // The message's own type stays inside it: a line's `type` says what the line is.
        lines: messages.map((message) => line("message", { note: { id: message.note }, message: message.view })),
        next:
          messages.length < PAGE
            ? { section: "me-toos", at: "" }
            : { section: "messages", at: String(messages.at(-1)!.seq) },
      };
    }
    case "me-toos":
      return {
        lines: meToos(sql).map(({ issue, maker }) => line("me-too", { maker, knownIssue: { id: issue } })),
        next: { section: "notices", at: "" },
      };
    case "notices": {
      const { items, next } = listNotices(sql, PAGE, cursor.at === "" ? null : Number(cursor.at));
      return {
        // As with a message: the notice's own fields stay inside it.
        lines: items.map((notice) => line("notice", { notice })),
        next: next === null ? { section: "record", at: "" } : { section: "notices", at: String(next) },
      };
    }
    case "record": {
      const { twin } = identity(ground);
      // All at once: a record is of a few megabytes at most, and its checkpoint is about these very entries.
      const history = await twinOf(env, twin).history(twin);
      const { checkpoint, entries, counts } = history ?? { checkpoint: null, entries: [], counts: [] };
      return {
        lines: [
          ...(checkpoint ? [line("record", { checkpoint, counts })] : []),
          ...entries.map((entry) => line("entry", { entry })),
        ],
        next: { section: "events", at: "" },
      };
    }
    case "events": {
      const events = eventsAfter(sql, Number(cursor.at || "0"), EVENTS_PAGE);
      return {
        lines: events.map((event) => line("event", { event: eventView(event, idsOf(event)) })),
        next:
          events.length < EVENTS_PAGE
            ? { section: "photos", at: "" }
            : { section: "events", at: String(events.at(-1)!.seq) },
      };
    }
    case "photos": {
      const photo = photoIdsAfter(sql, cursor.at, 1)[0];
      if (!photo) return { lines: [], next: { section: "record-photos", at: "" } };
      const { id, note, message, type } = photo;
      const lines = inParts({ id, note, message, mediaType: type }, photoBytes(sql, id));
      return { lines, next: { section: "photos", at: id } };
    }
    case "record-photos": {
      const { twin } = identity(ground);
      const photo = await twinOf(env, twin).recordPhotoAfter(twin, Number(cursor.at || "0"));
      if (!photo) return { lines: [], next: null };
      const { id, seq, type, bytes, place } = photo;
      const lines = inParts({ id, note: null, message: null, entry: seq, mediaType: type }, bytes);
      return { lines, next: { section: "record-photos", at: String(place) } };
    }
  }
}
