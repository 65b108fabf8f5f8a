// Runs inside workerd and does there what the binding ASSETS does on Cloudflare: answers with the built pages' files.
// Looks up plain paths only and decodes nothing, so no path leads out of the folder or to a list of it.

import { namesTag } from "../src/api/etag.ts";
import { CODINGS, fileTypeOf } from "./file-types.ts";

/** The folder: a `disk` service of workerd. */
type Disk = { fetch(url: string): Promise<Response> };

/** Segments of unreserved characters (RFC 3986, 2.3), none of which begins with a dot. */
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)+$/;

/** The content codings a client takes (RFC 9110, 12.5.3); those it gives the weight 0 are none. */
function takenCodings(header: string | null): ReadonlySet<string> {
  const taken = (header ?? "")
    .toLowerCase()
    .split(",")
    .filter((item) => !/;\s*q=0(?:\.0*)?\s*$/.test(item));
  return new Set(taken.map((item) => item.split(";")[0]!.trim()));
}

const tagOf = async (bytes: ArrayBuffer): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))));

async function read(disk: Disk, path: string): Promise<ArrayBuffer | null> {
  const file = await disk.fetch(`http://disk${path}`);
  const bytes = await file.arrayBuffer();
  return file.status === 200 ? bytes : null;
}

/** A file's bytes in the best coding that is there and that the client takes. */
async function readCoded(
  disk: Disk,
  path: string,
  taken: ReadonlySet<string>,
): Promise<{ bytes: ArrayBuffer; coding: string | null } | null> {
  for (const { coding, ending } of CODINGS.filter((one) => taken.has(one.coding))) {
    const bytes = await read(disk, `${path}${ending}`);
    if (bytes) return { bytes, coding };
  }
  const bytes = await read(disk, path);
  return bytes && { bytes, coding: null };
}

async function answer(request: Request, disk: Disk): Promise<Response> {
  const { pathname: path } = new URL(request.url);
  const fileType = PLAIN_PATH.test(path) ? fileTypeOf(path) : undefined;
  if (fileType === undefined) return new Response(null, { status: 404 });
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  }
  const { type, compressible } = fileType;
  const taken = takenCodings(compressible ? request.headers.get("Accept-Encoding") : null);
  const file = await readCoded(disk, path, taken);
  if (file === null) return new Response(null, { status: 404 });

  const tag = await tagOf(file.bytes);
  const headers = { ETag: `"${tag}"`, ...(compressible && { Vary: "Accept-Encoding" }) };
  if (namesTag(request.headers.get("If-None-Match"), tag)) return new Response(null, { status: 304, headers });
  // The bytes are coded already: workerd must not do it again. Not a member the browser's own types know.
  const init = {
    headers: {
      ...headers,
      "Content-Type": type,
      "Content-Length": String(file.bytes.byteLength),
      ...(file.coding !== null && { "Content-Encoding": file.coding }),
    },
    encodeBody: "manual",
  };
  return new Response(request.method === "HEAD" ? null : file.bytes, init);
}

export default { fetch: (request: Request, { DISK }: { DISK: Disk }): Promise<Response> => answer(request, DISK) };
