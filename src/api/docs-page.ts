// /docs: the OpenAPI document as one page for people. Everything in it comes from the document or from the guides; nothing is kept twice.

import { html } from "hono/html";
import {
  callAnchor,
  callPassage,
  callsOf,
  type DocumentedCall,
  eventAnchor,
  eventBasics,
  eventPassage,
  eventsOf,
} from "./docs-call.ts";
import { GUIDES } from "./docs-guides.ts";
import { type Document, type Schema, shapeAnchor, shapeTables } from "./docs-shape.ts";
import { webhookGuide } from "./docs-webhooks.ts";
import { type Html, pageFrame, prose } from "./page-frame.ts";

export { docsStyle } from "./docs-style.ts";

const WEBHOOKS = "Webhooks";
const SHAPES = "shapes";

type Chapter = {
  readonly name: string;
  readonly anchor: string;
  readonly description: string;
  readonly calls: readonly DocumentedCall[];
};

const anchorOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function chaptersOf(document: Document): Chapter[] {
  const calls = Map.groupBy(callsOf(document), ({ operation }) => operation.tags?.[0] ?? "");
  const named = (document.tags ?? []).map(({ name, description = "" }) => ({ name, description }));
  const unnamed = [...calls.keys()]
    .filter((name) => !named.some((tag) => tag.name === name))
    .map((name) => ({ name, description: "" }));
  return [...named, ...unnamed]
    .map(({ name, description }) => ({ name, anchor: anchorOf(name), description, calls: calls.get(name) ?? [] }))
    .filter((chapter) => chapter.calls.length > 0);
}

const entry = (
  anchor: string,
  title: string,
  below: readonly (readonly [anchor: string, title: string])[] = [],
): Html =>
  html`<li><a href="#${anchor}">${title}</a>${
    below.length > 0 && html`<ul>${below.map(([to, name]) => html`<li><a href="#${to}">${prose(name)}</a></li>`)}</ul>`
  }</li>`;

function contents(document: Document, chapters: readonly Chapter[]): Html {
  return html`<nav class="contents" aria-label="Contents"><ul>
${GUIDES.map(({ anchor, title }) => entry(anchor, title))}
${chapters.map(({ name, anchor, calls }) =>
  entry(
    anchor,
    name,
    calls.map((call) => [callAnchor(call), call.operation.summary ?? call.path] as const),
  ),
)}
${entry(
  anchorOf(WEBHOOKS),
  WEBHOOKS,
  eventsOf(document).map((event) => [eventAnchor(event), event.path] as const),
)}
${entry(SHAPES, "Shapes")}
</ul></nav>`;
}

function content(document: Document, chapters: readonly Chapter[], origin: string): Html {
  const { title, description = "", version } = document.info;
  return html`
<h1>${title}: the API</h1>
<p class="lead">${description}</p>
<p class="kind">Version ${version}</p>
${GUIDES.map(({ anchor, title: name, text }) => html`<section id="${anchor}"><h2>${name}</h2>${text(origin)}</section>`)}
${chapters.map(
  ({ name, anchor, description: words, calls }) => html`<section id="${anchor}"><h2>${name}</h2>
<p class="lead">${prose(words)}</p>
${calls.map((call) => callPassage(document, call))}</section>`,
)}
<section id="${anchorOf(WEBHOOKS)}"><h2>${WEBHOOKS}</h2>
<p class="lead">${document.tags?.find(({ name }) => name === WEBHOOKS)?.description}</p>
${webhookGuide()}
${eventBasics(document)}
${eventsOf(document).map((event) => eventPassage(document, event))}</section>
<section id="${SHAPES}"><h2>Shapes</h2>
<p class="lead">What the calls and events share.</p>
${Object.entries(document.components?.schemas ?? {})
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => shape(document, name, schema as Schema))}</section>`;
}

const shape = (document: Document, name: string, schema: Schema): Html =>
  html`<article class="call" id="${shapeAnchor(name)}"><h3>${name}</h3>
${schema.description && html`<p>${prose(schema.description)}</p>`}${shapeTables(document, schema, `The shape ${name}`)}</article>`;

const made = new WeakMap<Document, string>();

/** The page for a document; made once for each. */
export function docsPage(document: Document): string {
  const known = made.get(document);
  if (known !== undefined) return known;
  const chapters = chaptersOf(document);
  const page = pageFrame({
    path: "/docs",
    title: `${document.info.title}: the API`,
    description: document.info.description ?? "",
    version: document.info.version,
    aside: contents(document, chapters),
    content: content(document, chapters, document.servers?.[0]?.url ?? ""),
  });
  made.set(document, page);
  return page;
}
