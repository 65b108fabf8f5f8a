// One call of the public API. Never puts a token anywhere but the Authorization header, and never throws for what a server or a network does.

/** A refusal (RFC 9457), or what stands for one when no answer came: status 0, code "offline". */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Which of several ways it is, where the code alone doesn't say. */
  readonly reason?: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** From Retry-After; null where there is none. */
  readonly retryAfterSeconds: number | null;
};

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly status: number; readonly headers: Headers }
  | { readonly ok: false; readonly problem: Problem };

export type Asking = {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly token?: string;
  /** Sent as JSON; a Blob or bytes go as they are. */
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How the answer is read; JSON unless said. A 204 is always null. */
  readonly as?: "json" | "blob" | "bytes" | "text" | "stream";
};

/** So long an answer is waited for. */
export const PATIENCE_MS = 30_000;

/** What stands for an answer that never came, or broke off. */
export const OFFLINE: Problem = {
  status: 0,
  code: "offline",
  title: "",
  detail: "",
  errors: [],
  retryAfterSeconds: null,
};

/** What stands for an answer where what was wanted is known here. */
export const answered = <T>(value: T): Answer<T> => ({ ok: true, value, status: 200, headers: new Headers() });

/** What stands for an answer where what was wanted is so already. */
export const DONE: Answer<null> = { ok: true, value: null, status: 204, headers: new Headers() };

const isRaw = (body: unknown): body is Blob | Uint8Array<ArrayBuffer> =>
  body instanceof Blob || body instanceof Uint8Array;

/** What stands for an answer that this device could not keep, or for a question: its storage is full. */
export const NO_ROOM: Problem = { ...OFFLINE, code: "no-room" };

/** What stands for an answer where the browser itself refused, for another reason than that: the server may have done it by then. */
export const BROWSER_REFUSED: Problem = { ...OFFLINE, code: "browser-refused" };

function headersOf({ token, body, key, headers }: Asking): Headers {
  const all = new Headers(headers);
  if (token !== undefined) all.set("Authorization", `Bearer ${token}`);
  if (key !== undefined) all.set("Idempotency-Key", key);
  if (body !== undefined && !isRaw(body)) all.set("Content-Type", "application/json");
  if (body instanceof Uint8Array && !all.has("Content-Type")) all.set("Content-Type", "application/octet-stream");
  return all;
}

async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    status: response.status,
    code: told.code ?? "unavailable",
    title: told.title ?? response.statusText,
    detail: told.detail ?? "",
    ...(told.reason !== undefined && { reason: told.reason }),
    errors: told.errors ?? [],
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  };
}

/** How a call ended: the status of its answer, 0 where none came. */
type Ending = { readonly token: string | undefined; readonly status: number };
let heard: (ending: Ending) => void = () => {};

/** Has `listener` hear how every call of this page ends. */
export function hearCalls(listener: (ending: Ending) => void): void {
  heard = listener;
}

/** Asks the API at `path`, which begins with a slash. */
export async function call<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const { method = "GET", body, signal, as = "json" } = asking;
  try {
    const response = await fetch(path, {
      method,
      headers: headersOf(asking),
      credentials: "omit",
      cache: "no-store",
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    heard({ token: asking.token, status: response.status });
    if (!response.ok && response.status !== 304) return { ok: false, problem: await problemOf(response) };
    const { status, headers } = response;
    if (status === 204 || status === 304) {
      // A body that nobody reads, empty or not, counts as a request that was broken off.
      await response.arrayBuffer();
      return { ok: true, value: null as T, status, headers };
    }
    return { ok: true, value: (await read(response, as)) as T, status, headers };
  } catch {
    // A call that its page gave up says nothing of the network; one whose patience ran out does.
    if (!signal?.aborted || signal.reason?.name === "TimeoutError") heard({ token: asking.token, status: 0 });
    // No network, a connection that broke, an answer cut short: nothing is known, so whoever wrote must ask again with the same key.
    return { ok: false, problem: OFFLINE };
  }
}

async function read(response: Response, as: Asking["as"]): Promise<unknown> {
  switch (as) {
    case "blob":
      return response.blob();
    case "bytes":
      return new Uint8Array(await response.arrayBuffer());
    case "text":
      return response.text();
    case "stream":
      return response.body;
    default:
      return response.json();
  }
}

/** Whether asking again later may help: no network, too many requests, or a server that is not well. */
export const isPassing = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;

/** Whether what was asked for may have been done all the same: the answer was lost, or the server failed on the way. */
export const isUnanswered = ({ status }: Problem): boolean => status === 0 || status >= 500;

/** Whether the key that was shown opens nothing, or nothing any more. */
export const isShutOut = ({ status }: Problem): boolean => status === 401 || status === 404 || status === 410;

/** A key under which a repeat of the same call is answered alike; 26 characters that nobody guesses. */
export const newKey = (): string => crypto.randomUUID().replaceAll("-", "");
