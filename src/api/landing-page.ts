// The front page, until the owner's app takes its place: what this is, for an owner, a maker and an engineer.

import { html } from "hono/html";
import { type Html, pageFrame } from "./page-frame.ts";

const picture: Html = html`<svg viewBox="0 0 400 300" role="img" aria-label="A cup, its twin drawn in dots beside it, and a thread that runs from the twin to a letter.">
<path class="stroke" d="M30 262h340"/>
<path class="stroke" d="M92 128c-8-12 8-18 0-32s8-18 0-32M122 128c-8-12 8-18 0-32"/>
<path class="thing" d="M58 148h100v64a48 48 0 0 1-48 48h-4a48 48 0 0 1-48-48z"/>
<path class="stroke" d="M158 166h14a24 24 0 0 1 0 48h-16"/>
<path class="echo" d="M228 176h76v50a34 34 0 0 1-34 34h-8a34 34 0 0 1-34-34zM304 190h8a18 18 0 0 1 0 36h-9"/>
<path class="stroke" d="M266 158c0-40 58-18 58-60"/>
<path class="page" d="M284 30h84v60h-84z"/>
<path class="stroke" d="M284 34l42 34 42-34"/>
<circle class="shade" cx="266" cy="158" r="6"/>
</svg>`;

/** A small mark: a thing and its twin. Colours that stand on light and on dark. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="12" cy="16" r="9" fill="#b5552b"/><circle cx="20" cy="16" r="9" fill="none" stroke="#c98a66" stroke-width="2.5"/></svg>`;

const content: Html = html`
<div class="hero">
<div>
<h1>Everything you own has something to say</h1>
<p class="lead">You live with a thing for years. What you learn in that time, its maker would love to know, and has no good way to hear. Pico Twins gives each thing a twin: a quiet place for what you notice, that brings it to the maker under your terms and brings the answer back.</p>
<p class="go"><a class="button" href="/docs">Read how it works</a> <a href="/openapi.json">openapi.json</a></p>
</div>
${picture}
</div>
<div class="readers">
<section>
<h2>You own something</h2>
<p>Write down what is good, what broke and what you wish for. It stays with you until you send it. You say what the company may do with it; it signs or it doesn't, and both of you keep the same record of that.</p>
<p>No account, no form for each brand. You can take a word back, look at everything that went out, and erase it all.</p>
</section>
<section>
<h2>You make something</h2>
<p>Hear from the people who use what you made, in their words, long after the sale. Put a label on each piece or simply join: owners may be waiting already.</p>
<p>Notes come to your own systems as signed webhooks, each with the terms it stands under. Answer from your help desk, and the owner sees it where they wrote.</p>
</section>
<section>
<h2>You build things</h2>
<p>One HTTP API for owners, makers and programs, described in OpenAPI. Standard Webhooks out and in. Agreements are records that both sides sign, and that either can verify alone.</p>
<p><a href="/docs#start">One call</a> starts a twin. One process runs it all on a laptop; the same code runs at the edge.</p>
</section>
</div>
<section class="version" aria-labelledby="version">
<h2 id="version">What this version is</h2>
<p>The service with its API: twins, notes, agreements, the way to the maker and the way back. Everything works through the API. The owner's app and the maker's desk, for using it without writing any code, are not in this version. What is kept here, you and whoever runs this server can read.</p>
</section>`;

export const landingPage = (version: string): string =>
  pageFrame({
    path: "/",
    title: "Pico Twins",
    description: "A twin for everything you own: what you know about it, told to its maker under your terms.",
    version,
    content,
  });
