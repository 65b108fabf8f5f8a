// Where a label's link leads until the owner's app is there: the same words for every item, whether it is unknown, unclaimed or claimed.
// It repeats nothing of the link and never asks for the code.

import { html } from "hono/html";
import { codeBlock, pageFrame, type Html } from "./page-frame.ts";

const claim = `curl ORIGIN/v1/claims \\
  -H 'Content-Type: application/json' \\
  -d '{"gtin": "…", "serial": "…", "code": "…"}'`;

const content = (origin: string): Html => html`
<h1>This label names one very thing</h1>
<p class="lead">The link tells it apart from every other of its kind. It is a name, not a key: whoever sees the label can read it, and nothing about its owner can be learned from it.</p>
<section aria-labelledby="yours">
<h2 id="yours">Is it yours?</h2>
<p>Inside its packaging is a code of sixteen characters. With that code, and the two numbers in this page's address (after <code>/01/</code> and after <code>/21/</code>), you can claim it and begin its twin. Give the code to nobody else, and to no page that a message sent you to.</p>
${codeBlock("How to claim it by the API", claim.replace("ORIGIN", origin))}
<p>The app that does this for you is not in this version. <a href="/docs">The API</a> says what comes next.</p>
</section>`;

export const labelPage = (origin: string, version: string): string =>
  pageFrame({
    path: "/01",
    title: "A labelled thing",
    description: "A label's link: the name of one very item. To claim it takes the code inside its packaging.",
    version,
    content: content(origin),
  });
