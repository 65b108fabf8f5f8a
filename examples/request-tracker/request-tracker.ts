// Request Tracker 5 by its REST2 interface: as much of it as the bridge needs. Throws where it does not answer, and Refused where it says no.

const TIMEOUT_MS = 30_000;
const A_PAGE = 100;
const THREAD_FIELD = "Pico Twins thread";
/** Of the 4xx, those that another password or another moment may turn into a yes. */
const PASSING = [401, 408, 425, 429];

/** A no to what was asked, which asking again will not change. Whatever else is thrown may pass. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Picture = { readonly name: string; readonly type: string; readonly base64: string };
export type NewTicket = {
  readonly thread: string;
  readonly agreement: string;
  readonly subject: string;
  readonly text: string;
  readonly pictures: readonly Picture[];
};
/** A ticket, and where its words are now: in itself, or in the one that it was merged into. */
export type Place = { readonly ticket: number; readonly at: number };
/** An answer as an agent wrote it. `settled`: it is old enough to have all its fields. */
export type Answer = {
  readonly transaction: number;
  readonly ticket: number;
  readonly creator: string;
  readonly outcome: string | null;
  readonly created: string;
  readonly settled: boolean;
};

type Page<T> = { readonly items: readonly T[] };
type Field = { name: string; values: string[] };
type Row = {
  id: string;
  ObjectId: string;
  Creator: { id: string };
  Created: string;
  Type?: string;
  Field?: string;
  NewValue?: string;
  Data?: string;
  CustomFields?: Field[] | "";
};
type Part = { ContentType: string; Content: string; Filename: string };

/** A transaction's own fields are written a moment after it. */
const SETTLED_AFTER_MS = 10_000;

const valueOf = (fields: Field[] | "" | undefined, name: string): string | null =>
  (Array.isArray(fields) ? fields.find((field) => field.name === name)?.values[0] : undefined) ?? null;

const attached = (pictures: readonly Picture[]) =>
  pictures.map(({ name, type, base64 }) => ({ FileName: name, FileType: type, FileContent: base64 }));

/** What a comment is called that is about the note of a ticket which was merged into another. */
const markIn = (place: Place, mark: string): string =>
  place.at === place.ticket ? mark : `${mark} of ticket ${place.ticket}`;

/** What a page's author sees of HTML, as text. */
export const textOfHtml = (html: string): string =>
  html
    .replaceAll(/<(style|script)\b[^]*?<\/\1>/gi, "")
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|h\d|tr|blockquote)>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll(/&#(\d{1,7});/g, (whole, code: string) =>
      Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
    )
    .replaceAll("&amp;", "&")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

