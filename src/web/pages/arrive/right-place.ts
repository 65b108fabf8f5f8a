// Whether this is the page that the label leads to, and whether a person came by the label. Where either is in doubt, no code is asked for.

/** The address this server calls its own; empty where nobody serves the page. */
export const ownOrigin = (): string => document.documentElement.dataset["origin"] || location.origin;

export const isOwnOrigin = (): boolean => ownOrigin() === location.origin;

/** How an origin is spoken of. */
export const hostOf = (origin: string): string => new URL(origin).host;

/** Labels that were scanned with this app's own camera, or typed into it, since the page was loaded. */
const followed = new Set<string>();

/** The person held this label up themselves, wherever the page came from. */
export const followLabel = (path: string): void => {
  followed.add(path);
};

const openedAt = (): string => {
  const [entry] = performance.getEntriesByType("navigation");
  return entry ? new URL(entry.name).pathname : location.pathname;
};

const sentByAnother = (): boolean =>
  document.documentElement.dataset["came"] === "elsewhere" ||
  (document.referrer !== "" && new URL(document.referrer).origin !== location.origin);

/** Whether a link on another page led to `path`, and no label. */
export const cameByLink = (path: string): boolean => path === openedAt() && sentByAnother() && !followed.has(path);
