import fc from "fast-check";
import { expect, test } from "vitest";
import { readBounded } from "../../src/relay/read-bounded.ts";

type Source = {
  readonly body: ReadableStream<Uint8Array>;
  readonly pulled: () => number;
  readonly cancelled: () => boolean;
};

/** A body of `chunks` of the given sizes (endless when `forever`), each byte telling its own position. */
function bodyOf(sizes: readonly number[], forever = false, onCancel: () => Promise<void> = async () => {}): Source {
  let chunk = 0;
  let at = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const size = sizes[forever ? chunk % sizes.length : chunk];
        if (size === undefined) return controller.close();
        chunk += 1;
        controller.enqueue(Uint8Array.from({ length: size }, () => at++ % 251));
      },
      cancel() {
        cancelled = true;
        return onCancel();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulled: () => at, cancelled: () => cancelled };
}

const expected = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 251);

test("any body in any chunks gives its first bytes, and says rightly whether there were more", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9_000), { maxLength: 8 }), fc.nat(20_000), async (sizes, maxBytes) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const source = bodyOf(sizes);
      const { bytes, truncated } = await readBounded(source.body, maxBytes);
      expect(bytes).toEqual(expected(Math.min(total, maxBytes)));
      expect(truncated).toBe(total > maxBytes);
      expect(source.cancelled()).toBe(total > maxBytes);
    }),
  );
});

test("a body of exactly the bound is whole", async () => {
  expect(await readBounded(bodyOf([16_384]).body, 16_384)).toEqual({ bytes: expected(16_384), truncated: false });
  expect((await readBounded(bodyOf([16_384, 1]).body, 16_384)).truncated).toBe(true);
});

test("an endless body is cancelled at the bound", async () => {
  const source = bodyOf([1_000], true);
  const { bytes, truncated } = await readBounded(source.body, 16_384);
  expect(bytes.length).toBe(16_384);
  expect(truncated).toBe(true);
  expect(source.cancelled()).toBe(true);
  expect(source.pulled()).toBe(17_000);
});

test("a body in chunks of one byte costs no more than the bound", async () => {
  const { bytes } = await readBounded(bodyOf([1], true).body, 5_000);
  expect(bytes.buffer.byteLength).toBe(5_000);
});

test("a source whose cancel never ends, or fails, holds nobody up", async () => {
  const stuck = bodyOf([100], true, () => new Promise(() => {}));
  expect((await readBounded(stuck.body, 10)).bytes).toEqual(expected(10));
  const failing = bodyOf([100], true, async () => Promise.reject(new Error("no")));
  expect((await readBounded(failing.body, 10)).bytes).toEqual(expected(10));
});

test("a body that breaks is an error, and no body is an empty one", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull() {
      throw new Error("connection reset");
    },
  });
  await expect(readBounded(broken, 10)).rejects.toThrow("connection reset");
  expect(await readBounded(null, 10)).toEqual({ bytes: new Uint8Array(0), truncated: false });
});
