// Whether the browser offers to install the app. It says so once, early, so this is listened for from the start.

import { signal, type ReadonlySignal } from "@preact/signals";

/** Not in TypeScript's library: only some browsers have it. */
type InstallOffer = Event & { prompt(): Promise<{ readonly outcome: "accepted" | "dismissed" }> };

const offered = signal<InstallOffer | null>(null);
/** Whether `install` would ask the person. */
export const canInstall: ReadonlySignal<InstallOffer | null> = offered;

export const isInstalled = (): boolean => matchMedia("(display-mode: standalone)").matches;

/** Has the browser ask; call it from a tap. An offer can be used once. */
export async function install(): Promise<void> {
  const offer = offered.value;
  offered.value = null;
  await offer?.prompt();
}

addEventListener("beforeinstallprompt", (event) => {
  // It is offered in the settings, and never over what somebody reads.
  event.preventDefault();
  offered.value = event as InstallOffer;
});
addEventListener("appinstalled", () => {
  offered.value = null;
});
