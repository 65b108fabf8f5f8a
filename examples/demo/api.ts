// The public HTTP API, as any program would call it: nothing here knows more than the contract.
import { expect } from "./expectation.ts";

export type Answer<T> = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly body: T;
};

export class Api {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** One call. A picture's bytes go out as they are, anything else as JSON. @throws with the server's own words unless it is a 2xx. */
  async call<T>(method: string, path: string, token?: string, body?: unknown): Promise<Answer<T>> {
    const picture = body instanceof Uint8Array;
    const response = await fetch(this.origin + path, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": picture ? "image/png" : "application/json" }),
      },
      ...(body !== undefined && { body: picture ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.ok, `${method} ${path} succeeds`, `${response.status} ${bytes.toString()}`);
    const isJson = /^application\/([a-z.]+\+)?json/.test(response.headers.get("Content-Type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      body: (isJson ? JSON.parse(bytes.toString()) : null) as T,
    };
  }

  get = async <T>(path: string, token?: string): Promise<T> => (await this.call<T>("GET", path, token)).body;
  post = async <T>(path: string, body: unknown, token?: string): Promise<T> =>
    (await this.call<T>("POST", path, token, body)).body;
  put = async <T>(path: string, body: unknown, token?: string): Promise<T> =>
    (await this.call<T>("PUT", path, token, body)).body;
  patch = async <T>(path: string, body: unknown, token?: string): Promise<T> =>
    (await this.call<T>("PATCH", path, token, body)).body;
}
