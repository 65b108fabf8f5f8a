// The events a maker can be told of: what an endpoint may ask for.

export const EVENT_TYPES = [
  "agreement.proffered",
  "agreement.accepted",
  "agreement.rescinded",
  "agreement.terminated",
  "note.sent",
  "note.updated",
  "note.retracted",
  "message.posted",
  "thread.verdict",
  "twin.transferred",
  "twin.erased",
  "thread.gap",
  "endpoint.test",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
