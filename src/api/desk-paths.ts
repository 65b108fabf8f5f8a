// The paths of the maker's desk's pages, as the Worker and the desk's own router both know them. A constant and nothing else.

export const DESK_PATHS = [
  "/desk",
  "/desk/t/:twin/:note",
  "/desk/issues",
  "/desk/issues/:issue",
  "/desk/insights",
  "/desk/notices",
  "/desk/notices/:notice",
  "/desk/deliveries",
  "/desk/endpoints",
  "/desk/labels",
  "/desk/team",
  "/desk/terms",
  "/desk/replies",
  "/desk/join",
  "/desk/sign-in",
] as const;

export type DeskPath = (typeof DESK_PATHS)[number];
