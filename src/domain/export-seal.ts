// The last line of an export: a digest of all lines before it, signed by the tenure's agent. Whoever changes a letter later can't hide it.

/** Lines are counted, and digested with the line feed that ends each. `key` is the agent's did:key, as the agreements name it. */
export type ExportSeal = {
  readonly type: "seal";
  readonly sha256: string;
  readonly lines: number;
  readonly key: string;
  readonly signature: string;
};

/** What is signed (Ed25519; the signature in base64url). */
export const sealedText = (twin: string, { sha256, lines }: Pick<ExportSeal, "sha256" | "lines">): string =>
  `pico-twins/export/1\n${twin}\n${lines}\n${sha256}`;
