// What the tests use of Digital Bazaar's packages, which have no types of their own.

declare module "@digitalbazaar/data-integrity" {
  type Loaded = { document: unknown };
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: unknown });
    verifyProof(options: {
      proof: object;
      document: object;
      documentLoader: (url: string) => Promise<Loaded>;
    }): Promise<{ verified: boolean; error?: Error }>;
  }
}

declare module "@digitalbazaar/eddsa-jcs-2022-cryptosuite" {
  export function createVerifyCryptosuite(): unknown;
}

declare module "@digitalbazaar/ed25519-multikey" {
  type Key = { export(options: { publicKey: true }): Promise<object> };
  export function from(multikey: {
    id: string;
    controller: string;
    type: "Multikey";
    publicKeyMultibase: string;
  }): Promise<Key>;
}
