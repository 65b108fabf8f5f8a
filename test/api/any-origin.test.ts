// A page of any origin may use the API with a token it was given.

import { describe, expect, test } from "vitest";
import { api } from "../support/worker.ts";

describe("a page of another origin", () => {
  test("is told before it asks what it may send", async () => {
    const { status, headers, body } = await api.call("OPTIONS", "/v1/twins", {
      headers: {
        Origin: "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type, idempotency-key",
      },
    });
    expect([status, body]).toEqual([204, ""]);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Allow-Methods")).toContain("POST");
    for (const name of ["Authorization", "Content-Type", "Idempotency-Key"])
      expect(headers.get("Access-Control-Allow-Headers")).toContain(name);
  });

  test.each([
    ["an answer", "/v1/roster", 200],
    ["a refusal", "/v1/twins/twin_00000000000000000000000000/notes", 401],
    ["what is not there", "/v1/nothing", 404],
  ])("may read %s, and the headers it needs", async (_, path, expected) => {
    const { status, headers } = await api.get(path);
    expect(status).toBe(expected);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Expose-Headers")).toContain("Retry-After");
  });

  test("has no use for what is not the API", async () => {
    expect((await api.get("/health")).headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});
