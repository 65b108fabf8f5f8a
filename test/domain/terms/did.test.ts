// A key has one DID, a DID of a key gives it back, and a company's keys are known by its DID alone.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  companyOfDid,
  didKey,
  isAgentKeyOf,
  isKeyOf,
  keyIdOf,
  makerDid,
  multikey,
  publicKeyOfDidKey,
  publicKeyOfKeyId,
} from "../../../src/domain/terms/did.ts";
import { bytesOfHex } from "./parties.ts";

describe("a did:key", () => {
  // The did:key method's own vectors for Ed25519 (W3C CCG), from seeds of zeros and of 0…01.
  test.each([
    [
      "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
      "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    ],
    [
      "4cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29",
      "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
    ],
  ])("of %s is the one the method gives", (publicKey, did) => {
    expect(didKey(bytesOfHex(publicKey))).toBe(did);
    expect(publicKeyOfDidKey(did)).toEqual(bytesOfHex(publicKey));
    expect(did).toBe(`did:key:${multikey(bytesOfHex(publicKey))}`);
  });

  test("gives back any key it was made from", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        expect(publicKeyOfDidKey(didKey(key))).toEqual(key);
      }),
    );
  });

  test.each([
    ["of another kind of key", "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"],
    ["cut short", "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW"],
    ["with something after it", "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key"],
    ["with a leading zero", "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"],
    ["in another base", "did:key:m6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"],
    ["of another method", "did:web:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"],
    ["that never ends", `did:key:z${"6".repeat(100_000)}`],
    ["that is empty", ""],
  ])("%s is none", (_, did) => expect(publicKeyOfDidKey(did)).toBeNull());
});

describe("the id of a did:key's one key", () => {
  const did = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
  const id = `${did}#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp`;

  test("holds the key itself", () => {
    expect(keyIdOf(did)).toBe(id);
    expect(publicKeyOfKeyId(id)).toEqual(publicKeyOfDidKey(did));
    expect(isKeyOf(id, did)).toBe(true);
  });

  test.each([did, `${did}#agent`, `${did}#`, `#${did}`, "", "did:web:lamo.example#agent", `${id}#`, `x${id}`])(
    "is not %j",
    (other) => {
      expect(publicKeyOfKeyId(other)).toBeNull();
    },
  );
});

describe("a company's DID", () => {
  test("names the host of its agent, with the port escaped", () => {
    expect(makerDid("twins.example:8443", "lamo.example")).toBe("did:web:twins.example%3A8443:v1:makers:lamo.example");
  });

  test("owns the keys under it and no others", () => {
    const did = makerDid("twins.example", "lamo.example");
    expect(isKeyOf(`${did}#agent-1`, did)).toBe(true);
    expect(isKeyOf(`${did}.evil#agent-1`, did)).toBe(false);
    expect(isKeyOf(did, did)).toBe(false);
  });

  test.each(["twins.example", "twins.example:8443", "localhost:8787", "127.0.0.1:8787", "[::1]:8787"])(
    "says which company it is, and which key its agent's, at %s",
    (host) => {
      const did = makerDid(host, "lamo.example");
      expect(companyOfDid(did)).toBe("lamo.example");
      expect(isAgentKeyOf(`${did}#agent`, "lamo.example")).toBe(true);
      expect(isAgentKeyOf(`${did}#agent`, "o.example")).toBe(false);
      expect(isAgentKeyOf(`${did}#agent-1`, "lamo.example")).toBe(false);
      expect(isAgentKeyOf(did, "lamo.example")).toBe(false);
    },
  );

  test.each([
    "did:web:h:v1:makers:x:v1:makers:lamo.example",
    "did:web:h:8443:v1:makers:lamo.example",
    "did:web::v1:makers:lamo.example",
    "did:web:v1:makers:lamo.example",
    "did:web:h#agent:v1:makers:lamo.example",
    "did:web:h/p:v1:makers:lamo.example",
    "did:web:h:v1:makers:lamo.example:more",
    "did:web:h:v1:makers:lamo.example#agent",
    "did:web:h:v1:makers:lamo.example\n",
    "did:web:h:v1:makers:LAMO.example",
    "did:web:h:v1:makers:constructor",
    "did:web:h:v1:makers:",
    "did:key:h:v1:makers:lamo.example",
    " did:web:h:v1:makers:lamo.example",
    "",
  ])("is not %j", (did) => {
    expect(companyOfDid(did)).toBeNull();
    const company = did.slice(did.indexOf(":makers:") + ":makers:".length);
    for (const domain of ["lamo.example", company]) expect(isAgentKeyOf(`${did}#agent`, domain)).toBe(false);
  });
});
