// What can be wrong with a request: each fault spoils a right one in one way. `answers` is the status when nothing else is wrong; where it is
// absent, the spoilt request may be a right one still.

import * as fc from "fast-check";
import { JSON_BYTES, NOTICE_BYTES, PHOTO_BYTES } from "../../src/api/body.ts";
import { avif, jpeg, png, webp } from "../domain/photo/pictures.ts";
import type { RightRequest } from "./right-requests.ts";
import type { Route } from "./routes.ts";

export type Sent = { method: string; path: string; headers: Record<string, string>; body?: BodyInit | undefined };
export type Fault = {
  readonly what: string;
  readonly answers?: readonly number[];
  readonly spoil: (right: Sent) => Sent;
};

const utf8 = new TextEncoder();
const JSON_TYPE = { "Content-Type": "application/json" };
const LONG = "x".repeat(9_000);

/** Values that some field may not bear: wrong types, deep, huge, and text that is none. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    LONG,
    "x".repeat(60_000),
    [],
    {},
    [[]],
    [null],
    [""],
    { toString: 1 },
    JSON.parse('{"__proto__":{"polluted":true}}'),
    "constructor",
    "../../etc",
    "' OR 1=1 --",
    "%00",
    "\u202e",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00.1234567890123Z",
    "http://127.0.0.1@example.com/",
    "javascript:alert(1)",
    "https://[::1]/",
    "file:///etc/passwd",
    Array.from({ length: 5_000 }, () => ""),
    Array.from({ length: 300 }, (_, i) => `k${i}`),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 4 }),
);

const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + "1" + close.repeat(levels);

/** The text of a body that is no JSON object in UTF-8. */
const NO_JSON: readonly (readonly [what: string, body: BodyInit, answers: readonly number[]])[] = [
  ["half a body", '{"text":"Hal', [400]],
  ["words", "hello", [400]],
  ["two bodies", "{}{}", [400]],
  ["single quotes", "{'a':1}", [400]],
  ["NaN", '{"count":NaN}', [400]],
  ["a raw NUL", '{"a":"\0"}', [400]],
  ["broken UTF-8", new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), [400]],
  ["an encoded surrogate", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), [400]],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), [400]],
  ["bytes of zero", new Uint8Array(100), [400]],
  ["a list", "[]", [422]],
  ["null", "null", [422]],
  ["a number", "1e999", [400, 422]],
  ["text", '"text"', [422]],
  ["deep lists", deep("[", "]", 30_000), [422]],
  ["deep objects", deep('{"a":', "}", 10_000), [422]],
];

const chunked = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 5_000) controller.enqueue(bytes.slice(at, at + 5_000));
      controller.close();
    },
  });

type Place = readonly (string | number)[];

/** Where something stands in a body, at every depth. */
const placesIn = (value: unknown, at: Place = []): Place[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...placesIn(inner, [...at, name])]);

/** The body with something else at this place; `undefined` takes it away. */
function replaced(body: object, [name, ...rest]: Place, value: unknown): object {
  const inner = rest.length === 0 ? value : replaced((body as Record<string, object>)[name!]!, rest, value);
  return Array.isArray(body) ? body.with(Number(name), inner) : { ...body, [name!]: inner };
}

/** What can be wrong with a JSON body like this right one. */
export function bodyFaults(body: object, limit = JSON_BYTES): fc.Arbitrary<Fault> {
  const put =
    (value: BodyInit, headers: Record<string, string> = JSON_TYPE) =>
    (right: Sent): Sent => ({ ...right, body: value, headers: { ...right.headers, ...headers } });
  const places = fc.constantFrom(...placesIn(body));
  const large = utf8.encode(`{"text":"${"x".repeat(limit)}"}`);
  return fc.oneof(
    fc.constantFrom(...NO_JSON).map(([what, value, answers]): Fault => ({ what, answers, spoil: put(value) })),
    fc.tuple(places, odd).map(([place, value]): Fault => ({
      what: `${place.join(".")}: ${JSON.stringify(value).slice(0, 60)}`,
      spoil: put(JSON.stringify(replaced(body, place, value))),
    })),
    fc.tuple(fc.string({ minLength: 1, maxLength: 30 }), odd).map(([name, value]): Fault => ({
      what: `an unknown member ${name}`,
      answers: [422, 413],
      spoil: put(JSON.stringify({ ...body, [`x${name}`]: value })),
    })),
    places.map((place): Fault => ({
      what: `no ${place.join(".")}`,
      spoil: put(JSON.stringify(replaced(body, place, undefined))),
    })),
    fc
      .constantFrom(
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "json",
        "",
        "application/json-patch",
        "image/png",
      )
      .map((type): Fault => ({
        what: `type ${type}`,
        answers: [415],
        spoil: put(JSON.stringify(body), { "Content-Type": type }),
      })),
    fc.constantFrom<Fault>(
      { what: "too large", answers: [413], spoil: put(large) },
      { what: "too large, in chunks", answers: [413], spoil: (right) => put(chunked(large))(right) },
    ),
  );
}

