// The desk's places, in the order of the rail: where they are, who needs them, and the key that leads there.

import type { IconName } from "../ui/icon.tsx";
import type { Role } from "./session.ts";

export type PlaceName =
  | "inbox"
  | "issues"
  | "insights"
  | "notices"
  | "replies"
  | "deliveries"
  | "endpoints"
  | "labels"
  | "terms"
  | "team";

export type Place = {
  readonly name: PlaceName;
  readonly path: string;
  readonly icon: IconName;
  /** After `g`. */
  readonly key: string;
  readonly role: Role;
};

export const PLACES: readonly Place[] = [
  { name: "inbox", path: "/desk", icon: "answer", key: "i", role: "reader" },
  { name: "issues", path: "/desk/issues", icon: "problem", key: "k", role: "reader" },
  { name: "insights", path: "/desk/insights", icon: "life", key: "s", role: "reader" },
  { name: "notices", path: "/desk/notices", icon: "bell", key: "n", role: "reader" },
  { name: "replies", path: "/desk/replies", icon: "copy", key: "r", role: "reader" },
  { name: "deliveries", path: "/desk/deliveries", icon: "send", key: "d", role: "admin" },
  { name: "endpoints", path: "/desk/endpoints", icon: "link", key: "e", role: "admin" },
  { name: "labels", path: "/desk/labels", icon: "scan", key: "l", role: "admin" },
  { name: "terms", path: "/desk/terms", icon: "terms", key: "m", role: "reader" },
  { name: "team", path: "/desk/team", icon: "people", key: "t", role: "admin" },
];

/** As many as a phone's bar holds beside "more". */
export const ON_A_PHONE = 4;

/** The place a path belongs to. A thread is the inbox's. */
export const placeAt = (path: string): PlaceName | null =>
  path === "/desk" || path.startsWith("/desk/t/")
    ? "inbox"
    : (PLACES.find((place) => place.path !== "/desk" && (path === place.path || path.startsWith(`${place.path}/`)))
        ?.name ?? null);
