// The keys of companies, from their DID documents: those that a share or a bundle brings along, or that somebody fetched.

import type { Domain } from "../ids.ts";
import { companyOfAgentKey, publicKeyOfMultikey } from "../terms/did.ts";
import type { ResolveKey } from "../terms/verify.ts";

/** Of a company's did:web document: the keys it lists. */
export type DidDocument = {
  readonly id: string;
  readonly verificationMethod: readonly { readonly id: string; readonly publicKeyMultibase: string }[];
};

/**
 * Finds the key of a company's agent in its document. The host in a key's id is the one under which the agent was reached when it
 * signed; the document may have been fetched from another since, so the company and the key's name decide.
 */
export const keysIn =
  (documents: Readonly<Record<Domain, DidDocument>>): ResolveKey =>
  (keyId) => {
    const company = companyOfAgentKey(keyId);
    if (company === null || !Object.hasOwn(documents, company)) return null;
    const methods = documents[company]!.verificationMethod;
    const method =
      methods.find(({ id }) => id === keyId) ?? methods.find(({ id }) => companyOfAgentKey(id) === company);
    return method === undefined ? null : publicKeyOfMultikey(method.publicKeyMultibase);
  };
