// The link this page was opened with. It stays in the address, where reloading, printing and keeping the page need it: what stands after
// `#` is sent to nobody, and from here it goes nowhere but into the Authorization header.

import { useLayoutEffect, useState } from "preact/hooks";

export type Link = {
  readonly twin: string;
  readonly share: string;
  /** `<twin>~<secret>`. */
  readonly token: string;
};

const PATH = /^\/s\/(share_[0-9a-z]{26})\/?$/;
const WHOLE = /^(twin_[0-9a-z]{26})~[A-Za-z0-9_-]{43}$/;
/** As some programs write `~` in what they pass on. */
const TILDE = /%7e/i;

/** The link in an address; null where a part of it is missing. */
export function linkIn({ pathname, hash }: Pick<Location, "pathname" | "hash">): Link | null {
  const [, share] = PATH.exec(pathname) ?? [];
  const [token, twin] = WHOLE.exec(hash.slice(1).replace(TILDE, "~")) ?? [];
  return share !== undefined && token !== undefined && twin !== undefined ? { twin, share, token } : null;
}

/** The link in this page's address, also when another is pasted over it. */
export function useLink(): Link | null {
  const [link, setLink] = useState(() => linkIn(location));
  useLayoutEffect(() => {
    const look = (): void => setLink(linkIn(location));
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return link;
}
