// Being told while the app is closed (Web Push), thing by thing. One subscription of this browser serves all of them.

import { answered, call, OFFLINE, type Answer } from "../api/call.ts";
import { askFor } from "./catchup.ts";
import { meta, PUSHED, setMeta } from "./meta.ts";
import { startWorker } from "./version.ts";

export type PushState = "on" | "off" | "denied" | "unsupported";

const isSupported = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

async function pushManager(): Promise<PushManager | null> {
  if (!isSupported()) return null;
  await startWorker();
  // Without one `ready` would never come; with one that is only just installed it comes soon.
  if (!(await navigator.serviceWorker.getRegistration())) return null;
  return (await navigator.serviceWorker.ready).pushManager;
}

const pushed = async (): Promise<readonly string[]> => (await meta<readonly string[]>(PUSHED)) ?? [];

/** Whether this device is told of what happens with this thing. */
export async function pushState(twin: string): Promise<PushState> {
  const manager = await pushManager();
  if (!manager) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const isHere = (await manager.getSubscription()) !== null && (await pushed()).includes(twin);
  if (!isHere) return "off";
  const answer = await askFor<{ on: boolean }>(twin, "/push");
  return answer?.ok && !answer.value.on ? "off" : "on";
}

/** Asks the person's leave, then has this device told. Call it from a tap: browsers ask for nothing else. */
export async function pushOn(twin: string): Promise<Answer<PushState>> {
  if (!isSupported()) return answered("unsupported");
  if ((await Notification.requestPermission()) !== "granted") return answered("denied");
  const manager = await pushManager();
  if (!manager) return answered("unsupported");
  const key = await call<{ publicKey: string }>("/v1/push");
  if (!key.ok) return key;
  const subscription = await subscribed(manager, key.value.publicKey);
  if (!subscription) return answered("unsupported");
  const put = await askFor<unknown>(twin, "/push", { method: "PUT", body: subscription.toJSON() });
  if (!put) return { ok: false, problem: OFFLINE };
  if (!put.ok) return put;
  await setMeta(PUSHED, [...new Set([...(await pushed()), twin])]);
  return answered("on");
}

async function subscribed(manager: PushManager, publicKey: string): Promise<PushSubscription | null> {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await manager.subscribe(options);
  } catch (fault) {
    // A subscription made for another key of the server stands in the way.
    const old =
      fault instanceof DOMException && fault.name === "InvalidStateError" && (await manager.getSubscription());
    if (!old) return null;
    await old.unsubscribe();
    return manager.subscribe(options).catch(() => null);
  }
}

/** Has this device told no more of this thing. */
export async function pushOff(twin: string): Promise<Answer<PushState>> {
  const answer = await askFor<null>(twin, "/push", { method: "DELETE" });
  if (answer && !answer.ok && answer.problem.status !== 401) return answer;
  const rest = (await pushed()).filter((id) => id !== twin);
  await setMeta(PUSHED, rest);
  if (rest.length === 0) await (await (await pushManager())?.getSubscription())?.unsubscribe();
  return answered("off");
}
