// What somebody wrote, as it was written: text and nothing else, kept from reordering what stands around it.
// Never makes a link of a company's words; where one names an address of the web, its host is shown beneath.

import { words } from "../../words/words.ts";

const ADDRESS = /https?:\/\/[^\s<>"'\p{C}]{1,2000}/giu;
const MOST_LINKS = 5;

/** The addresses in a text that a browser would open as they stand, each once. */
export function addressesIn(text: string): readonly URL[] {
  const found = new Map<string, URL>();
  for (const [address] of text.matchAll(ADDRESS)) {
    const bare = address.replace(/[.,;:!?)\]}]+$/u, "");
    const url = URL.canParse(bare) ? new URL(bare) : null;
    if (url && url.username === "" && url.password === "" && found.size < MOST_LINKS) found.set(url.href, url);
  }
  return [...found.values()];
}

export const WordsOf = ({ text, links }: { text: string; links?: boolean }) => (
  <>
    <p class="words" dir="auto">
      {text}
    </p>
    {links &&
      addressesIn(text).map((url) => (
        <a class="outward" key={url.href} href={url.href} target="_blank" rel="noopener noreferrer nofollow">
          {words.value.thread.note.linkTo(url.host)}
        </a>
      ))}
  </>
);

/** The beginning of a text for a list; never half of a character. */
export const beginningOf = (text: string, most = 280): string => {
  const letters = Array.from(text.slice(0, most * 2));
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most).join("").trimEnd()}…`;
};
