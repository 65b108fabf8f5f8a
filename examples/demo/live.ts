// What an owner's app has open: a WebSocket on which everything about a twin arrives as it happens.
import { Awaited } from "./awaited.ts";
import { inTime } from "./expectation.ts";

export type FeedEvent = {
  readonly seq: number;
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly note?: { readonly id: string };
    readonly message?: { readonly id: string; readonly text: string };
    readonly agreement?: { readonly id: string; readonly state: string };
    readonly relay?: { readonly state: string };
  };
  /** When it came, by performance.now(). */
  readonly at: number;
};

export class Live {
  readonly events = new Awaited<FeedEvent>();
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) =>
      this.events.came({ ...(JSON.parse(data as string) as Omit<FeedEvent, "at">), at: performance.now() }),
    );
    socket.addEventListener("close", ({ code }) => this.events.end(`the owner's socket closed with ${code}`));
  }

  /** Opens it, with all that happened so far first. A browser can't set headers here: the token is offered as a subprotocol. */
  static async open(origin: string, twin: string, token: string): Promise<Live> {
    const url = `${origin.replace("http", "ws")}/v1/twins/${twin}/live?after=0`;
    const socket = new WebSocket(url, ["pico-twins.v1", `bearer.${token}`]);
    const live = new Live(socket);
    const { promise, resolve, reject } = Promise.withResolvers<Live>();
    socket.addEventListener("open", () => resolve(live));
    socket.addEventListener("error", () => reject(new Error("the owner's socket can't be opened")));
    return inTime(promise, "the owner's socket");
  }

  /** The next event of this type that `about` holds for. */
  next(type: string, about: (data: FeedEvent["data"]) => boolean): Promise<FeedEvent> {
    return this.events.next(`${type} on the owner's socket`, (event) => event.type === type && about(event.data));
  }

  close(): void {
    this.#socket.close();
  }
}