function imageFaults(): fc.Arbitrary<Fault> {
  const put =
    (body: BodyInit) =>
    (right: Sent): Sent => ({ ...right, body });
  const pictures = fc.constantFrom(png(), jpeg(), webp(), avif());
  return fc.oneof(
    fc.tuple(pictures, fc.nat()).map(([picture, at]): Fault => ({
      what: `cut at ${at % picture.length}`,
      spoil: put(picture.slice(0, at % picture.length)),
    })),
    fc
      .tuple(pictures, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }))
      .map(([picture, flips]): Fault => {
        const bytes = picture.slice();
        for (const [at, value] of flips) bytes[at % bytes.length] = value;
        return { what: `bytes changed ${JSON.stringify(flips)}`, spoil: put(bytes) };
      }),
    fc
      .uint8Array({ minLength: 1, maxLength: 200 })
      .map((bytes): Fault => ({ what: "noise", spoil: put(bytes.slice()) })),
    fc.constantFrom<Fault>(
      { what: "nothing", answers: [415, 422], spoil: (right) => ({ ...right, body: undefined }) },
      { what: "markup", answers: [415], spoil: put("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>") },
      { what: "too large", answers: [413], spoil: put(new Uint8Array(PHOTO_BYTES + 1)) },
      {
        what: "too large, in chunks",
        answers: [413],
        spoil: (right) => ({ ...right, body: chunked(new Uint8Array(PHOTO_BYTES + 1)) }),
      },
    ),
  );
}

const WRONG_LIMITS = ["-1", "0", "201", "1.5", "abc", "", "1e9", "9".repeat(400), "NaN", "null", "1,2", "\0"];
const WRONG_CURSORS = [
  "",
  "!",
  "LTE",
  "MQ==",
  "OTk5OTk5OTk5OTk5OTk5OTk5OTk",
  "MS41",
  "abc",
  "\u00e9",
  "AAAA",
  "x".repeat(5_000),
  "MQ ",
  "bm90YW51bWJlcg",
];
/** Any words will do there. */
const FREE_TEXT = ["q", "product", "label"];
const WRONG_AFTERS = ["-1", "1.5", "abc", "9007199254740993", "NaN", "1 OR 1"];

function queryFaults(route: Route): fc.Arbitrary<Fault>[] {
  const asked = (name: string, values: readonly string[], answers?: readonly number[]): fc.Arbitrary<Fault> =>
    fc.constantFrom(...values).map((value) => ({
      what: `${name}=${value.slice(0, 30)}`,
      ...(answers && { answers }),
      spoil: (right) => ({ ...right, path: `${right.path}?${name}=${encodeURIComponent(value)}` }),
    }));
  const twice = (name: string): fc.Arbitrary<Fault> =>
    fc.constant({
      what: `${name} twice`,
      answers: [422],
      spoil: (right) => ({ ...right, path: `${right.path}?${name}=1&${name}=1` }),
    });
  const isNumber = route.path.startsWith("/v1/twins") && route.query.includes("after");
  return route.query.flatMap((name) => [
    twice(name),
    name === "limit"
      ? asked(name, WRONG_LIMITS, [422])
      : name === "cursor" || (name === "after" && !isNumber)
        ? asked(name, WRONG_CURSORS, [422])
        : name === "after"
          ? asked(name, WRONG_AFTERS, [422])
          : FREE_TEXT.includes(name)
            ? asked(name, ["", "\0", LONG], [422])
            : asked(name, ["", "no", "TRUE", "\0", LONG], [422]),
    asked(name, ["%", "%ff", "%ED%A0%80", "'\"<>", "\u202e"]).map((fault) => ({
      ...fault,
      spoil: (right: Sent) => ({ ...fault.spoil(right), path: decodeURIComponent(fault.spoil(right).path) }),
    })),
  ]);
}

