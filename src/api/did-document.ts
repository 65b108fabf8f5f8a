// A company's DID document: the key its agent signs with, as anyone may read it.

import { z } from "@hono/zod-openapi";
import { multikey } from "../domain/terms/did.ts";
import type { AgentKey } from "../maker/agent.ts";

export const didDocument = z
  .object({
    "@context": z.array(z.string()),
    id: z.string(),
    verificationMethod: z.array(
      z.object({ id: z.string(), type: z.literal("Multikey"), controller: z.string(), publicKeyMultibase: z.string() }),
    ),
    assertionMethod: z.array(z.string()),
  })
  .openapi("DidDocument");

export const didDocumentOf = ({ did, key, publicKey }: AgentKey): z.infer<typeof didDocument> => ({
  "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
  id: did,
  verificationMethod: [{ id: key, type: "Multikey", controller: did, publicKeyMultibase: multikey(publicKey) }],
  assertionMethod: [key],
});
