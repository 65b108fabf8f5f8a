// Words that are nowhere else, and whether any file of a server's data holds them: in its tables or in what its database left of them.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** 20 characters that are nowhere else. */
export const plant = (): string => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 19)}`;

/** Those of the words, or of the bytes, that a file of the server's data holds. */
export function onDisk<T extends string | Buffer>(dataDir: string, words: readonly T[]): T[] {
  const found = readdirSync(dataDir, { recursive: true, encoding: "utf8" }).flatMap((name) =>
    wordsIn(join(dataDir, name), words),
  );
  return words.filter((word) => found.includes(word));
}

/** Those of the words, or of the bytes, that a file holds. */
export function wordsIn<T extends string | Buffer>(path: string, words: readonly T[]): T[] {
  try {
    if (!statSync(path).isFile()) return [];
    const bytes = readFileSync(path);
    return words.filter(
      (word) => bytes.includes(word) || (typeof word === "string" && bytes.includes(Buffer.from(word, "utf16le"))),
    );
  } catch {
    return []; // a log of changes that was closed meanwhile
  }
}
