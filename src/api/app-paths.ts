// The paths of the owner's app's pages, as the Worker and the app's own router both know them. A constant and nothing else.

export const APP_PATHS = [
  "/",
  "/add",
  "/open",
  "/join",
  "/pair",
  "/card",
  "/devices",
  "/terms",
  "/search",
  "/settings",
  "/about",
  "/help/:topic",
  "/r",
  "/h",
  "/01/:gtin",
  "/01/:gtin/21/:serial",
  "/01/:gtin/21/:serial/found",
  "/t/:twin",
  "/t/:twin/write",
  "/t/:twin/n/:note",
  "/t/:twin/terms",
  "/t/:twin/papers",
  "/t/:twin/people",
  "/t/:twin/life",
  "/t/:twin/history",
  "/t/:twin/show",
  "/t/:twin/manage",
  "/t/:twin/handover",
] as const;

export type AppPath = (typeof APP_PATHS)[number];
