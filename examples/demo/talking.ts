// Notes and what follows them: sent, arrived, answered by the company's server or by a person, and judged by their owner.
import { expect, expectEqual } from "./expectation.ts";
import type { Company, Owner, Stage } from "./people.ts";
import { photograph } from "./picture.ts";
import type { Note, Story, Verdict } from "./story.ts";
import { detail, happened, printed, says, scene } from "./transcript.ts";

/** What the owner took the picture with wrote this into it. */
const PLACE = "41.8902 N 12.4922 E";

type NoteView = {
  readonly id: string;
  readonly sent: boolean;
  readonly relay: { readonly state: string };
  readonly thread: { readonly state: string };
  readonly messages?: readonly { readonly text: string }[];
};
type Photo = { readonly id: string; readonly bytes: number };
type MakerMessage = {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly type: string;
  readonly outcome: string;
  readonly author: { readonly name: string } | null;
};

/** A note that was written. `sentAt` by performance.now(). */
export type Written = {
  readonly note: Note;
  readonly id: string;
  readonly photo: Photo | null;
  readonly sentAt: number;
};

const millis = (from: number, to: number): string => `${Math.max(1, Math.round(to - from))} ms`;

export class Conversation {
  readonly #stage: Stage;
  readonly #owner: Owner;
  readonly #company: Company;

  constructor(stage: Stage, owner: Owner, company: Company) {
    this.#stage = stage;
    this.#owner = owner;
    this.#company = company;
  }

  /** The owner writes, and sends unless the note is private. `terms` are those in force, or null. */
  async write(note: Note, terms: string | null): Promise<Written> {
    const { api } = this.#stage;
    const { name, twin, token } = this.#owner;
    const photo = note.picture ? await this.#takePicture() : null;
    const sentAt = performance.now();
    const { kind, text, title, wants } = note;
    const draft = {
      kind,
      text,
      ...(title && { title }),
      ...(wants && { wants }),
      ...(photo && { photos: [photo.id] }),
      send: !note.private,
    };
    const { id, relay } = await api.post<NoteView>(`/v1/twins/${twin}/notes`, draft, token);

    const under = note.private ? "private" : terms === null ? "no terms yet" : `under ${terms}`;
    const about = [kind, ...(wants ? [`wants ${article(wants)}`] : []), ...(photo ? ["a picture"] : []), under].join(
      " · ",
    );
    says("owner", name.toUpperCase(), note.private ? "NOBODY" : this.#company.name.toUpperCase(), about, text);
    if (note.private) {
      expectEqual(relay.state, "private", "the relay state of a private note");
      detail(`It stays in ${name}'s twin.`);
    } else if (terms === null) {
      expectEqual(relay.state, "waiting", "the relay state of a note without an agreement");
      detail("It waits: no words cross before there is an agreement.");
    }
    return { note, id, photo, sentAt };
  }

  async #takePicture(): Promise<Photo> {
    const { api } = this.#stage;
    const { twin, token } = this.#owner;
    const taken = photograph(PLACE);
    const photo = await api.post<Photo>(`/v1/twins/${twin}/photos`, taken, token);
    const stored = await api.call("GET", `/v1/twins/${twin}/photos/${photo.id}`, token);
    expect(taken.includes(PLACE) && !stored.bytes.includes(PLACE), "the place is gone from the picture's metadata");
    expectEqual(stored.bytes.length, photo.bytes, "the size of the stored picture");
    return photo;
  }

  /** Follows a sent note to the company's server and back. `from` is when it could go, by performance.now(). */
  async follow({ note, id, photo }: Written, from: number): Promise<void> {
    const { name, live } = this.#owner;
    const { domain, name: firm, server } = this.#company;
    const { text: line, at } = await server.line("note.sent", `: ${note.text}`);
    await live.next("note.relay", ({ note, relay }) => note?.id === id && relay?.state === "delivered");
    const took = note.early ? `${millis(from, at)} after the agreement` : `in ${millis(from, at)}`;
    happened(`Delivered to ${firm} ${took}, signature verified.`);
    printed(domain, line);
    if (photo) {
      const fetched = await server.line(`picture ${photo.id}`);
      expect(
        fetched.text.endsWith(`: image/png, ${photo.bytes} bytes`),
        "the company fetches the picture",
        fetched.text,
      );
      printed(domain, fetched.text);
      detail("The place where it was taken was in its metadata, and stayed behind.");
    }
    const { canned, verdict, person } = note;
    if (canned) {
      const { message, heardAt } = await this.#hears(id, canned);
      says(
        "maker",
        firm.toUpperCase(),
        name.toUpperCase(),
        `${message.type} · proposes “${message.outcome}”`,
        message.text,
      );
      const answered = await server.line(`answered ${id}`);
      detail(`Live on ${name}'s screen ${millis(at, heardAt)} after the note got there.`);
      expect(answered.text.endsWith(canned.text), "the server says what it answered", answered.text);
    }
    if (verdict) await this.#judges(id, verdict);
    if (person) await this.#answersInPerson(id, person);
  }

