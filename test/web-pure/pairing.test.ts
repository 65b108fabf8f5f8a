// Letting a second device in: what a QR code is worth to whoever photographed it, and what the four digits tell.

import { describe, expect, test } from "vitest";
import { newSecret } from "../../src/web/keys/card.ts";
import { newDeviceKey, openSealed, sealTo } from "../../src/web/keys/device-key.ts";
import { digitsOf, keptWord, newInvitation, readInvitation } from "../../src/web/keys/pairing-code.ts";

describe("what is sealed to a device", () => {
  test("is read by that device alone, for what it was sealed for", async () => {
    const [phone, thief] = await Promise.all([newDeviceKey(), newDeviceKey()]);
    const secret = newSecret();
    const box = (await sealTo(phone.public, secret, "card"))!;
    expect(await openSealed(phone, box, "card")).toEqual(secret);
    expect(await openSealed(phone, box, "pairing/x")).toBeNull();
    expect(await openSealed(thief, box, "card")).toBeNull();
    // Not even with the public half of the right one beside its own private half.
    expect(await openSealed({ open: thief.open, public: phone.public }, box, "card")).toBeNull();
    expect(phone.open.extractable).toBe(false);
  });

  test("is another box each time, and no box is one that was changed", async () => {
    const phone = await newDeviceKey();
    const secret = newSecret();
    const [one, two] = [await sealTo(phone.public, secret, "card"), await sealTo(phone.public, secret, "card")];
    expect(one).not.toBe(two);
    for (const broken of [
      "",
      "AAAA",
      one!.slice(0, -4),
      `${one!.slice(0, -1)}${one!.endsWith("A") ? "Q" : "A"}`,
      `C${one!.slice(1)}`,
    ]) {
      expect(await openSealed(phone, broken, "card")).toBeNull();
    }
  });

  test("is known to be from the one who sealed it, where that is asked", async () => {
    const [phone, tablet, thief] = await Promise.all([newDeviceKey(), newDeviceKey(), newDeviceKey()]);
    const secret = newSecret();
    const box = (await sealTo(tablet.public, secret, "pairing/x", phone))!;
    expect(await openSealed(tablet, box, "pairing/x", phone.public)).toEqual(secret);
    const theirs = [
      await sealTo(tablet.public, newSecret(), "pairing/x", thief),
      await sealTo(tablet.public, newSecret(), "pairing/x"),
      // The first one's public half before a key of their own.
      await sealTo(tablet.public, newSecret(), "pairing/x", { open: thief.open, public: phone.public }),
    ];
    for (const forged of theirs) expect(await openSealed(tablet, forged!, "pairing/x", phone.public)).toBeNull();
  });

  test.each(["", "AAAA", "A".repeat(87), "B".repeat(87), "*"])(
    "is never sealed to %j, which is no device's key",
    async (key) => {
      expect(await sealTo(key, newSecret(), "card")).toBeNull();
    },
  );
});

describe("a pairing code", () => {
  test("says where to meet and what the other committed to, never a number or a card's secret", async () => {
    const invitation = await newInvitation();
    const invited = readInvitation(invitation.fragment)!;
    expect(invited.secret).toEqual(invitation.secret);
    expect(invitation.fragment).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { nonce, key } = invitation;
    expect(await keptWord(invited, nonce, key.public)).toBe(true);
    expect(await keptWord(invited, crypto.getRandomValues(new Uint8Array(32)), key.public)).toBe(false);
    expect(await keptWord(invited, nonce, (await newDeviceKey()).public)).toBe(false);
    expect(readInvitation(invitation.fragment.slice(1))).toBeNull();
    expect(readInvitation("")).toBeNull();
  });

  test("shows the same four digits on both devices, and others when somebody put a key of their own in between", async () => {
    const { secret, nonce } = await newInvitation();
    const keys = await Promise.all(Array.from({ length: 40 }, newDeviceKey));
    const digits = await Promise.all(keys.map(({ public: key }) => digitsOf(secret, nonce, key)));
    expect(digits.every((one) => /^\d\d \d\d$/.test(one))).toBe(true);
    expect(await digitsOf(secret, nonce, keys[0]!.public)).toBe(digits[0]);
    expect(new Set(digits).size).toBeGreaterThan(35);
    const other = await newInvitation();
    // Two of ten thousand are the same now and then, all of them never.
    const others = await Promise.all(keys.map(({ public: key }) => digitsOf(secret, other.nonce, key)));
    expect(others).not.toEqual(digits);
  });
});
