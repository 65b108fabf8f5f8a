// Words of what is kept and sent, and of notifications. The service worker has these alone: nothing here may read a page.

export const sync = {
  /** A notification: never a word of what was said. */
  notice: {
    answer: "There is an answer",
    terms: "There is news about your terms",
    recovery: "Someone uses the recovery code",
    papers: "A warranty ends soon",
    notice: "A notice about one of your things",
    record: "There is something new in a history",
    challenge: "A buyer asks whether you have it now",
    found: "Somebody says they found something of yours",
    any: "There is something new",
  },
  deviceName: { browser: "Browser", on: (browser: string, system: string) => `${browser} on ${system}` },
};
