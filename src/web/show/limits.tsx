// What this page shows and what nothing here can, and whose keys it rests on. As large as the rest: it is no small print.

import { all } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { companyName, type Shown } from "./shown.ts";

/** `offered`: whether the thing itself is offered to the reader. Else they can save a file with the keys. */
export function Limits({ shown: { opened }, offered = false }: { shown: Shown; offered?: boolean }) {
  const w = showWords.value.limits;
  const companies = Object.keys(opened.keys).map((domain) => companyName(opened, domain));
  return (
    <section class="section limits" aria-labelledby="limits">
      <h2 id="limits">{w.title}</h2>
      <ul>
        {[...w.lines, w.name(offered)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {companies.length > 0 && (
        <p class="small soft">
          {w.keys(all(companies))} {!offered && w.keysKept}
        </p>
      )}
    </section>
  );
}
