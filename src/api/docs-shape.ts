// JSON Schemas (OpenAPI 3.1) as tables a person can read: a row a field, its type in words. Named shapes are linked, not repeated.

import { html } from "hono/html";
import type { App } from "./define.ts";
import { type Html, prose } from "./page-frame.ts";

export type Document = ReturnType<App["getOpenAPI31Document"]>;
type Shapes = NonNullable<NonNullable<Document["components"]>["schemas"]>;
export type Schema = Extract<Shapes[string], { readonly items?: unknown }>;

/** One row: a field by its path from the top of the table, like `product.gtin` or `errors[].path`. */
type Field = { readonly path: readonly string[]; readonly optional: boolean; readonly schema: Schema };

const LIST = "[]";
/** More values than this fold away until they are asked for. */
const VALUES_SHOWN = 9;
const ID_PATTERN = /^\^([a-z]+_)\[/;
const count = new Intl.NumberFormat("en");

export const shapeAnchor = (name: string): string => `shape-${name.toLowerCase()}`;
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);
const shapeLink = (name: string): Html => html`<a href="#${shapeAnchor(name)}">${name}</a>`;

const typesOf = ({ type }: Schema): string[] => [type ?? []].flat().filter((one) => one !== "null");
const isNullable = ({ type, anyOf }: Schema): boolean =>
  [type ?? []].flat().includes("null") || (anyOf ?? []).some((one) => (one as Schema).type === "null");
const choicesOf = ({ anyOf, oneOf }: Schema): Schema[] =>
  ((anyOf ?? oneOf ?? []) as Schema[]).filter(({ type }) => type !== "null");

/** A schema as one: a named shape with a note beside it stays that shape, other parts are put together. */
function merged(schema: Schema, resolve: (ref: string) => Schema): Schema {
  const parts = (schema.allOf ?? []) as Schema[];
  if (parts.length === 0) return schema;
  const { allOf: _, ...rest } = schema;
  const whole = [...parts, rest];
  const refs = whole.filter(({ $ref }) => $ref);
  const description = whole.findLast((part) => part.description)?.description;
  if (refs.length === 1 && whole.every(({ $ref, properties }) => $ref || !properties)) {
    return { ...refs[0], ...(description && { description }) };
  }
  const solid = whole.map((part) => merged(part.$ref ? resolve(part.$ref) : part, resolve));
  return {
    type: "object",
    properties: Object.assign({}, ...solid.map(({ properties }) => properties)),
    required: solid.flatMap(({ required }) => required ?? []),
    ...(description && { description }),
  };
}

function between(least: number | undefined, most: number | undefined, unit: string): string | null {
  if (least === undefined && most === undefined) return null;
  const [low, high] = [least, most].map((n) => (n === undefined ? "" : count.format(n)));
  const words =
    least === undefined
      ? `at most ${high}`
      : most === undefined
        ? `${low} or more`
        : low === high
          ? low!
          : `${low} to ${high}`;
  return unit ? `${words} ${unit}` : words;
}

const list = (parts: readonly unknown[], between: string): unknown[] =>
  parts.flatMap((part, at) => (at === 0 ? [part] : [between, part]));

function values(all: readonly unknown[]): unknown {
  const shown = all
    .filter((value) => value !== null)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const codes = list(
    shown.map((value) => html`<code>${value}</code>`),
    ", ",
  );
  if (shown.length === 1) return html`always ${codes}`;
  return shown.length > VALUES_SHOWN
    ? html`<details class="values"><summary>one of ${shown.length} values</summary> ${codes}</details>`
    : html`one of ${codes}`;
}

function plainType(schema: Schema): unknown {
  const { format, pattern } = schema;
  const id = pattern && ID_PATTERN.exec(pattern)?.[1];
  const names: Record<string, unknown> = {
    string: id
      ? html`an id, <code>${id}…</code>`
      : format === "date-time"
        ? "a time, RFC 3339"
        : format === "binary"
          ? "bytes"
          : "text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    object: schema.properties ? "an object" : "an object, its names free",
  };
  return list(
    typesOf(schema).map((type) => names[type]),
    " or ",
  );
}