  /** The company's message, as it comes over the owner's socket. */
  async #hears(
    note: string,
    wanted: { text: string; type: string; outcome: string },
  ): Promise<{ message: MakerMessage; heardAt: number }> {
    const event = await this.#owner.live.next("message.posted", (data) => data.note?.id === note);
    const message = event.data.message as MakerMessage;
    expectEqual(message.from, "maker", "who answers");
    expectEqual(message.text, wanted.text, "the answer");
    expectEqual(message.type, wanted.type, "the answer's type");
    expectEqual(message.outcome, wanted.outcome, "the answer's outcome");
    return { message, heardAt: event.at };
  }

  async #judges(note: string, verdict: Verdict): Promise<void> {
    const { name, twin, token } = this.#owner;
    const { domain, server } = this.#company;
    const { state } = await this.#stage.api.post<{ state: string }>(
      `/v1/twins/${twin}/notes/${note}/verdict`,
      { verdict },
      token,
    );
    const closed = verdict === "addressed";
    expectEqual(state, closed ? "closed" : "open", "the thread after the verdict");
    happened(
      `${name}'s verdict: ${closed ? "addressed. The thread is closed." : "not addressed. The thread is open again."}`,
    );
    const { text } = await server.line("thread.verdict");
    expect(text.endsWith(`the owner says ${verdict}`), "the company is told the verdict", text);
    printed(domain, text);
  }

  async #answersInPerson(
    note: string,
    { name: author, verdict, ...answer }: NonNullable<Note["person"]>,
  ): Promise<void> {
    const { api } = this.#stage;
    const { name, twin } = this.#owner;
    const { domain, name: firm, key: admin } = this.#company;
    const { key } = await api.post<{ key: string }>(
      `/v1/makers/${domain}/keys`,
      { label: author, role: "agent" },
      admin,
    );
    const path = `/v1/makers/${domain}/threads/${twin}/${note}/messages`;
    const postedAt = performance.now();
    await api.post(path, { ...answer, author: { name: author } }, key);
    const { message, heardAt } = await this.#hears(note, answer);
    const { type, outcome, text } = message;
    expectEqual(message.author?.name, author, "who signs the answer");
    says(
      "maker",
      `${author.toUpperCase()} AT ${firm.toUpperCase()}`,
      name.toUpperCase(),
      `${type} · proposes “${outcome}”`,
      text,
    );
    detail(`Live on ${name}'s screen ${millis(postedAt, heardAt)} after it was sent.`);
    await this.#judges(note, verdict);
  }

  /** Where everything stands at the end, from both sides: the company has what was sent, and nothing else. */
  async ends({ thing }: Story, written: readonly Written[]): Promise<void> {
    const { api } = this.#stage;
    const { name, twin, token } = this.#owner;
    const { domain, name: firm, key, server } = this.#company;
    type Event = { type: string; data: { note?: { id: string } } };
    const feed = await api.get<{ items: Event[] }>(`/v1/makers/${domain}/events?limit=200`, key);
    const has = feed.items.filter(({ type }) => type === "note.sent").map(({ data }) => data.note?.id);
    const sent = written.filter(({ note }) => !note.private);
    expectEqual(has.join(), sent.map(({ id }) => id).join(), "what the company's feed holds");

    const standing: string[] = [];
    for (const { note, id } of written) {
      const view = await api.get<NoteView>(`/v1/twins/${twin}/notes/${id}`, token);
      const answers = [note.canned, note.person].filter((answer) => answer !== undefined);
      expectEqual(view.messages?.length, answers.length, `the number of answers to the ${note.kind}`);
      expectEqual(view.relay.state, note.private ? "private" : "delivered", `the relay state of the ${note.kind}`);
      standing.push(
        `${note.kind} ${note.private ? "private" : answers.length === 0 ? "delivered" : view.thread.state}`,
      );
      if (!note.private) continue;
      const everything = JSON.stringify(feed) + server.lines.all.map(({ text }) => text).join();
      expect(!everything.includes(id) && !everything.includes(note.text), "a private note never reaches the company");
    }
    scene(`${name}'s notes about ${thing}: ${standing.join(", ")}.`);
    if (written.some(({ note }) => note.private))
      detail(`Nothing ${firm} ever got holds the private one: neither its words nor its id.`);
  }
}

const article = (wants: string): string => `${/^[aeiou]/.test(wants) ? "an" : "a"} ${wants}`;
