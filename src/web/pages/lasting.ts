// Until when what an owner makes for others stands: a link, an offer.

const DAY_MS = 86_400_000;
/** Just within the longest that the server takes, also where this device's clock is a little ahead of it. */
const SLACK_MS = 60_000;

/** The instant (RFC 3339) at which what is made now, for so many days, ends. */
export const endAfter = (days: number): string => new Date(Date.now() + days * DAY_MS - SLACK_MS).toISOString();
