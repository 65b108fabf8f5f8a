// Words of signing in.

export const signIn = {
  title: "Sign in to your desk",
  lead: "Where a company reads what owners sent it, and answers, within their terms.",
  key: "Your key",
  keyHint: "Your company's domain, “~”, and 43 characters. An admin of your team makes it.",
  notAKey: "That isn't a key. It begins with your company's domain and has “~” in it.",
  refused: "This key doesn't open a desk. It may have been revoked.",
  go: "Sign in",
  cutOff: "Your key no longer works: it was revoked or signed out, or you signed in on another device. Sign in again.",
  link: {
    title: (company: string) => `Sign in to the desk of ${company}`,
    lead: "Somebody of your team made this link for you. It works once, and keeps a key of your own in this browser.",
    go: "Sign in here",
    refused: "This link doesn't work. It was used already, has run out, or isn't whole. Ask for a new one.",
    other: "Sign in with a key",
  },
  join: "Your company isn't here yet?",
  joinGo: "Let it join",
  kept: "The key stays in this browser until you sign out.",
};
