// What is said for a moment at the foot of the page, without a page.

import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toast, Voice } from "../../src/web/ui/say.tsx";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Only what is drawn: what a development build hangs on an element leads around in circles. */
const drawn = (key: string, value: unknown): unknown => (key.startsWith("_") ? undefined : value);
/** What stands there now, to a screen reader and to the eye. */
const said = (): string => JSON.stringify(Voice(), drawn);

describe("what is shown for a moment", () => {
  it("says what came of it as soon as that is so, and not what no longer is", () => {
    const isIn = signal(false);
    toast("It goes in", { text: "It is in", holds: () => isIn.value });
    expect(said().match(/It \w+ in/g)).toEqual(["It goes in", "It goes in"]);
    isIn.value = true;
    expect(said().match(/It \w+ in/g)).toEqual(["It is in", "It is in"]);
    toast("Saved");
    isIn.value = false;
    isIn.value = true;
    expect(said().match(/It is in|Saved/g)).toEqual(["Saved", "It is in", "Saved"]);
    vi.runAllTimers();
    expect(said().match(/It is in/g)).toBeNull();
  });

  it("says nothing more once its moment is over", () => {
    const isIn = signal(false);
    toast("It goes in", { text: "It is in", holds: () => isIn.value });
    vi.runAllTimers();
    toast("Saved");
    isIn.value = true;
    expect(said()).not.toContain("It is in");
  });
});