const ODD_SEGMENTS = [
  "%2F",
  "..%2F..",
  "%2e%2e%2e",
  "%00",
  "%ff",
  "%ED%A0%80",
  "%",
  "%zz",
  "~",
  "a%20b",
  "\u00fc\u4e2d\u{1f600}",
  "x".repeat(5_000),
  "note_00000000000000000000000000",
  "NOTE_00000000000000000000000000",
  "twin_00000000000000000000000000",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "1",
  "-1",
  "*",
  ";",
  "'",
  "a.example",
  "127.0.0.1",
];

/** Another name in the place of one that the path holds: there is nothing under it. */
function pathFaults(route: Route): fc.Arbitrary<Fault>[] {
  const segments = route.path.split("/");
  const named = segments.flatMap((segment, at) => (segment.startsWith("{") ? [at] : []));
  if (named.length === 0) return [];
  return [
    fc.tuple(fc.constantFrom(...named), fc.constantFrom(...ODD_SEGMENTS)).map(([at, segment]): Fault => ({
      what: `${segments[at]} is ${segment.slice(0, 30)}`,
      spoil: (right) => ({ ...right, path: right.path.split("/").with(at, segment).join("/") }),
    })),
  ];
}

const WRONG_KEYS = ["", " ", "x".repeat(256), "\u00e9", "\u00ff\u00fe", "tab\there", "\u007f"];
const ODD_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["If-Match", "*"],
  ["If-Match", "abc"],
  ["If-Match", '"'],
  ["If-Match", `W/"${LONG}"`],
  ["If-None-Match", '"a","b",'],
  ["If-None-Match", "*"],
  ["Accept", "*/*;q=x"],
  ["Accept", "text/csv;q=1e9,application/x-ndjson;;;"],
  ["Accept", LONG],
  ["Upgrade", "h2c"],
  ["Upgrade", "websocket"],
  ["Range", "bytes=-1"],
  ["Content-Encoding", "gzip"],
  ["Sec-WebSocket-Protocol", "pico-twins.v1, bearer., ,,"],
  ["webhook-id", LONG],
  ["webhook-timestamp", "-1e9"],
  ["webhook-signature", "v1,"],
  ["Origin", "null"],
  ["X-Forwarded-For", "::,%"],
  ["X-HTTP-Method-Override", "DELETE"],
  ["X-Token-Hash", "a"],
  ["Content-Length", "-1"],
  ["Idempotency-Key", "x".repeat(255)],
  ["Cookie", LONG],
];

function headerFaults(route: Route): fc.Arbitrary<Fault>[] {
  const header =
    (answers?: readonly number[]) =>
    ([name, value]: readonly [string, string]): Fault => ({
      what: `${name}: ${value.slice(0, 30)}`,
      ...(answers && { answers }),
      spoil: (right) => ({ ...right, headers: { ...right.headers, [name]: value } }),
    });
  const keys = fc.constantFrom(...WRONG_KEYS).map((key) => header([422])(["Idempotency-Key", key]));
  return [fc.constantFrom(...ODD_HEADERS).map(header()), ...(route.idempotent ? [keys] : [])];
}

/** The one route whose JSON may be longer. */
const ROOMY = "POST /v1/makers/{maker}/notices";

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

/** Everything that may be wrong with this route's request, but for who sends it. */
export function faultsOf(route: Route, routes: readonly Route[], { body }: RightRequest): fc.Arbitrary<Fault> {
  // Another route may take this path's last segment for a name: `counts` for the place of an entry.
  const known = routes.filter(({ path }) => patternOf(path).test(route.path)).map(({ method }) => method);
  const unknown = ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"].filter(
    (method) => !known.includes(method),
  );
  const methods = fc.constantFrom(...unknown).map((method): Fault => ({
    what: `method ${method}`,
    answers: [405],
    spoil: ({ path, body: sent }) => ({ method, path, headers: {}, body: method === "GET" ? undefined : sent }),
  }));
  const limit = route.name === ROOMY ? NOTICE_BYTES : JSON_BYTES;
  const bodies =
    body instanceof Uint8Array
      ? [imageFaults()]
      : typeof body === "object" && body !== null
        ? [bodyFaults(body, limit)]
        : [];
  return fc.oneof(methods, ...bodies, ...bodies, ...queryFaults(route), ...pathFaults(route), ...headerFaults(route));
}
