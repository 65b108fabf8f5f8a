// A company's endpoint that does not answer keeps the relay busy for as long as a request may last. Its desk is told all the same.

import { afterEach, expect, test, vi } from "vitest";
import { api, eventually, joinWith, listed, ownerOf, send } from "./world.ts";

/** More than a desk hears one by one. */
const NOTES = 12;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("while an endpoint hangs, all that owners send comes to the desk", async () => {
  // A request ends by this timer: as long as it stands, the endpoint hangs, however slow this machine is.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    await released;
    return new Response("ok");
  });
  const maker = await joinWith(1);
  const endpoint = { url: `https://hooks.${maker.domain}.org/in`, processor: "Hooks Ltd" };
  expect((await api.post(`/v1/makers/${maker.domain}/endpoints`, endpoint, maker.key)).status).toBe(201);
  const owner = await ownerOf(maker);
  await eventually(() => expect(asked).toHaveBeenCalled());
  for (let n = 0; n < NOTES; n++) {
    const { id } = await send(owner, "It squeaks");
    await eventually(async () => expect(await listed(maker)).toContain(id));
  }
  expect(asked).toHaveBeenCalledOnce();
  release();
  // Nothing is on its way once the real `fetch` is back.
  await eventually(() => expect(asked.mock.calls.length).toBeGreaterThan(NOTES));
});
