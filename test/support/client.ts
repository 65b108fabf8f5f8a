// A small client of the HTTP API for tests: what an outside program would write, by the contract alone.

export type Answer<T = any> = { status: number; headers: Headers; body: T };
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export class Client {
  readonly #fetch: Fetch;
  readonly origin: string;

  constructor(fetch: Fetch, origin: string) {
    this.#fetch = fetch;
    this.origin = origin;
  }

  async call<T = any>(
    method: string,
    path: string,
    { token, body, headers }: { token?: string | undefined; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array || typeof body === "string";
    const response = await this.#fetch(this.origin + path, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && !raw && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json =
      /json/.test(response.headers.get("Content-Type") ?? "") &&
      !/ndjson/.test(response.headers.get("Content-Type") ?? "");
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
  }

  get = <T = any>(path: string, token?: string) => this.call<T>("GET", path, { token });
  post = <T = any>(path: string, body: unknown, token?: string, headers: Record<string, string> = {}) =>
    this.call<T>("POST", path, { token, body, headers });
  put = <T = any>(path: string, body: unknown, token?: string, headers: Record<string, string> = {}) =>
    this.call<T>("PUT", path, { token, body, headers });
  patch = <T = any>(path: string, body: unknown, token?: string) => this.call<T>("PATCH", path, { token, body });
  delete = <T = any>(path: string, token?: string) => this.call<T>("DELETE", path, { token });
}
