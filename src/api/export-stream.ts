// An export as it goes out: a page in memory at a time, and its seal at the end.

import type { Failure } from "../domain/failure.ts";
import type { Result } from "../domain/result.ts";
import type { tenureOf } from "../platform/stubs.ts";
import type { ExportPage } from "../tenure/exporting.ts";

const cutOff = "the channel was revoked while it exported";
const found = <T>(result: Result<T, Failure>): T => {
  if (!result.ok) throw new Error(cutOff);
  return result.value;
};

/** From its first page on. Ends in an error, not in a seal, when its channel may not go on. */
export function exportStream(
  tenure: ReturnType<typeof tenureOf>,
  tokenHash: string,
  first: ExportPage,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  const digest = new crypto.DigestStream("SHA-256");
  const digesting = digest.getWriter();
  let lines = 0;
  let page: ExportPage | null = first;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      // An empty page has nothing to enqueue, and a pull that enqueues nothing is not called again.
      while (page !== null && page.lines.length === 0) {
        page = page.next === null ? null : found(await tenure.exportPage(tokenHash, page.next));
      }
      if (page === null) {
        await digesting.close();
        const sha256 = new Uint8Array(await digest.digest).toHex();
        controller.enqueue(utf8.encode(`${found(await tenure.sealExport(tokenHash, sha256, lines))}\n`));
        return controller.close();
      }
      const bytes = utf8.encode(page.lines.map((line) => `${line}\n`).join(""));
      lines += page.lines.length;
      await digesting.write(bytes);
      controller.enqueue(bytes);
      page = { lines: [], next: page.next };
    },
  });
}
