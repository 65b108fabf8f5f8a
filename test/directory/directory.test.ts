// The directory: who is a maker here, whose a GTIN is, and the proffers that wait.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { WAITING_CAP } from "../../src/directory/waiting-room.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { AgreementId, TwinId } from "../../src/domain/ids.ts";
import { newId } from "../../src/platform/random.ts";
import { directoryFor } from "../../src/platform/stubs.ts";
import { someDomain } from "../support/maker-world.ts";

const someTwin = (): TwinId => `twin_${crypto.randomUUID()}`;

describe("a domain", () => {
  it("is listed once, under its first name", async () => {
    const domain = someDomain();
    const directory = directoryFor(env, domain);
    expect(await directory.maker(domain)).toBe(null);
    expect(await directory.register(domain, "Lamo", 1, true)).toEqual({ created: true });
    expect(await directory.register(domain, "Other", 1, true)).toEqual({ created: false });
    expect(await directory.maker(domain)).toMatchObject({ name: "Lamo", hasPolicy: false });
    await directory.policySet(domain);
    expect((await directory.maker(domain))?.hasPolicy).toBe(true);
  });
});

describe("a GTIN", () => {
  it("is the first maker's, whoever asks at the same moment", async () => {
    const gtin = "09521234567895";
    const directory = directoryFor(env, gtin);
    const answers = await Promise.all(
      ["a.example", "b.example", "a.example"].map((domain) => directory.ownGtin(gtin, domain)),
    );
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, true]);
    expect((await directory.ownGtin(gtin, "c.example")).ok).toBe(false);
  });
});

describe("a waiting proffer", () => {
  it("is kept once, oldest first, until it is done", async () => {
    const domain = someDomain();
    const directory = directoryFor(env, domain);
    const [late, early] = [newId("agr"), newId("agr")];
    const twin = someTwin();
    expect(await directory.wait(domain, twin, late, 2)).toEqual({ ok: true, value: { joined: false } });
    await directory.wait(domain, twin, early, 1);
    await directory.wait(domain, twin, early, 1);
    expect(await directory.waiting(domain, 10)).toEqual([
      { agreement: early, twin },
      { agreement: late, twin },
    ]);
    await directory.waited("other.example", early);
    await directory.postpone(domain, early);
    expect((await directory.waiting(domain, 1))[0]!.agreement).toBe(late);
    await directory.waited(domain, late);
    expect(await directory.waiting(domain, 10)).toEqual([{ agreement: early, twin }]);
  });

  it("is not kept for a maker that decides for itself", async () => {
    const domain = someDomain();
    const directory = directoryFor(env, domain);
    await directory.register(domain, "Lamo", 1, true);
    await directory.policySet(domain);
    expect(await directory.wait(domain, someTwin(), newId("agr"), 1)).toEqual({ ok: true, value: { joined: true } });
    expect(await directory.waiting(domain, 10)).toEqual([]);
  });

  it("is one of ten thousand at most for a domain, and one that waits already is no further one", async () => {
    const domain = someDomain();
    const directory = directoryFor(env, domain);
    const known = newId("agr");
    await directory.wait(domain, someTwin(), known, 1);
    await runInDurableObject(directory, (_: Directory, state) => {
      state.storage.transactionSync(() => {
        for (let n = 1; n < WAITING_CAP; n++) {
          state.storage.sql.exec(
            "INSERT INTO waiting (agreement, domain, twin, turn_at) VALUES (?, ?, ?, ?)",
            `agr_${domain}${n}` as AgreementId,
            domain,
            "t",
            n,
          );
        }
      });
    });
    const refused = await directory.wait(domain, someTwin(), newId("agr"), 1);
    expect(refused).toMatchObject({ ok: false, error: { code: "quota-exceeded" } });
    expect((await directory.wait(domain, someTwin(), known, 1)).ok).toBe(true);
    expect((await directory.wait(someDomain(), someTwin(), newId("agr"), 1)).ok).toBe(true);
  });
});
