// A company proves its domain to the real server, over a real connection: the file is found, and what waited for the company is decided.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agree } from "../support/people.ts";
import { eventually, startProduct, type Product } from "../support/server/product.ts";

const DOMAIN = "lamo.example";

let files: Server;
let product: Product;
/** What stands where; what is not there is 404. */
const standing = new Map<string, string>();
const asked: string[] = [];

beforeAll(async () => {
  files = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const file = standing.get(request.url ?? "");
    if (file?.startsWith("/")) response.writeHead(302, { Location: file }).end();
    else response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, "127.0.0.1");
  await once(files, "listening");
  const { port } = files.address() as AddressInfo;
  product = await startProduct(1, { DOMAIN_PROOF_ORIGIN: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await product?.end();
  files?.close();
});

test("a joining is proven by the file at its domain and by nothing that is behind a redirect", async () => {
  const { api } = product;
  const started = await api.post("/v1/twins", { product: { name: "A lamp", maker: DOMAIN } });
  const { id } = await agree(api, started.body);
  const { status, body: joined } = await api.post("/v1/joinings", { domain: DOMAIN, name: "LAMO" });
  expect(status).toBe(201);
  await api.put(`/v1/makers/${DOMAIN}/policy`, { rules: { "SD-BASE-DP": "accept" } }, joined.key);
  const prove = () => api.post(`/v1/makers/${DOMAIN}/verification`, undefined, joined.key);

  expect((await prove()).body.code).toBe("proof-missing");
  const path = `/${DOMAIN}/.well-known/pico-twins.json`;
  standing.set("/elsewhere.json", JSON.stringify(joined.proof.file));
  standing.set(path, "/elsewhere.json");
  expect((await prove()).body.code).toBe("proof-missing");
  standing.set(path, JSON.stringify(joined.proof.file));
  expect(await prove()).toMatchObject({ status: 200, body: { maker: DOMAIN, verified: true } });
  expect(asked).toEqual(Array.from({ length: 3 }, () => `GET ${path}`));

  const { twin, token } = started.body;
  const decided = await eventually(
    async () => (await api.get(`/v1/twins/${twin}/agreements/${id}`, token)).body.state,
    (state) => state !== "proffered",
  );
  expect(decided).toBe("accepted");
});
