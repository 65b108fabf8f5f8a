// Words of finding things: for whoever found one, and for its owner.

export const found = {
  page: {
    title: "Found it?",
    lead: (thing: string | null) =>
      `How kind of you to look. Tell its owner where ${thing === null ? "it" : `the ${thing}`} is, and maybe it finds its way home.`,
    private:
      "Nobody is told here who it belongs to, nor whether it belongs to anyone. What you write is only delivered if its owner has turned this on.",
    what: "What did you find, and where is it now?",
    whatHint: "Say it as you would to a friend.",
    whatMissing: "Write a few words first.",
    contact: "How can they reach you?",
    contactHint:
      "A phone number or an address, if you like. Only its owner reads it. Leave it empty and they have your words alone.",
    go: "Tell its owner",
    offline: {
      title: "No connection",
      text: "Your words are still here. Try again when you're back online.",
    },
    done: "Thank you",
    doneText:
      "Your words are on their way. If its owner wants to hear of it, they have them in a moment. You won't be told more here, so that nobody can find out who owns what.",
    owner: "Is it yours?",
    toLabel: "To the page of its label",
  },
  notice: {
    title: "Somebody says they found it",
    when: "Reported",
    reach: "How to reach them",
    unnamed: "They left no way to reach them.",
    careful: "Nobody has checked who wrote this. Meet where other people are.",
    done: "Done with it",
    arrived: "Somebody says they found it.",
  },
  setting: {
    title: "If somebody finds it",
    label: "Tell me when somebody reports it as found",
    hint: "Whoever scans its label can then write to you.",
    text: "They learn nothing of you: not your name, not that the thing has an owner, not even whether this is on. You get 20 messages a day at most.",
    on: "You are told when somebody finds it",
    off: "Nobody who finds it can write to you now",
  },
};
