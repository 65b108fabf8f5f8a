// The stylesheet of the plain pages: paper and ink by day, lamplight by night. No fonts or images from elsewhere.

export const docsStyle = `
:root {
  color-scheme: light dark;
  --paper: #eef1ec; --sheet: #fcfdfb; --wash: #e2e8e0; --line: #ccd5cb;
  --ink: #16231f; --soft: #52605a; --accent: #14594a;
  --get: #2d5f73; --post: #3d6333; --put: #7a5410; --delete: #99302c;
  --text: "Seravek", "Gill Sans Nova", "Ubuntu", "Calibri", "Segoe UI", system-ui, sans-serif;
  --title: "Iowan Old Style", "Palatino Linotype", "URW Palladio L", "Book Antiqua", "Georgia", serif;
  --code: ui-monospace, "Cascadia Code", "SF Mono", "Menlo", "Consolas", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10171a; --sheet: #182125; --wash: #202b2f; --line: #2f3b3f;
    --ink: #e9efea; --soft: #a5b4ac; --accent: #7fd0b4;
    --get: #8cc3d9; --post: #a5cc97; --put: #e0b967; --delete: #ee9c94;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--text); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
main:focus { outline: none; }
p, ul, ol, table, pre, figure { margin: 0 0 1rem; }
ul { padding-left: 1.3rem; }
li + li { margin-top: 0.4rem; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; overflow-wrap: break-word; }
h1, h2, h3 { font-family: var(--title); font-weight: 600; }
h1 { margin: 0 0 0.75rem; font-size: clamp(2.1rem, 6vw, 3.2rem); letter-spacing: -0.015em; }
h2 { margin: 0 0 0.75rem; font-size: 1.85rem; letter-spacing: -0.01em; }
h3 { margin: 0 0 0.35rem; font-size: 1.3rem; }
h4 { margin: 1.5rem 0 0.35rem; color: var(--soft); font: 600 0.95rem/1.4 var(--text); }
code { font: 0.88em var(--code); overflow-wrap: anywhere; }
p code, li code, dd code { padding: 0.1em 0.3em; border-radius: 4px; background: var(--wash); }
.lead { max-width: 40rem; color: var(--soft); font-size: 1.2rem; line-height: 1.5; text-wrap: pretty; }
.kind { color: var(--soft); font-size: 0.9rem; font-weight: 400; }

.skip { position: absolute; left: 1rem; top: -6rem; z-index: 2; padding: 0.6rem 1rem; border-radius: 8px; background: var(--ink); color: var(--paper); }
.skip:focus { top: 1rem; }
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1.5rem; padding: 0.9rem clamp(1.1rem, 4vw, 3rem); border-bottom: 1px solid var(--line); }
.top .name { display: flex; align-items: center; gap: 0.6rem; color: var(--ink); font: 600 1.2rem var(--title); text-decoration: none; }
.top nav { display: flex; gap: 1.25rem; }
.top nav a { padding: 0.5rem 0; color: var(--soft); }
.top nav a[aria-current] { color: var(--ink); text-decoration-color: var(--accent); text-decoration-thickness: 2px; }
.bottom { padding: 2rem clamp(1.1rem, 4vw, 3rem) 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
.bottom p { margin: 0; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; max-width: 80rem; margin: 0 auto; padding: clamp(1.5rem, 4vw, 3.5rem) clamp(1.1rem, 4vw, 3rem) 4rem; }

.contents { font-size: 0.95rem; line-height: 1.4; }
.contents ul { margin: 0; padding: 0; list-style: none; }
.contents > ul { columns: 2; column-gap: 1.25rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: 12px; background: var(--sheet); }
.contents li { margin: 0; break-inside: avoid; }
.contents a { display: block; padding: 0.4rem 0; color: var(--ink); text-decoration: none; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
.contents ul ul { display: none; }
@media (min-width: 64rem) {
  .columns { grid-template-columns: 16rem minmax(0, 50rem); gap: 4rem; }
  .contents { position: sticky; top: 0; align-self: start; max-height: 100vh; margin: -1rem 0 0 -0.5rem; padding: 1rem 0.5rem 3rem; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
  .contents > ul { columns: 1; padding: 0; border: 0; background: none; }
  .contents > ul > li { margin-bottom: 0.35rem; }
  .contents > ul > li > a { padding: 0.2rem 0; font-weight: 600; }
  .contents ul ul { display: block; margin: 0 0 0.75rem; padding-left: 0.85rem; border-left: 1px solid var(--line); }
  .contents ul ul a { padding: 0.2rem 0; color: var(--soft); font-size: 0.88rem; }
}

main > section { margin-top: 3.5rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.call { margin-top: 2.25rem; padding: clamp(1.1rem, 3vw, 1.6rem); border: 1px solid var(--line); border-radius: 14px; background: var(--sheet); }
.call:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.call > :last-child { margin-bottom: 0; }
.line { margin-bottom: 0.35rem; }
.line a { color: inherit; text-decoration: none; }
.line a:hover code { text-decoration: underline; }
p.line code { padding: 0; background: none; font-size: 0.92rem; }
.method { margin-right: 0.35rem; font: 700 0.8rem var(--code); letter-spacing: 0.04em; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); } .delete { color: var(--delete); } .event { color: var(--accent); }
.who { color: var(--soft); font-size: 0.95rem; }
.who a { color: inherit; }

table { width: 100%; border-collapse: collapse; font-size: 0.97rem; line-height: 1.45; }
caption, thead { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
tbody tr:last-child { border-bottom: 1px solid var(--line); }
tbody th { width: 38%; padding: 0.55rem 1rem 0.55rem 0; font-weight: 400; text-align: left; vertical-align: top; }
tbody td { padding: 0.55rem 0; vertical-align: top; }
tbody th code { font-weight: 600; font-size: 0.87rem; }
.above { color: var(--soft); font-weight: 400; }
.optional { display: block; color: var(--soft); font-size: 0.82rem; }
.type { display: block; }
p > .type { display: inline; }
.about { display: block; color: var(--soft); }
.type code { font-size: 0.85em; }
.choice { margin: 1rem 0 0.25rem; color: var(--soft); font-style: italic; }

details > summary { cursor: pointer; }
details.values { display: inline-block; vertical-align: top; }
details.values[open] { display: block; }
.values summary { text-decoration: underline dotted; text-underline-offset: 0.2em; }
.answer { margin: 0; padding: 0.55rem 0; border-top: 1px solid var(--line); }
.answer:last-child { padding-bottom: 0; }
details.answer > :last-child { margin-bottom: 0.5rem; }
p.answer { display: flex; gap: 0.75rem; }
.answer > summary { display: flex; gap: 0.75rem; list-style: none; }
.answer > summary::-webkit-details-marker { display: none; }
.answer > summary::after { content: "show"; margin-left: auto; color: var(--accent); font-size: 0.9rem; }
.answer[open] > summary::after { content: "hide"; }
.answer[open] > summary { margin-bottom: 0.75rem; }
.status { min-width: 2.6rem; font: 600 0.88rem/1.75 var(--code); }
td .status { display: inline; margin-right: 0.4rem; line-height: inherit; }

.code { padding: 1rem 1.1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); font-size: 0.95rem; line-height: 1.5; tab-size: 2; }
.code code { padding: 0; background: none; overflow-wrap: normal; white-space: pre; }
.code:focus-visible { outline-offset: 1px; }

@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .call:target { outline: 3px solid; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --wash: #f4f4f4; --line: #ccc; --ink: #000; --soft: #444; --accent: #000; --get: #000; --post: #000; --put: #000; --delete: #000; }
  body { font-size: 10pt; }
  .skip, .top nav, .contents, .answer > summary::after { display: none; }
  .columns { display: block; max-width: none; padding: 0; }
  .call { break-inside: auto; padding: 0; border: 0; }
  details::details-content { display: block; content-visibility: visible; height: auto; }
  h2, h3, h4, .line { break-after: avoid; }
  tr, pre { break-inside: avoid; }
  .code code { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`.trimStart();
