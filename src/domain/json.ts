// JSON values, and their canonical form (RFC 8785, JCS) without floats: what is hashed and signed.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The canonical text of a JSON value (RFC 8785). Only integers that a double holds exactly are
 * allowed as numbers: every signed body here is integers, strings, booleans and null.
 * @throws RangeError for a float or an unsafe integer, TypeError for anything JSON does not have or a lone surrogate.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("a canonical body holds integers only");
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new TypeError("a lone surrogate has no canonical form");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`${typeof value} has no canonical form`);
  const object = value as { readonly [key: string]: Json };
  let members = "";
  // RFC 8785, 3.2.3: names sorted by UTF-16 code units, which is what the default sort does.
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member !== undefined) members += `${members === "" ? "" : ","}${canonical(name)}:${canonical(member)}`;
  }
  return `{${members}}`;
}