export class RequestTracker {
  readonly #url: string;
  readonly #queue: string;
  readonly #user: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, queue: string, user: string, password: string) {
    this.#url = `${url}/REST/2.0`;
    this.#queue = queue;
    this.#user = user;
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    };
  }

  async #ask(method: "GET" | "POST" | "PUT", path: string, body?: unknown): Promise<{ value: unknown; at: number }> {
    const response = await fetch(this.#url + path, {
      method,
      headers: this.#headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      const { status } = response;
      const what = `Request Tracker answers ${status} to ${method} ${path.split("?")[0]}`;
      if (status >= 500 || status < 400 || PASSING.includes(status)) throw new Error(what);
      const { message } = (await response.json().catch(() => ({}))) as { message?: string };
      throw new Refused(status, message ? `${what}: ${message}` : what);
    }
    return { value: await response.json(), at: Date.parse(response.headers.get("date") ?? "") };
  }

  /** Every row of a listing, page by page. */
  async *#rows<T>(path: string): AsyncGenerator<T> {
    for (let page = 1; ; page++) {
      const { value } = await this.#ask("GET", `${path}&per_page=${A_PAGE}&page=${page}`);
      const { items } = value as Page<T>;
      yield* items;
      if (items.length < A_PAGE) return;
    }
  }

  #history(ticket: number, fields: string): AsyncGenerator<Row> {
    return this.#rows<Row>(`/ticket/${ticket}/history?fields=${fields}`);
  }

  /** Whether the bridge's user may open tickets in the queue. Only then does a refusal say something of what was asked. */
  async letsIn(): Promise<boolean> {
    try {
      const { value } = await this.#ask("GET", `/queue/${encodeURIComponent(this.#queue)}`);
      return (value as { _hyperlinks: { ref: string }[] })._hyperlinks.some(({ ref }) => ref === "create");
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /** Where a ticket's words are now; null once it was shredded. */
  async placeOf(ticket: number): Promise<Place | null> {
    try {
      const { value } = await this.#ask("GET", `/ticket/${ticket}`);
      return { ticket, at: (value as { id: number }).id };
    } catch (error) {
      // A wrong address answers 404 as well.
      if (error instanceof Refused && error.status === 404 && (await this.letsIn())) return null;
      throw error;
    }
  }

  /** The tickets whose words are in one that is not deleted: itself, and what was merged into it. */
  async ticketsIn(ticket: number): Promise<number[]> {
    const inIt: number[] = [];
    const query = encodeURIComponent(`EffectiveId = ${ticket}`);
    for await (const { id } of this.#rows<{ id: string }>(`/tickets?query=${query}`)) inIt.push(Number(id));
    return inIt;
  }

  /** The tickets that an answer is for: the one it was written in, and what had been merged into that one by then. */
  async answeredBy({ ticket, transaction }: Pick<Answer, "ticket" | "transaction">): Promise<number[]> {
    const [first, ...others] = await this.ticketsIn(ticket);
    if (first === ticket && others.length === 0) return [ticket];
    const merges: { when: number; from: number; into: number }[] = [];
    for await (const row of this.#history(ticket, "Type,Field,ObjectId,NewValue")) {
      if (row.Type !== "AddLink" || row.Field !== "MergedInto" || Number(row.id) > transaction) continue;
      const into = Number(/\/ticket\/(\d+)$/.exec(row.NewValue ?? "")?.[1]);
      merges.push({ when: Number(row.id), from: Number(row.ObjectId), into });
    }
    const tickets = new Set([ticket]);
    // Newest first: what one ticket had taken in, it took along into the next.
    for (const { from, into } of merges.toSorted((a, b) => b.when - a.when)) if (tickets.has(into)) tickets.add(from);
    return [...tickets];
  }

  /** The transactions by which the bridge wrote words of a ticket's owner, oldest first. */
  async written(place: Place): Promise<number[]> {
    const written: number[] = [];
    for await (const { id, Type, ObjectId, Creator, Data = "" } of this.#history(
      place.at,
      "Type,ObjectId,Creator,Data",
    )) {
      if (Creator.id !== this.#user || !(Type === "Create" || Type === "Comment")) continue;
      const of = Number(/ of ticket (\d+)$/.exec(Data)?.[1] ?? ObjectId);
      if (of === place.ticket) written.push(Number(id));
    }
    return written;
  }

  /** The ticket of a thread, should there be one: also where its making was never written down. */
  async find(thread: string): Promise<number | null> {
    const query = `Queue = '${this.#queue}' AND 'CF.{${THREAD_FIELD}}' = '${thread}'`;
    const { value } = await this.#ask("GET", `/tickets?query=${encodeURIComponent(query)}`);
    const [ticket] = (value as Page<{ id: string }>).items;
    return ticket ? Number(ticket.id) : null;
  }

  async create(ticket: NewTicket): Promise<number> {
    const { value } = await this.#ask("POST", "/ticket", {
      Queue: this.#queue,
      Subject: ticket.subject,
      Content: ticket.text,
      ContentType: "text/plain",
      CustomFields: { [THREAD_FIELD]: ticket.thread, Agreement: ticket.agreement },
      Attachments: attached(ticket.pictures),
    });
    return Number((value as { id: string }).id);
  }

  /** Says something of a ticket's note where its words are, to the agents. `mark` names it, so that it can be found again. */
  async comment(place: Place, mark: string, text: string, pictures: readonly Picture[] = []): Promise<void> {
    const Content = place.at === place.ticket ? text : `Of ticket ${place.ticket}, merged into this one. ${text}`;
    await this.#ask("POST", `/ticket/${place.at}/comment`, {
      Subject: markIn(place, mark),
      Content,
      ContentType: "text/plain",
      ...(pictures.length > 0 && { Attachments: attached(pictures) }),
    });
  }

  async hasComment(place: Place, mark: string): Promise<boolean> {
    for await (const { Data } of this.#history(place.at, "Data")) if (Data?.trim() === markIn(place, mark)) return true;
    return false;
  }

  async setStatus(ticket: number, status: "open" | "resolved"): Promise<void> {
    await this.#ask("PUT", `/ticket/${ticket}`, { Status: status });
  }

  /** Takes a ticket out of sight. @throws Refused where it stays: this is the one status that terms ask for */
  async delete(ticket: number): Promise<void> {
    // Also where it may not, it answers 200, and says so in the user's language.
    const { value: said } = await this.#ask("PUT", `/ticket/${ticket}`, { Status: "deleted" });
    const { value } = await this.#ask("GET", `/ticket/${ticket}`);
    if ((value as { Status: string }).Status !== "deleted")
      throw new Refused(403, `Request Tracker does not delete ticket ${ticket}: ${(said as string[]).join(" ")}`);
  }

  /** The newest transaction there is, 0 for none. */
  async newest(): Promise<number> {
    const { value } = await this.#ask("POST", "/transactions?orderby=id&order=DESC&per_page=1", [
      { field: "id", operator: ">", value: "0" },
    ]);
    return Number((value as Page<Row>).items[0]?.id ?? 0);
  }

  /** Answers in tickets after a transaction, oldest first, one page. */
  async answersAfter(transaction: number): Promise<Answer[]> {
    const { value, at } = await this.#ask(
      "POST",
      `/transactions?orderby=id&order=ASC&per_page=${A_PAGE}&fields=Creator,Created,ObjectId,CustomFields`,
      [
        { field: "ObjectType", value: "RT::Ticket" },
        { field: "Type", value: "Correspond" },
        { field: "id", operator: ">", value: String(transaction) },
      ],
    );
    return (value as Page<Row>).items.map((row) => ({
      transaction: Number(row.id),
      ticket: Number(row.ObjectId),
      creator: row.Creator.id,
      outcome: valueOf(row.CustomFields, "Outcome"),
      created: row.Created,
      settled: Date.parse(row.Created) <= at - SETTLED_AFTER_MS,
    }));
  }

  /** What an answer says, as text: its plain part, else its HTML part's words. */
  async textOf(transaction: number): Promise<string> {
    const { value } = await this.#ask(
      "GET",
      `/transaction/${transaction}/attachments?fields=Content,ContentType,Filename&per_page=${A_PAGE}`,
    );
    const parts = (value as Page<Part>).items.filter(({ Filename }) => !Filename);
    const plain = parts.find(({ ContentType }) => ContentType.startsWith("text/plain"));
    const html = parts.find(({ ContentType }) => ContentType.startsWith("text/html"));
    return plain ? plain.Content.trim() : textOfHtml(html?.Content ?? "");
  }

  /** What an agent is called; their user name, where that is nobody's to read. */
  async nameOf(user: string): Promise<string> {
    try {
      const { value } = await this.#ask("GET", `/user/${encodeURIComponent(user)}`);
      return (value as { RealName?: string }).RealName || user;
    } catch (error) {
      if (error instanceof Refused) return user;
      throw error;
    }
  }
}
