// What a GS1 Digital Link leads to, as a set of links (RFC 9264, 4.2) in the words of GS1's vocabulary. The same for every item,
// whatever became of it: only the link itself differs.

export const LINKSET_TYPE = "application/linkset+json";
/** What makes JSON-LD of a linkset (GS1-Conformant Resolver, 2.10). */
export const LINKSET_CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context";
export const GS1_VOCABULARY = "https://gs1.org/voc/";

const TITLE = "Add it to what you own";
const FOUND_TITLE = "Tell its owner that you found it";
/** GS1 asks for a default link and, for the same target, a link that says what it is. The page can be had to register a thing as one's own. */
const LINK_TYPES = ["defaultLink", "registerProduct"] as const;
/** Of an item only: a product can't be lost. */
const FOUND_TYPE = "reportFound";

/** Where somebody who found an item says so. */
export const foundPage = (link: string): string => `${link}/found`;

/** The linkset of a Digital Link, which is its own page. */
export const linksetOf = (link: string, isItem: boolean): object => ({
  linkset: [
    {
      anchor: link,
      ...Object.fromEntries(LINK_TYPES.map((type) => [GS1_VOCABULARY + type, [{ href: link, title: TITLE }]])),
      ...(isItem && { [GS1_VOCABULARY + FOUND_TYPE]: [{ href: foundPage(link), title: FOUND_TITLE }] }),
    },
  ],
});

/** What `?linkType=` asks for: all links there are, the page, or a link that there is none of. `all` is the older word for `linkset`. */
export function askedFor(linkType: string): "linkset" | "page" | "found" | "none" {
  if (linkType === "linkset" || linkType === "all") return "linkset";
  const name = /^(?:gs1:|https:\/\/(?:ref\.)?gs1\.org\/voc\/)(\w+)$/.exec(linkType)?.[1];
  if (name === FOUND_TYPE) return "found";
  return LINK_TYPES.some((type) => type === name) ? "page" : "none";
}
