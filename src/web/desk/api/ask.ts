// Calls of the API under the company that is signed in. A key that no longer works ends the session, wherever it is found out.

import { call, type Answer, type Asking, type Problem } from "../../api/call.ts";
import { forget, session } from "../session.ts";

const SIGNED_OUT: Problem = {
  status: 401,
  code: "unauthorized",
  title: "",
  detail: "",
  errors: [],
  retryAfterSeconds: null,
};

/** Asks `/v1/makers/{the company}` + `path`, which begins with a slash, with the key of whoever is signed in. Never throws. */
export async function ask<T>(path: string, asking: Omit<Asking, "token"> = {}): Promise<Answer<T>> {
  const { maker, key } = session.peek() ?? { maker: null, key: null };
  if (key === null) return { ok: false, problem: SIGNED_OUT };
  const answer = await call<T>(`/v1/makers/${encodeURIComponent(maker)}${path}`, { ...asking, token: key });
  if (!answer.ok && answer.problem.status === 401 && session.peek()?.key === key) forget(true);
  return answer;
}

type Asked = { readonly [name: string]: string | number | null | undefined };

/** `?a=b&c=d` of what is said; "" when nothing is. */
export function queryOf(asked: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
