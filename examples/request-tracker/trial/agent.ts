// Someone who works with tickets: what they do in Request Tracker's pages, done by its REST2 interface.

const TIMEOUT_MS = 30_000;

type Ticket = { readonly id: string; readonly Status: string };

export class Agent {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, user: string, password: string) {
    this.#url = `${url}/REST/2.0`;
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    };
  }

  async #ask(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      headers: this.#headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** How many tickets the queue has that are not deleted. */
  async count(): Promise<number> {
    const query = encodeURIComponent("Queue = 'Owners'");
    return ((await this.#ask(`/tickets?query=${query}&per_page=1`)) as { total: number }).total;
  }

  /** Every ticket of the queue that is not deleted, by the thread it is of; one that has two is there twice. */
  async tickets(): Promise<{ id: number; thread: string }[]> {
    const all: { id: number; thread: string }[] = [];
    for (let page = 1; ; page++) {
      const query = encodeURIComponent("Queue = 'Owners'");
      const { items } = (await this.#ask(`/tickets?query=${query}&fields=CustomFields&per_page=100&page=${page}`)) as {
        items: { id: string; CustomFields: { name: string; values: string[] }[] }[];
      };
      for (const { id, CustomFields } of items) {
        const thread = CustomFields.find(({ name }) => name === "Pico Twins thread")?.values[0] ?? "";
        all.push({ id: Number(id), thread });
      }
      if (items.length < 100) return all;
    }
  }

  /** The ticket of a thread, or null. */
  async ticketOf(thread: string): Promise<number | null> {
    const query = encodeURIComponent(`Queue = 'Owners' AND 'CF.{Pico Twins thread}' = '${thread}'`);
    const { items } = (await this.#ask(`/tickets?query=${query}`)) as { items: { id: string }[] };
    return items[0] ? Number(items[0].id) : null;
  }

  async answer(ticket: number, text: string, outcome: string): Promise<void> {
    const said = { Content: text, ContentType: "text/plain", TxnCustomFields: { Outcome: outcome } };
    await this.#ask(`/ticket/${ticket}/correspond`, said);
  }

  async merge(ticket: number, into: number): Promise<void> {
    await this.#ask(`/ticket/${ticket}`, { MergeInto: into }, "PUT");
  }

  async move(ticket: number, queue: string): Promise<void> {
    await this.#ask(`/ticket/${ticket}`, { Queue: queue }, "PUT");
  }

  /** Everything that is said in a ticket, and the names of the pictures in it. */
  async contents(ticket: number): Promise<{ said: string[]; pictures: string[] }> {
    const { items } = (await this.#ask(
      `/ticket/${ticket}/attachments?fields=Content,ContentType,Filename&per_page=100`,
    )) as { items: { Content: string; ContentType: string; Filename: string }[] };
    return {
      said: items.filter(({ ContentType }) => ContentType === "text/plain").map(({ Content }) => Content),
      pictures: items.filter(({ ContentType }) => ContentType.startsWith("image/")).map(({ Filename }) => Filename),
    };
  }

  async statusOf(ticket: number): Promise<string> {
    return ((await this.#ask(`/ticket/${ticket}`)) as Ticket).Status;
  }
}
