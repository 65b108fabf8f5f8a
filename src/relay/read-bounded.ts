// Reads the head of a body that a stranger sends. Must never hold more than asked for, nor wait for the rest.

const FIRST_BUFFER_BYTES = 4_096;

/**
 * At most `maxBytes` of `body`, then the stream is cancelled. `truncated` says that there was more.
 * Time is not bounded here: abort the request that the body belongs to.
 * @throws whatever the stream fails with
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly truncated: boolean }> {
  if (body === null) return { bytes: new Uint8Array(0), truncated: false };
  const reader = body.getReader();
  // One buffer that doubles, because a body in chunks of one byte would cost a hundred times its size as a list.
  let buffer = new Uint8Array(Math.min(maxBytes, FIRST_BUFFER_BYTES));
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: buffer.subarray(0, length), truncated: false };
    const kept = value.subarray(0, maxBytes - length);
    if (length + kept.length > buffer.length) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(buffer.length * 2, length + kept.length)));
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    buffer.set(kept, length);
    length += kept.length;
    if (kept.length < value.length) {
      // Not awaited: a source whose cancel never settles must not hold us, and how it fails changes nothing.
      reader.cancel().catch(() => {});
      return { bytes: buffer.subarray(0, length), truncated: true };
    }
  }
}
