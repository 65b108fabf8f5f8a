// What a page can tell by itself of an endpoint's address that was refused. Pure; never refuses one: which address may be called is the server's to say.

export type AddressFault = "none" | "plain" | "number" | "word" | "more";

/** Null where nothing of it can be seen here. `none`: no web address; `number`: an IP address for a name; `word`: a name without a dot; `more`: a user's name or a fragment in it. */
export function addressFault(typed: string): AddressFault | null {
  const url = URL.parse(typed.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return "none";
  if (url.protocol === "http:") return "plain";
  // The parser writes every spelling of an IPv4 address in four numbers.
  if (/^(?:\[.*\]|[\d.]+)$/.test(url.hostname)) return "number";
  if (!url.hostname.includes(".")) return "word";
  return url.username || url.password || url.hash ? "more" : null;
}
