// Request Tracker 5 by its REST2 interface: as much of it as the bridge needs. Throws where it does not answer, or refuses.

const TIMEOUT_MS = 30_000;
const A_PAGE = 100;
const THREAD_FIELD = "Pico Twins thread";

export type Picture = { readonly name: string; readonly type: string; readonly base64: string };
export type NewTicket = {
  readonly thread: string;
  readonly agreement: string;
  readonly subject: string;
  readonly text: string;
  readonly pictures: readonly Picture[];
};
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
  Data?: string;
  CustomFields?: Field[] | "";
};
type Part = { ContentType: string; Content: string; Filename: string };

/** A transaction's own fields are written a moment after it. */
const SETTLED_AFTER_MS = 10_000;

const valueOf = (fields: Field[] | "" | undefined, name: string): string | null =>
  (Array.isArray(fields) ? fields.find((field) => field.name === name)?.values[0] : undefined) ?? null;

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
  readonly #headers: Record<string, string>;

  constructor(url: string, queue: string, user: string, password: string) {
    this.#url = `${url}/REST/2.0`;
    this.#queue = queue;
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
    if (!response.ok) throw new Error(`Request Tracker answers ${response.status} to ${method} ${path.split("?")[0]}`);
    return { value: await response.json(), at: Date.parse(response.headers.get("date") ?? "") };
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
      Attachments: ticket.pictures.map(({ name, type, base64 }) => ({
        FileName: name,
        FileType: type,
        FileContent: base64,
      })),
    });
    return Number((value as { id: string }).id);
  }

  /** Says something in a ticket, to its agents. `mark` names it, so that it can be found again. */
  async comment(ticket: number, mark: string, text: string): Promise<void> {
    await this.#ask("POST", `/ticket/${ticket}/comment`, { Subject: mark, Content: text, ContentType: "text/plain" });
  }

  async hasComment(ticket: number, mark: string): Promise<boolean> {
    for (let page = 1; ; page++) {
      const { value } = await this.#ask("GET", `/ticket/${ticket}/history?fields=Data&per_page=${A_PAGE}&page=${page}`);
      const rows = (value as Page<Row>).items;
      if (rows.some(({ Data }) => Data?.trim() === mark)) return true;
      if (rows.length < A_PAGE) return false;
    }
  }

  async setStatus(ticket: number, status: "open" | "resolved" | "deleted"): Promise<void> {
    await this.#ask("PUT", `/ticket/${ticket}`, { Status: status });
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

  async nameOf(user: string): Promise<string> {
    const { value } = await this.#ask("GET", `/user/${encodeURIComponent(user)}`);
    const { RealName, Name } = value as { RealName?: string; Name: string };
    return RealName || Name;
  }
}
