// What a channel's scopes let it do, in words; and the scopes of those whom an owner lets in.

import { words } from "../words/words.ts";

/** What somebody who lives with a thing may do: everything about their own notes, nothing about another's. */
export const memberScopes = (maySend: boolean): readonly string[] => [
  "twin:read",
  "notes:own",
  "notes:write",
  "messages:read",
  ...(maySend ? ["notes:send", "messages:write", "agreements:read"] : []),
];

/** What a repairer may do who is let in for that: the history and nothing else. */
export const REPAIRER_SCOPES: readonly string[] = ["twin:read", "history:read", "history:write"];

/** What a helper or a program can be given, in the order it is offered. `notes:own` is offered as the weaker of the two ways to read. */
export const PROGRAM_SCOPES = [
  "notes:read",
  "notes:write",
  "notes:send",
  "messages:read",
  "messages:write",
  "agreements:read",
  "agreements:write",
  "history:read",
  "history:write",
] as const;
export type ProgramScope = (typeof PROGRAM_SCOPES)[number];

export function rightIn(scope: ProgramScope): string {
  const { rights } = words.value.keys.people;
  switch (scope) {
    case "notes:read":
      return rights.readAll;
    case "notes:write":
      return rights.write;
    case "notes:send":
      return rights.send;
    case "messages:read":
      return rights.answers;
    case "messages:write":
      return rights.reply;
    case "agreements:read":
      return rights.terms;
    case "agreements:write":
      return rights.setTerms;
    case "history:read":
      return rights.history;
    case "history:write":
      return rights.addHistory;
  }
}

/** The rights of these scopes, as verbs that follow "may". `yours`: said to whoever has them. */
export function rightsOf(scopes: readonly string[], yours = false): string[] {
  const { rights } = words.value.keys.people;
  if (scopes.includes("owner")) return [rights.owner];
  const own = scopes.includes("notes:own") && !scopes.includes("notes:read");
  const each = PROGRAM_SCOPES.filter((scope) => scopes.includes(scope));
  const isWhole = each.includes("history:read") && each.includes("history:write");
  return [
    ...(own ? [yours ? rights.readOwnYours : rights.readOwn] : []),
    ...(isWhole
      ? [...each.filter((scope) => !scope.startsWith("history:")).map(rightIn), rights.wholeHistory]
      : each.map(rightIn)),
  ];
}
