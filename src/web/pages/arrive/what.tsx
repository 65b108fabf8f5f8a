// What a twin is, for whoever never heard of one: three sentences, and what it can't promise.

import { words } from "../../words/words.ts";

export function WhatIsATwin() {
  const { what } = words.value.arrive;
  return (
    <section class="what">
      <svg viewBox="28 8 102 60" fill="none" stroke-width="4" stroke-linecap="round" aria-hidden="true">
        <circle class="thing" cx="58" cy="38" r="28" />
        <circle class="twin" cx="98" cy="38" r="28" stroke-dasharray="0.1 9.77" />
      </svg>
      <h2>{what.title}</h2>
      {what.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p>
        <a href="/about">{what.more}</a>
      </p>
    </section>
  );
}
