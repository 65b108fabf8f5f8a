// A label's link for programs: the linkset (RFC 9264) as GS1's resolvers give it, the same for every item whatever became of it.

import { env, exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { claim, freshGtin, join } from "../support/people.ts";
import { everything } from "../support/universe.ts";
import { api, operator } from "../support/worker.ts";

const ORIGIN = new URL(env.PUBLIC_URL).origin;
const LINKSET = "application/linkset+json";
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** The page's answer names the linkset; the linkset's own does not. */
const IS_PAGE = expect.stringContaining('rel="linkset"');
const ask = (path: string, accept?: string, method = "GET") =>
  api.call(method, path, accept === undefined ? {} : { headers: { Accept: accept } });
const linkset = (link: string) => {
  const target = [{ href: link, title: "Add it to what you own" }];
  return {
    linkset: [
      {
        anchor: link,
        "https://gs1.org/voc/defaultLink": target,
        "https://gs1.org/voc/registerProduct": target,
        ...(link.includes("/21/") && {
          "https://gs1.org/voc/reportFound": [{ href: `${link}/found`, title: "Tell its owner that you found it" }],
        }),
      },
    ],
  };
};

test("the linkset of an unknown, an unclaimed and a claimed item is the same to the byte, but for the link itself", async () => {
  const maker = await join(api, operator);
  const gtin = freshGtin();
  const made = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Kettle", count: 1 }, maker.key);
  const owner = await claim(api, maker, gtin);
  const { serial } = (await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.product;
  const paths = [
    new URL(made.body.labels[0].url).pathname,
    `/01/${gtin}/21/${serial}`,
    `/01/${gtin}/21/never-made`,
    `/01/${freshGtin()}/21/never-made`,
    `/01/${gtin}`,
    `/01/${freshGtin()}`,
  ];
  const before = await everything();
  const answers = new Set<string>();
  for (const path of paths) {
    const { status, body, headers } = await ask(path, LINKSET);
    expect(body).toEqual(linkset(ORIGIN + path));
    answers.add(JSON.stringify([status, body, [...headers]]).replaceAll(ORIGIN + path, "LINK"));
  }
  // One answer for items, one for products.
  expect([...answers]).toHaveLength(2);
  expect(await everything()).toEqual(before);
});

describe("the linkset", () => {
  const path = `/01/${freshGtin()}/21/A-1`;

  test("is what whoever prefers it gets, or asks for by name; a browser and whoever takes anything get the page", async () => {
    for (const accept of [LINKSET, `text/html;q=0.5, ${LINKSET}`, `${LINKSET}, */*;q=0.1`, "application/*"]) {
      const { status, headers, body } = await ask(path, accept);
      expect([accept, status, headers.get("Content-Type")]).toEqual([accept, 200, LINKSET]);
      expect(body).toEqual(linkset(ORIGIN + path));
    }
    expect((await ask(path, "application/json")).headers.get("Content-Type")).toBe("application/json");
    expect((await ask(path, "application/json")).body).toEqual(linkset(ORIGIN + path));
    for (const query of ["?linkType=linkset", "?linkType=all", "?linkType=linkset&context=x"])
      expect((await ask(path + query, BROWSER)).headers.get("Content-Type")).toBe(LINKSET);
    for (const accept of [undefined, "*/*", BROWSER, `text/html, ${LINKSET};q=0.9`, `${LINKSET};q=0`, "garbage;;,"])
      expect([accept, (await ask(path, accept)).headers.get("Link")]).toEqual([accept, IS_PAGE]);
  });

  test("can be asked for by each link type it has; a type it has not is not found", async () => {
    for (const type of ["gs1:defaultLink", "gs1:registerProduct", "https://gs1.org/voc/registerProduct"]) {
      const { headers } = await ask(`${path}?linkType=${encodeURIComponent(type)}`, LINKSET);
      expect([type, headers.get("Link")]).toEqual([type, IS_PAGE]);
    }
    for (const type of ["gs1:reportFound", "https://ref.gs1.org/voc/reportFound"]) {
      const asked = new Request(`${ORIGIN}${path}?linkType=${encodeURIComponent(type)}`, { redirect: "manual" });
      const { status, headers }: Response = await (exports as any).default.fetch(asked);
      expect([status, headers.get("Location")]).toEqual([307, `${ORIGIN}${path}/found`]);
      // A product can't be lost.
      expect((await ask(`${path.split("/21/")[0]}?linkType=${encodeURIComponent(type)}`, LINKSET)).status).toBe(404);
    }
    for (const type of ["gs1:pip", "gs1:", "pip", "https://evil.example/voc/registerProduct", "LINKSET", ""])
      expect([type, (await ask(`${path}?linkType=${encodeURIComponent(type)}`, LINKSET)).status]).toEqual([type, 404]);
  });

  test("is named on the page, which says that it depends on what is accepted; and says itself how it is read as JSON-LD", async () => {
    const page = await ask(path, BROWSER);
    expect(page.headers.get("Vary")).toContain("Accept");
    expect(page.headers.get("Link")).toBe(`<${ORIGIN}${path}?linkType=linkset>; rel="linkset"; type="${LINKSET}"`);
    const links = await ask(path, LINKSET);
    expect(links.headers.get("Vary")).toContain("Accept");
    expect(links.headers.get("Link")).toBe(
      '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"',
    );
  });

  test("is for pages of any origin, by GET, HEAD and OPTIONS", async () => {
    for (const [method, expected] of [
      ["GET", 200],
      ["HEAD", 200],
      ["OPTIONS", 204],
    ] as const) {
      const { status, headers, body }: Response = await (exports as any).default.fetch(
        new Request(ORIGIN + path, { method, headers: { Accept: LINKSET } }),
      );
      expect([method, status, headers.get("Access-Control-Allow-Origin"), body !== null]).toEqual([
        method,
        expected,
        "*",
        method === "GET",
      ]);
      if (method !== "OPTIONS") expect(headers.get("Content-Type")).toBe(LINKSET);
      await body?.cancel();
    }
    expect((await ask(path, LINKSET)).headers.get("Access-Control-Expose-Headers")).toContain("Link");
    expect((await ask(path, LINKSET, "POST")).status).toBe(405);
  });

  test("names the item as this server writes its link: the GTIN in 14 digits, the serial percent-encoded", async () => {
    const gtin = "09520000000004".replace(/^0/, "");
    const odd = encodeURIComponent(`a/b?"%'!`);
    const { body } = await ask(`/01/${gtin}/21/${odd}`, LINKSET);
    expect(body.linkset[0].anchor).toBe(`${ORIGIN}/01/0${gtin}/21/a%2Fb%3F%22%25%27%21`);
  });

  test("of what can't be a label's link is a bad request, for programs and people", async () => {
    for (const wrong of [
      `/01/${freshGtin().slice(0, 13)}x/21/1`,
      "/01/09521234543210/21/1",
      "/01/09521234543210",
      `/01/${freshGtin()}/21/${"a".repeat(21)}`,
      `/01/${freshGtin()}/21/%C3%A9`,
      `/01/${freshGtin()}/21/%00`,
    ]) {
      expect([wrong, await ask(wrong, LINKSET)]).toMatchObject([wrong, { status: 400, body: { code: "malformed" } }]);
      // A person gets the app's page, which says it in words; where it isn't built, what to do about that.
      expect([wrong, [400, 503].includes((await ask(wrong, BROWSER)).status)]).toEqual([wrong, true]);
    }
  });
});

test("/.well-known/gs1resolver describes the resolver with what GS1's schema knows", async () => {
  const { status, headers, body } = await ask("/.well-known/gs1resolver");
  expect([status, headers.get("Content-Type"), headers.get("Access-Control-Allow-Origin")]).toEqual([
    200,
    "application/json",
    "*",
  ]);
  expect(body).toEqual({
    name: "Pico Twins",
    resolverRoot: ORIGIN,
    supportedPrimaryKeys: ["01"],
    supportedLinkType: [{ namespace: "https://gs1.org/voc/", prefix: "gs1:" }],
    linkTypeDefaultCanBeLinkset: false,
    jsonLdContextLocation: "https://ref.gs1.org/standards/resolver/linkset-context",
  });
});
