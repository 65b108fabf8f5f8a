// Which addresses a maker may have us call. Reads the text and nothing else: never resolves a name, never sends anything.

import { err, ok, type Result } from "../domain/result.ts";

export type TargetOptions = {
  /** Development only: plain http to 127.0.0.1, localhost and [::1] is legal too. */
  readonly allowLoopback: boolean;
  /** Hosts this server answers on, in lower case, each with a port (that port only) or without (every port). */
  readonly ownHosts: readonly string[];
};

export const TARGET_MAX_LENGTH = 2_048;

const VISIBLE_ASCII = /^[\x21-\x7e]*$/;
const PARTS = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<authority>[^/?#]*)/i;
const HOST_AND_PORT = /^(?<host>\[[^\]]*\][^:]*|[^:]*)(?::(?<port>.*))?$/;
const PORT = /^[1-9]\d{0,4}$/;
const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];
// WHATWG URL, 3.5: a host whose last label is one of these is read as an IPv4 address, in any of its spellings.
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;
// RFC 1123, 2.1 and RFC 5891, 4.2.3.1.
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;
// Names that mean something on a private network only (RFC 6761, 6762, 7686, 8375, ICANN's reservation of .internal),
// and the one that many hosts files map to 127.0.0.1.
const PRIVATE_SUFFIXES = ["local", "internal", "localhost", "localdomain", "home.arpa", "onion"];

/**
 * Whether `text` may be a webhook's address: https, a DNS name, any port, no user, no fragment. Both the text and what the URL
 * parser makes of it are looked at, because the parser turns many spellings into one (`0x7f.1`, `%31`, full-width digits).
 * @returns the parsed address, or a sentence that says what is wrong and what would be right
 */
export function checkTarget(text: string, options: TargetOptions): Result<URL, string> {
  const wrong = faultInText(text);
  if (wrong !== null) return err(wrong);
  const { scheme, authority } = PARTS.exec(text)!.groups!;
  const { host: rawHost, port } = HOST_AND_PORT.exec(authority!)?.groups ?? {};
  if (rawHost === undefined || (port !== undefined && !isPort(port))) {
    return err("the port is not a number from 1 to 65535: write one, or leave out the colon too");
  }
  const host = rawHost.toLowerCase();
  const secure = scheme!.toLowerCase() === "https";
  if (options.allowLoopback && !secure && LOOPBACK.includes(host)) return parsed(text, "http:", host, options);
  if (!secure) return err("plain http is not private: use an address that begins with https://");
  const unfit = faultInHost(host);
  return unfit === null ? parsed(text, "https:", host, options) : err(unfit);
}

const isPort = (text: string): boolean => PORT.test(text) && Number(text) <= 65_535;

function faultInText(text: string): string | null {
  if (text.length > TARGET_MAX_LENGTH)
    return `the address has ${text.length} characters: use at most ${TARGET_MAX_LENGTH}`;
  if (!VISIBLE_ASCII.test(text)) {
    return "the address has a space, a control character or a letter outside ASCII: percent-encode it in the path, and write an international name in its xn-- form";
  }
  if (text.includes("\\")) return "the address has a backslash: use / between its parts, %5C for the character itself";
  const parts = PARTS.exec(text)?.groups;
  if (parts === undefined || !/^https?$/i.test(parts["scheme"]!)) {
    return "this is not a web address: use one that begins with https://";
  }
  const authority = parts["authority"]!;
  if (text.includes("#")) return "the address has a fragment, which is never sent: leave out # and what follows it";
  if (authority.includes("@"))
    return "the address holds a user name or password: leave it out, every request is signed instead";
  if (authority.includes("%")) return "the host name is percent-encoded: write it in plain letters";
  return null;
}

/** @param host in lower case */
function faultInHost(host: string): string | null {
  if (host === "") return "the address has no host: use a DNS name, like hooks.example.com";
  const labels = host.split(".");
  const top = labels.at(-1)!;
  // The label before a trailing dot counts: the parser reads `127.0.0.1.` as an address as well.
  const last = top === "" ? labels.at(-2)! : top;
  if (host.includes("[") || NUMBER.test(last))
    return "the host is an IP address: use a DNS name, like hooks.example.com";
  if (top === "") return "the host name ends in a dot: leave it out";
  const privateSuffix = PRIVATE_SUFFIXES.find((suffix) => host === suffix || host.endsWith(`.${suffix}`));
  if (privateSuffix !== undefined) {
    return `names under .${privateSuffix} exist on private networks only: use a name that public DNS resolves`;
  }
  if (labels.length === 1) return "the host is a single word: use a full DNS name, like hooks.example.com";
  if (host.length > 253) return "the host name has over 253 characters: use a shorter DNS name";
  if (!labels.every((label) => LABEL.test(label))) {
    return "a part of the host name is not 1 to 63 letters, digits and inner hyphens: use a DNS name, like hooks.example.com";
  }
  return TOP_LABEL.test(top)
    ? null
    : "the host name's last part is not a top-level domain, like com: use a public DNS name";
}

/** @param host what the text says, in lower case; were the parser to read another, it is the parser's that would be called */
function parsed(text: string, protocol: string, host: string, options: TargetOptions): Result<URL, string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname !== host || url.protocol !== protocol) {
    return err("the host name does not read the same everywhere: use a plain DNS name, like hooks.example.com");
  }
  if (url.href.length > TARGET_MAX_LENGTH) {
    return err(`the address has over ${TARGET_MAX_LENGTH} characters once encoded: use a shorter one`);
  }
  if (options.ownHosts.some((own) => isSameHost(url, own))) {
    return err("this is our own address: use the host of the system that is to receive the events");
  }
  return ok(url);
}

function isSameHost(url: URL, own: string): boolean {
  const { host = own, port } = HOST_AND_PORT.exec(own)?.groups ?? {};
  const sameName = host === url.hostname || (LOOPBACK.includes(host) && LOOPBACK.includes(url.hostname));
  const urlPort = url.port || (url.protocol === "https:" ? "443" : "80");
  return sameName && (port === undefined || port === urlPort);
}
