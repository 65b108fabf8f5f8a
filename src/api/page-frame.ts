// The frame of every page that is plain HTML: no script, nothing from another origin, one stylesheet.

import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = ReturnType<typeof html>;

export const STYLE_PATH = "/docs/style.css";
export const ICON_PATH = "/icon.svg";

/** The headers of such a page: what its policy does not name is refused by the browser. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-cache",
};

/** Text with `code` between backticks. */
export const prose = (text: string): (string | Html)[] =>
  text.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));

/** A block of code that scrolls inside itself, and can be reached by keyboard to do so. */
export const codeBlock = (label: string, code: string): Html =>
  html`<pre class="code" tabindex="0" role="group" aria-label="${label}"><code>${code}</code></pre>`;

const links = [
  ["/", "Start"],
  ["/docs", "API"],
  ["/openapi.json", "openapi.json"],
] as const;

type Page = {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** Landmarks of its own that stand before the content, such as a table of contents. */
  readonly aside: Html;
  readonly content: Html;
};

/** A whole page as text. */
export const pageFrame = ({ path, title, description, version, aside, content }: Page): string =>
  // Nothing in a page is waited for, so it is no promise.
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="name" href="/"><img src="${ICON_PATH}" alt="" width="28" height="28">Pico Twins</a>
<nav aria-label="Pages">
${links.map(([to, name]) => html`<a href="${to}"${to === path ? html` aria-current="page"` : ""}>${name}</a>`)}
</nav>
</header>
<div class="columns">
${aside}
<main id="content" tabindex="-1">
${content}
</main>
</div>
<footer class="bottom"><p>Pico Twins ${version}. This page has no script, no cookie and nothing from elsewhere.</p></footer>
</body>
</html>
` as HtmlEscapedString;
