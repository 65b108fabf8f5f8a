// How a twin's live socket ends when the twin has nothing more to say to whoever listens. The numbers are kept to: programs know them.

/** The channel was revoked, or has expired. */
export const REVOKED = 4401;
/** The time with the thing is over, for everyone who listened. */
export const OVER = 4410;
/** Why it is over, as the socket's reason. */
export const WHY_OVER = { erased: "this twin was erased", transferred: "this twin was handed over" } as const;