/** A schema's type in words, for the middle of a sentence. */
function phrase(schema: Schema): unknown {
  if (schema.$ref) return shapeLink(nameOf(schema.$ref));
  const choices = choicesOf(schema);
  if (choices.length > 0) return list(choices.map(phrase), ", or ");
  if (schema.enum) return values(schema.enum);
  if (typesOf(schema)[0] === "array") {
    const items = (schema.items ?? {}) as Schema;
    const size = between(schema.minItems, schema.maxItems, "");
    const isPlain = items.type === "string" && !items.enum && !items.pattern;
    return html`a list${size && ` of ${size}`}${items.enum ? ": " : ", each "}${isPlain ? "a text" : phrase(items)}`;
  }
  const { minLength, maxLength, minimum, maximum } = schema;
  const size =
    between(minLength, maxLength, "characters") ??
    between(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum, "");
  const type = typesOf(schema).length === 0 ? "anything" : plainType(schema);
  return size ? html`${type}, ${size}` : type;
}

function value(schema: Schema): Html {
  const fallback = schema.default === undefined || schema.default === null ? null : JSON.stringify(schema.default);
  return html`<span class="type">${phrase(schema)}${isNullable(schema) && ", or null"}${
    fallback && html`; <code>${fallback}</code> if absent`
  }</span>${schema.description && html`<span class="about">${prose(schema.description)}</span>`}`;
}

function fieldsOf(schema: Schema, resolve: (ref: string) => Schema, above: readonly string[] = []): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const one = merged(property as Schema, resolve);
    const path = [...above, name];
    const items = merged((one.items ?? {}) as Schema, resolve);
    const inner = one.$ref
      ? []
      : one.properties
        ? fieldsOf(one, resolve, path)
        : items.$ref
          ? []
          : fieldsOf(items, resolve, [...path, LIST]);
    const field: Field = { path, optional: !schema.required?.includes(name), schema: one };
    return [field].concat(inner);
  });
}

const fieldName = (path: readonly string[]): Html => {
  const above = path
    .slice(0, -1)
    .map((name) => (name === LIST ? LIST : `.${name}`))
    .join("")
    .replace(/^\./, "");
  return html`<code>${above && html`<span class="above">${above}.</span><wbr>`}${path.at(-1)}</code>`;
};

/** A table with a row for each `[name, optional, value]`. Its caption is for those who can't see where it stands. */
export const fieldTable = (
  caption: string,
  rows: readonly (readonly [name: Html, optional: boolean, value: Html])[],
): Html =>
  html`<table class="fields"><caption>${caption}</caption><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>${rows.map(
    ([name, optional, shown]) =>
      html`<tr><th scope="row">${name}${optional && html` <span class="optional">optional</span>`}</th><td>${shown}</td></tr>`,
  )}</tbody></table>`;

/** One named value outside an object, such as a parameter. */
export const fieldRow = (name: string, required: boolean, schema: Schema): readonly [Html, boolean, Html] => [
  fieldName([name]),
  !required,
  value(schema),
];

/** Resolves the document's own references. */
export const resolver =
  ({ components }: Document) =>
  (ref: string): Schema =>
    (components?.schemas?.[nameOf(ref)] ?? {}) as Schema;

/** What a schema is called in a line: the name of its shape, or its type. */
export const shapeName = (schema: Schema): unknown => phrase(schema);

/** A whole schema: a table, one a choice where there are several, or its type in a sentence. */
export function shapeTables(document: Document, schema: Schema, caption: string): Html {
  const resolve = resolver(document);
  const whole = merged(schema.$ref ? resolve(schema.$ref) : schema, resolve);
  const choices = choicesOf(whole);
  if (choices.length > 1 && choices.some(({ properties, $ref }) => properties ?? $ref)) {
    return html`${choices.map(
      (choice, at) =>
        html`<p class="choice">${at === 0 ? "Either" : "or"}</p>${shapeTables(document, choice, `${caption}, ${at + 1} of ${choices.length}`)}`,
    )}`;
  }
  const fields = fieldsOf(whole, resolve);
  if (fields.length === 0) return html`<p>${value(whole)}</p>`;
  return fieldTable(
    caption,
    fields.map(({ path, optional, schema: one }) => [fieldName(path), optional, value(one)] as const),
  );
}
