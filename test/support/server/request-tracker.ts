// A stand-in for Request Tracker 5: as much of REST2 as the bridge uses, with what it does to tickets that are merged, moved and shredded.
// Its answers are those that the real one was seen to give; the trial of the bridge plays against the real one.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const QUEUE = "Owners";
const USER = "pico-twins";

type Ticket = {
  readonly id: number;
  queue: string;
  status: string;
  readonly subject: string;
  readonly thread: string;
  into: number | null;
};
type Transaction = {
  readonly id: number;
  readonly ticket: number;
  readonly type: string;
  readonly creator: string;
  readonly data: string;
  readonly text: string;
  readonly pictures: number;
  readonly field: string;
  readonly newValue: string;
};
type Asked = { readonly method: string; readonly path: string };
type Said = { readonly status: number; readonly value: unknown };
type Body = {
  Subject?: string;
  Content?: string;
  Status?: string;
  CustomFields?: Record<string, string>;
  Attachments?: unknown[];
};

const said = (value: unknown, status = 200): Said => ({ status, value });
const notFound = said({ message: "Not Found" }, 404);
const forbidden = said({ message: "Forbidden" }, 403);

export class StandInTracker {
  readonly #server: Server;
  readonly #tickets = new Map<number, Ticket>();
  #transactions: Transaction[] = [];
  #lastTicket = 0;
  #lastTransaction = 0;
  /** A status to answer with instead, or "cut" to lose the connection. */
  fault: (asked: Asked) => number | "cut" | null = () => null;
  /** It lets no ticket be deleted, and answers 200 as ever. */
  holdsOn = false;
  /** What its web server takes, as the length that a request declares. */
  mostBytes = Infinity;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (Number(request.headers["content-length"] ?? 0) > this.mostBytes) {
        // As web servers do: it answers at once, and then reads what comes without looking.
        response.writeHead(413, { connection: "close" }).end("<html>413 Request Entity Too Large</html>");
        request.resume();
        return;
      }
      void this.#answer(request).then((answer) => {
        if (answer === null) return response.destroy();
        return response
          .writeHead(answer.status, { "content-type": "application/json" })
          .end(JSON.stringify(answer.value));
      });
    });
  }

  static async start(): Promise<StandInTracker> {
    const tracker = new StandInTracker();
    tracker.#server.listen(0, "127.0.0.1");
    await once(tracker.#server, "listening");
    return tracker;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** What an agent sees in the queue: each ticket that is neither deleted nor merged away, with everything that is said in it. */
  tickets(): { id: number; subject: string; status: string; said: string[]; pictures: number }[] {
    return [...this.#tickets.values()]
      .filter(({ status, into, queue }) => status !== "deleted" && into === null && queue === QUEUE)
      .map(({ id, subject, status }) => {
        const rows = this.#historyOf(id).filter(({ text }) => text !== "");
        return {
          id,
          subject,
          status,
          said: rows.map(({ text }) => text),
          pictures: rows.reduce((sum, { pictures }) => sum + pictures, 0),
        };
      });
  }

  /** The one ticket of a thread, deleted or not. */
  of(thread: string): Ticket {
    const [ticket, ...others] = [...this.#tickets.values()].filter((one) => one.thread === thread);
    if (!ticket || others.length > 0) throw new Error(`${thread} has ${ticket ? "several tickets" : "no ticket"}`);
    return ticket;
  }

  /** Everything that is said in a ticket, deleted or not. */
  saidIn(ticket: number): string[] {
    return this.#historyOf(ticket).map(({ text }) => text);
  }

  /** The transactions that say these, in this order. */
  transactionsSaying(...texts: string[]): number[] {
    return texts.map((text) => this.#transactions.find((row) => row.text.includes(text))!.id);
  }

  /** A ticket that is no note's. */
  make(subject: string): number {
    const { id } = this.#create({ Subject: subject, Content: subject, CustomFields: {} }).value as { id: string };
    return Number(id);
  }

  /** An agent's answer. Gives its transaction. */
  answer(ticket: number, text: string): number {
    return this.#write(this.#effective(ticket)!.id, "Correspond", "ida", { text });
  }

  merge(from: number, into: number): void {
    const [ticket, target] = [this.#effective(from)!, this.#effective(into)!];
    for (const other of this.#tickets.values()) if (other.into === ticket.id) other.into = target.id;
    ticket.into = target.id;
    const link = { field: "MergedInto", newValue: `fsck.com-rt://rt.example/ticket/${target.id}` };
    this.#write(ticket.id, "AddLink", "ida", link);
    this.#write(target.id, "AddLink", "ida", link);
  }

  shred(ticket: number): void {
    this.#tickets.delete(ticket);
    this.#transactions = this.#transactions.filter((row) => row.ticket !== ticket);
  }

  move(ticket: number, queue: string): void {
    this.#tickets.get(ticket)!.queue = queue;
  }

  #effective(id: number): Ticket | undefined {
    const ticket = this.#tickets.get(id);
    return ticket?.into ? this.#tickets.get(ticket.into) : ticket;
  }

  #historyOf(id: number): Transaction[] {
    const at = this.#effective(id)?.id;
    return this.#transactions.filter(({ ticket }) => this.#effective(ticket)?.id === at);
  }

  #write(
    ticket: number,
    type: string,
    creator: string,
    { text = "", data = "", pictures = 0, field = "", newValue = "" },
  ): number {
    const id = ++this.#lastTransaction;
    this.#transactions.push({ id, ticket, type, creator, data, text, pictures, field, newValue });
    return id;
  }

  async #answer(request: IncomingMessage): Promise<Said | null> {
    const url = new URL(request.url!, this.url);
    const method = request.method!;
    const path = url.pathname.replace("/REST/2.0", "");
    const text = Buffer.concat(await request.toArray()).toString();
    const fault = this.fault({ method, path });
    if (fault === "cut") return null;
    if (fault !== null) return said({ message: "as the test has it" }, fault);
    return this.#route(`${method} ${path}`, url.searchParams, text === "" ? {} : (JSON.parse(text) as Body));
  }

  #route(asked: string, query: URLSearchParams, body: Body): Said {
    const id = Number(/\/(\d+)/.exec(asked)?.[1]);
    switch (asked.replace(/\/\d+/, "/ID")) {
      case `GET /queue/${QUEUE}`:
        return said({ Name: QUEUE, _hyperlinks: [{ ref: "self" }, { ref: "create" }] });
      case "POST /ticket":
        return this.#create(body);
      case "GET /tickets":
        return this.#page(query, this.#search(query.get("query")!));
      case "GET /ticket/ID": {
        const ticket = this.#effective(id);
        if (!ticket) return notFound;
        return ticket.queue === QUEUE ? said({ id: ticket.id, Status: ticket.status }) : forbidden;
      }
      case "PUT /ticket/ID": {
        const ticket = this.#effective(id);
        if (!ticket) return said({ message: "Resource does not exist; use POST to create" }, 404);
        if (ticket.queue !== QUEUE) return forbidden;
        if (this.holdsOn && body.Status === "deleted") return said([`Ticket ${ticket.id}: Permission Denied`]);
        ticket.status = body.Status!;
        return said([`Ticket ${ticket.id}: Status changed`]);
      }
      case "POST /ticket/ID/comment": {
        const ticket = this.#effective(id);
        // So it says, where there is no such ticket.
        if (ticket?.queue !== QUEUE) return said({ message: "Permission Denied" }, 400);
        this.#write(ticket.id, "Comment", USER, {
          text: body.Content!,
          data: body.Subject!,
          pictures: body.Attachments?.length ?? 0,
        });
        return said(["Comments added"], 201);
      }
      case "GET /ticket/ID/history":
        return this.#page(query, this.#historyOf(id).map(rowOf));
      case "POST /transactions": {
        const filters = body as unknown as { field: string; value: string }[];
        const after = Number(filters.find(({ field }) => field === "id")?.value);
        const rows = this.#transactions.filter((row) => row.id > after && row.type === "Correspond");
        return this.#page(query, rows.map(rowOf));
      }
      case "GET /transaction/ID/attachments": {
        const row = this.#transactions.find((one) => one.id === id)!;
        return said({ items: [{ ContentType: "text/plain", Content: row.text, Filename: "" }] });
      }
      case "GET /user/ida":
        return said({ Name: "ida", RealName: "Ida" });
      default:
        return notFound;
    }
  }

  #create({ Subject, Content, CustomFields, Attachments }: Body): Said {
    const id = ++this.#lastTicket;
    const thread = CustomFields!["Pico Twins thread"] ?? "";
    this.#tickets.set(id, { id, queue: QUEUE, status: "new", subject: Subject!, thread, into: null });
    this.#write(id, "Create", USER, { text: Content!, pictures: Attachments?.length ?? 0 });
    return said({ id: String(id) }, 201);
  }

  #search(query: string): { id: string }[] {
    const effective = Number(/^EffectiveId = (\d+)$/.exec(query)?.[1]);
    const thread = /= '([^']+)'$/.exec(query)?.[1];
    return [...this.#tickets.values()]
      .filter(({ status, queue }) => status !== "deleted" && queue === QUEUE)
      .filter((ticket) =>
        thread === undefined
          ? this.#effective(ticket.id)?.id === effective
          : ticket.thread === thread && ticket.into === null,
      )
      .map(({ id }) => ({ id: String(id) }));
  }

  #page(query: URLSearchParams, items: unknown[]): Said {
    const each = Number(query.get("per_page") ?? 20);
    const from = (Number(query.get("page") ?? 1) - 1) * each;
    return said({ items: items.slice(from, from + each) });
  }
}

const rowOf = ({ id, ticket, type, creator, data, field, newValue }: Transaction) => ({
  id: String(id),
  ObjectId: String(ticket),
  Type: type,
  Creator: { id: creator },
  Created: "2026-01-01T00:00:00Z",
  Data: data,
  Field: field,
  NewValue: newValue,
  CustomFields: "",
});
