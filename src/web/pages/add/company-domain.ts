// A company's domain out of what a person typed or pasted for it. Pure; never guesses a domain from a name.

import { isDomain } from "../../../domain/ids.ts";

/** "https://www.lamo.com/x" as "lamo.com"; null when no domain is in it. */
export function companyDomain(typed: string): string | null {
  const text = typed.trim().replace(/^.*@/, "");
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const host =
    url?.hostname
      .toLowerCase()
      .replace(/^www\./, "")
      .replace(/\.$/, "") ?? "";
  return isDomain(host) ? host : null;
}

/** The domain in what was typed, where it is written in other letters than were typed, as every domain outside ASCII is; otherwise null. */
export function otherwiseSpelled(typed: string): string | null {
  const domain = companyDomain(typed);
  return domain !== null && /(?:^|\.)xn--/.test(domain) && !typed.toLowerCase().includes(domain) ? domain : null;
}
