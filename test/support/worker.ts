// The Worker under test in workerd, called as an outside program would call it.

import { env, exports } from "cloudflare:workers";
import { Client } from "./client.ts";

export const api = new Client(
  (url, init) => (exports as any).default.fetch(new Request(url, init)),
  "https://twins.example",
);
export const operator: string = env.OPERATOR_KEY;
