// What a key of a maker's team may do: admin includes agent, agent includes reader.

export const ROLES = ["admin", "agent", "reader"] as const;
export type Role = (typeof ROLES)[number];

const RANK: Readonly<Record<Role, number>> = { admin: 3, agent: 2, reader: 1 };

/** Whether a key of role `held` may do what needs `needed`. */
export const includesRole = (held: Role, needed: Role): boolean => RANK[held] >= RANK[needed];
