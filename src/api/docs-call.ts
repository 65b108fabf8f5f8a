// One operation of the document, or one webhook, as a passage of the page.

import { html } from "hono/html";
import { type Document, fieldRow, fieldTable, type Schema, shapeName, shapeTables } from "./docs-shape.ts";
import { type Html, prose } from "./page-frame.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
type PathItem = NonNullable<Document["paths"]>[string];
type Operation = NonNullable<PathItem[(typeof METHODS)[number]]>;
type Parameter = Extract<NonNullable<Operation["parameters"]>[number], { readonly name: string }>;
type Content = NonNullable<Extract<NonNullable<Operation["requestBody"]>, { readonly content: unknown }>["content"]>;
type Answer = { readonly description: string; readonly content?: Content };

export type DocumentedCall = { readonly method: string; readonly path: string; readonly operation: Operation };

const REPEATABLE = "Idempotency-Key";
const PLACES = { path: "In the path", query: "In the query", header: "Headers" } as const;

const isMethod = (name: string): boolean => (METHODS as readonly string[]).includes(name);

/** In the document's order, which is the one they were written in. */
const callsIn = (paths: Document["paths"]): DocumentedCall[] =>
  Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      isMethod(method) ? [{ method, path, operation: operation as Operation }] : [],
    ),
  );

export const callsOf = (document: Document): DocumentedCall[] => callsIn(document.paths);
export const eventsOf = (document: Document): DocumentedCall[] => callsIn(document.webhooks);

/** The fragment of a call's address on the page. */
export const callAnchor = ({ method, path }: DocumentedCall): string =>
  `${method}-${path}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
export const eventAnchor = ({ path }: DocumentedCall): string => `event-${path.replaceAll(".", "-")}`;

const parametersOf = ({ operation }: DocumentedCall): Parameter[] => (operation.parameters ?? []) as Parameter[];

/** A long path may break where it has a slash. */
const breakable = (path: string): unknown[] =>
  path.split(/(?=\/)/).map((part, at) => (at === 0 ? part : html`<wbr>${part}`));

function caller(document: Document, { operation }: DocumentedCall): unknown {
  const needs = operation.security ?? [];
  if (needs.length === 0) return "No token needed";
  const schemes = document.components?.securitySchemes ?? {};
  return needs
    .flatMap((need) => Object.entries(need))
    .map(([name, scopes]) => {
      const [who = name] = ((schemes[name] as { description?: string }).description ?? name).split(":");
      return html`<a href="#authentication">${who}</a>${scopes.length > 0 && html` with <code>${scopes.join(", ")}</code>`}`;
    });
}

function parameters(call: DocumentedCall): Html {
  const shown = parametersOf(call).filter(({ name }) => name !== REPEATABLE);
  return html`${Object.entries(PLACES).map(([place, title]) => {
    const here = shown.filter((parameter) => parameter.in === place);
    if (here.length === 0) return "";
    const rows = here.map(({ name, required = false, schema, description }) =>
      fieldRow(name, required, { ...(schema as Schema), ...(description && { description }) }),
    );
    return html`<h4>${title}</h4>${fieldTable(`${title}: ${call.operation.summary ?? call.path}`, rows)}`;
  })}`;
}

function body(document: Document, { operation }: DocumentedCall): Html | string {
  const request = operation.requestBody as { content: Content; required?: boolean } | undefined;
  const kinds = Object.entries(request?.content ?? {});
  const [first] = kinds;
  if (!first) return "";
  const types = kinds.map(([type]) => type).join(", ");
  return html`<h4>Body <span class="kind">${types}${request?.required === false && ", optional"}</span></h4>${shapeTables(
    document,
    first[1].schema as Schema,
    `Body: ${operation.summary}`,
  )}`;
}

function answer(document: Document, status: string, { description, content }: Answer, summary: string): Html {
  const [kind] = Object.entries(content ?? {});
  const code = html`<span class="status">${status === "default" ? "else" : status}</span>`;
  const schema = kind?.[1].schema as Schema | undefined;
  if (status === "default" && schema)
    return html`<p class="answer">${code} <span>${prose(description)}: <a href="#errors">Errors</a></span></p>`;
  if (!kind || !schema) return html`<p class="answer">${code} <span>${prose(description)}</span></p>`;
  if (!schema.$ref && !schema.properties && !schema.allOf && !schema.anyOf) {
    return html`<p class="answer">${code} <span>${prose(description)} <span class="kind">${kind[0]}</span></span></p>`;
  }
  const name = schema.$ref || schema.anyOf ? shapeName(schema) : null;
  return html`<details class="answer"><summary>${code} <span>${prose(description)}</span></summary>${
    name && html`<p>The shape <span class="type">${name}</span>:</p>`
  }${shapeTables(document, schema, `${status}: ${summary}`)}</details>`;
}

function answers(document: Document, { operation }: DocumentedCall): Html[] {
  return Object.entries(operation.responses ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, response]) => answer(document, status, response as Answer, operation.summary ?? ""));
}

/** One call: who may make it, what goes in, what comes out. */
export function callPassage(document: Document, call: DocumentedCall): Html {
  const { method, path, operation } = call;
  const anchor = callAnchor(call);
  const repeatable = parametersOf(call).some(({ name }) => name === REPEATABLE);
  return html`<article class="call" id="${anchor}">
<h3>${prose(operation.summary ?? path)}</h3>
<p class="line"><a href="#${anchor}"><span class="method ${method}">${method.toUpperCase()}</span> <code>${breakable(path)}</code></a></p>
<p class="who">${caller(document, call)}${repeatable && html` · takes an <a href="#repeating">Idempotency-Key</a>`}</p>
${operation.description && html`<p>${prose(operation.description)}</p>`}
${parameters(call)}
${body(document, call)}
<h4>Answers</h4>
${answers(document, call)}
</article>`;
}

/** One event that is sent to a maker. The headers and what to answer are the same for all and stand before them. */
export function eventPassage(document: Document, event: DocumentedCall): Html {
  const { path, operation } = event;
  const anchor = eventAnchor(event);
  return html`<article class="call" id="${anchor}">
<h3>${prose(operation.summary ?? path)}</h3>
<p class="line"><a href="#${anchor}"><span class="method event">EVENT</span> <code>${path}</code></a></p>
${operation.description && html`<p>${prose(operation.description)}</p>`}
${body(document, event)}
</article>`;
}

/** What holds for every event: its headers, and what its receiver answers. */
export function eventBasics(document: Document): Html | string {
  const [event] = eventsOf(document);
  if (!event) return "";
  const all: DocumentedCall = { ...event, operation: { ...event.operation, summary: "every event" } };
  return html`<article class="call" id="every-event"><h3>Every event</h3>
<p class="line"><span class="method post">POST</span> <code>your endpoint's URL</code></p>
${parameters(all)}
<h4>What you answer</h4>
${answers(document, all)}
</article>`;
}
