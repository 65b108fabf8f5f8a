// Everything of a thing as one file, read as it comes so that its size can be told meanwhile.

import { OFFLINE, type Answer } from "../../api/call.ts";
import { ask } from "../ask.ts";

const TYPE = "application/x-ndjson";
/** Pieces are folded into a Blob from this size on: a browser may put that on disk, which it can't with what is in its arrays. */
const FOLD_BYTES = 8 * 1024 ** 2;

async function gather(stream: ReadableStream<Uint8Array<ArrayBuffer>>, step: (bytes: number) => void): Promise<Blob> {
  let folded = new Blob([], { type: TYPE });
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let loose = 0;
  const fold = (): void => {
    folded = new Blob([folded, ...pieces], { type: TYPE });
    pieces = [];
    loose = 0;
  };
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    loose += value.byteLength;
    step(folded.size + loose);
    if (loose >= FOLD_BYTES) fold();
  }
  fold();
  return folded;
}

/** The export, whole. A connection that breaks in the middle is no export: it answers as offline. */
export async function exportThing(
  twin: string,
  step: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Answer<Blob>> {
  const answer = await ask<ReadableStream<Uint8Array<ArrayBuffer>>>(twin, "/export", { as: "stream", signal });
  if (!answer.ok) return answer;
  try {
    return { ...answer, value: await gather(answer.value, step) };
  } catch {
    return { ok: false, problem: OFFLINE };
  }
}
