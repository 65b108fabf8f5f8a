// Words of a thing that changes hands, on both sides of it, and of one that is lost or stolen.

import { number, plural } from "../format.ts";

const entries = (n: number): string => plural(n, { one: "1 entry", other: `${number(n)} entries` });

export const handover = {
  manage: {
    title: "Pass it on",
    text: "Sold it, or giving it away? Its history goes with it. What is yours stays yours.",
    action: "Hand it over",
  },
  title: "Hand it over",
  lead: (name: string) =>
    `When ${name} is sold or given away, its history goes with it, and your time with it ends. First see what that means.`,
  notOwner: "Only its owner can hand it over.",

  goes: {
    title: "Goes with it",
    product: "What it is and who made it",
    label: "That it was begun with the code from its packaging",
    record: (n: number) => (n === 0 ? "Its history, which has no entry yet" : `Its history: ${entries(n)}`),
    photos: (n: number) => plural(n, { one: "1 photo in the history", other: `${number(n)} photos in the history` }),
    notices: "Recalls and safety news, from now on for them",
    look: "Look at the history",
    read: "Whoever has the code reads every entry before they accept, also those you left out of a link.",
  },
  stays: {
    title: "Doesn't go along: erased here, so save your copy",
    notes: (n: number) =>
      plural(n, {
        one: "Your note, and what was said to it",
        other: `Your ${number(n)} notes, and what was said to them`,
      }),
    noNotes: "Whatever you wrote for yourself",
    photos: (n: number) => plural(n, { one: "Your photo", other: `Your ${number(n)} photos` }),
    papers: (n: number) => plural(n, { one: "1 paper of yours", other: `${number(n)} papers of yours` }),
    agreements: (n: number) =>
      plural(n, { one: "The terms you agreed on: they end", other: `The ${number(n)} terms you agreed on: they end` }),
    channels: (n: number) =>
      plural(n, {
        one: "The one way in: this device",
        other: `All ${number(n)} ways in: devices, people and programs`,
      }),
    links: (n: number) =>
      plural(n, { one: "1 link that you made: it closes", other: `${number(n)} links that you made: they close` }),
    name: "They don't learn here who you are, and the company doesn't either.",
  },
  cases: {
    title: "Still open with the company",
    one: (wants: string, company: string, since: string) => `${wants}, asked of ${company} on ${since}`,
    wants: {
      nothing: "A note",
      answer: "A question",
      repair: "A repair",
      refund: "A refund",
      change: "A change",
      copy: "A copy of their data",
    },
    seller:
      "Settle it first if you can: the conversation ends when you hand the thing over. The buyer is told that it is open, not what was written.",
    buyer:
      "The owner before you asked for this, and it isn't settled. Their conversation ends with the handover: ask them about it.",
  },

  copy: {
    title: "Save your own copy first",
    text: "One file with everything of your time with it. It is signed: if a single letter in it is changed later, that shows. Anyone who has the file can read it. Once it is handed over nobody can give you this again, not even whoever runs this server.",
    action: "Save my copy",
    saved: (day: string) => `Your copy was saved on ${day}, signed`,
    unsealed: (day: string) => `Your copy was saved on ${day}`,
    again: "Save it again",
    without: "I need no copy",
    missing: "Save your copy first, or say that you need none.",
    later: "What came since then isn't in it.",
  },

  how: {
    title: "How does it change hands?",
    steps: "Step by step",
    stepsHint: "They look and accept, you let go once you're paid. Right for a sale.",
    gift: "As a gift",
    giftHint: "It is theirs the moment they accept. You do nothing more.",
    giftWarning: {
      title: "Whoever uses the code first owns it",
      text: "You can't compare words with them, and you can't take it back afterwards. If the code gets into the wrong hands, the thing is gone.",
      check: "I give the code only to the one it is for",
      missing: "Say that you have understood this first.",
    },
    lasts: "The offer stands for",
    days: (n: number) => plural(n, { one: "1 day", other: `${number(n)} days` }),
    parcel: "A parcel takes time. You can take the offer back whenever you like.",
    go: "Make the offer",
    goGift: "Make the gift",
  },

  offer: {
    waiting: "Waiting for them",
    waitingText: "Nothing has moved. It is yours until you let go of it.",
    waitingGift: "It is yours until somebody uses the code. From then on it is theirs.",
    give: "Give them this",
    giveText: "They point their phone's camera at it, open the link, or type the code.",
    giftOnly: "Give it only to the one it is for. Whoever uses it first owns the thing.",
    qr: "The code of your offer, to point a camera at",
    code: "To read out",
    where: (host: string) => `They type it at ${host}/h.`,
    copyLink: "Copy the link",
    send: "Send the link",
    sendText: (name: string) => `${name}: look at its history and take it over.`,
    elsewhere: {
      title: "The code is on another device",
      text: "It is shown only on the device that made the offer. Look there, or take the offer back and make a new one here.",
    },
    until: (when: string) => `The offer stands until ${when}.`,
    have: "Somebody who has your code says that they have it",
    haveText: (when: string) => `Said ${when}. Nothing has moved by that: it is yours until you let go of it.`,
    haveAccept: "To go on, they accept your offer; then the two of you compare four words.",
    stale: "They must look again",
    staleText:
      "The history changed after they had accepted: something was added to it, erased, or counted anew. They are shown it as it is now, and accept again: nobody takes over what they haven't seen.",
    next: "What comes next",
    steps: [
      "They look at the whole history, which their own device checks.",
      "They accept. Nothing moves by that.",
      "They pay you, or whatever you have agreed on.",
      "They read four words to you. You type them here, and it is theirs.",
    ],
    cancel: "Take the offer back",
    cancelSheet: "Take the offer back?",
    cancelText:
      "The code opens nothing any more. If somebody has accepted already, that is void. The thing stays yours.",
    cancelled: "The offer is taken back. It stays yours.",
    over: {
      title: "Your last offer has run out",
      text: "Nobody took it over in time. It is yours as before.",
    },
  },

  release: {
    title: "Somebody accepted",
    text: (when: string) =>
      `Accepted ${when}. You don't see who: the words tell you. Stand beside them or call them, and let them read their four words to you.`,
    label: "The four words they read to you",
    hint: "In their order. The first four letters of each will do.",
    count: (n: number) => `They have four words; ${plural(n, { one: "here is one", other: `here are ${number(n)}` })}.`,
    unknown: (at: number, word: string) => `Word number ${at}, “${word}”, is none of ours. Let them spell it.`,
    wrong:
      "These aren't their words. Let them read once more. If they still don't fit, somebody else has accepted: take the offer back.",
    voidTitle: "They must accept again",
    void: "The words were wrong too often, so what was accepted is void. Check that you are talking to the right person: they can accept once more.",
    paid: "Let go only once you have what you agreed on. It can't be undone.",
    go: "Let go of it: it is theirs",
    changed:
      "The history has changed: something was added to it, erased, or counted anew. They must look at it and accept again.",
    alert: "It is marked as lost or stolen. Take that back first.",
  },

  gone: {
    title: "It is theirs now",
    lead: (name: string, day: string) => `${name} was handed over on ${day}.`,
    giftTitle: "It doesn't open here any more",
    gift: (name: string, day: string | null) =>
      `You offered ${name} as a gift${day === null ? "" : ` on ${day}`}. It has since closed to this device, as it does once a gift is accepted.`,
    giftWhat: "What happens when a gift is accepted",
    giftLines: [
      "Its history goes along.",
      "Everything of your time with it is erased here: notes, photos, papers, conversations.",
      "Every way in that you made closes, and so does every link.",
    ],
    giftUnsure:
      "You aren't told who accepts a gift, or when, so this is all that is known here. Whoever you gave the code to can tell you that they have it. If another device of yours still opens it, it is still yours.",
    what: "What happened",
    lines: [
      "Its history went along.",
      "Everything of your time with it is erased here: notes, photos, papers, conversations.",
      "Every way in that you made is closed, and so is every link.",
    ],
    company: (company: string) =>
      `The terms with ${company} have ended. It is told that the thing changed hands on this day, and nothing about the two of you.`,
    copy: "What is left for you is the copy that you saved.",
    home: "To my things",
    forget: "Take it off this device",
  },

  alert: {
    title: "Lost or stolen",
    text: "Say so, and nobody can hand it over or be shown its history as if nothing were wrong. You can take it back at any time.",
    lost: "I have lost it",
    stolen: "It was stolen",
    back: "I have it back",
    is: { lost: "You said that it is lost", stolen: "You said that it was stolen" },
    isText: "While this stands it can't be handed over, and whoever looks at its history is told.",
    set: { lost: "Marked as lost", stolen: "Marked as stolen" },
    cleared: "It is no longer marked",
    mark: { lost: "Lost", stolen: "Stolen" },
    blocks: {
      title: { lost: "It is marked as lost", stolen: "It is marked as stolen" },
      text: "While that stands nobody can take it over. If you have it back, say so first.",
      action: "To that setting",
    },
  },

  onThing: {
    offered: "On offer",
    accepted: "Somebody accepted: compare the four words",
    have: "Somebody with your code says that they have it",
    stale: "They must look at the history again",
    gift: "On offer as a gift",
    taken: "You offered it as a gift",
    released: "It is theirs now",
  },

  take: {
    title: "Getting it from someone",
    lead: "Whoever passes a thing on to you has a link or a code for you. It shows you everything before you say yes.",
    code: "Their code",
    codeHint: "52 letters and digits in groups of four.",
    short: (have: number) => `Such a code has 52 letters and digits; this has ${number(have)}.`,
    letters: "There is a character in it that codes don't have. Look at it once more.",
    go: "Look at it",
    scan: "Scan their code",
    scanLabel: "Hold the code on their screen in front of the camera",
    notOurs: "This is not the code of a thing that is passed on.",
    looking: "Looking at what you would get",
    refused: {
      title: "This code opens nothing",
      text: "If you typed it, one wrong character is enough: compare it with theirs, group by group. Otherwise it was taken back, has run out, or somebody has used it: then ask whoever gave it to you for a new one.",
      other: "Correct it, or type another",
    },
    eyebrow: "Somebody passes this on to you",
    eyebrowGift: "A gift for you",
    until: (when: string) => `The offer stands until ${when}.`,
    by: (company: string) => `by ${company}`,
    own: {
      title: "This is your own offer",
      text: "You can't take it over from yourself. Whoever it is for opens it on their device.",
      action: "To your offer",
    },
    record: "Its history, checked on this device",
    whole: (n: number) => `The whole history: ${entries(n)}`,
    checking: "Checking its history on this device",
    unable: {
      title: "Its history couldn't be checked here",
      text: "This browser can't check signatures, or the part of the app that does it didn't come. Open it once more, or on a newer device.",
    },
    doubts: {
      record: "I know that its history can't be relied on, and want it all the same",
      other: "I know that the label isn't this item's, and want it all the same",
      unproven: "I know that the label isn't proven, and want it all the same",
    },
    doubtMissing: "Say first that you want it all the same.",
    stays: "Doesn't come with it",
    staysLines: [
      "The private notes, papers and conversations of whoever had it before",
      "The terms they agreed on with companies: you set your own",
      "Who they are, and everyone they let in",
    ],
    yours: "What you get",
    yoursLines: [
      "The thing's twin, with its whole history",
      "A beginning of your own: no company may do anything with it until you say so",
    ],
    photos: (n: number) =>
      plural(n, {
        one: "The photo in its history",
        other: `The ${number(n)} photos in its history`,
      }),
    acceptGift: "It is yours the moment you accept.",
    acceptText:
      "Accepting doesn't make it yours yet, and binds you to nothing. You get four words; once everything is settled you read them to its owner, who then lets go.",
    acceptFirst: "Accept before you pay. Pay when you stand together; the seller lets go when they have your money.",
    accept: "Accept",
    acceptGiftGo: "Accept the gift",
    have: "I have it in my hands",
    haveSaid: "Its owner is reminded. Nothing moves by that: only they can let go of it.",
    taken: {
      title: "Somebody has accepted it already",
      text: "If that wasn't you, tell its owner: they can take the offer back and make a new one for you.",
    },
    changed: {
      title: "The history has changed",
      text: "Something was added to it, or erased. Look at it once more before you accept.",
    },
    alert: {
      title: "Its owner has marked it as lost or stolen",
      text: "It can't be taken over while that stands.",
    },
    finish: "Finish taking it over",
    unfinished: {
      title: "Your yes may not have arrived",
      text: "The connection broke while you accepted. Nothing is lost: this asks again by itself, and gets the same answer.",
    },
  },

  late: {
    title: "It was over before your yes arrived",
    text: "Its owner took the offer back, it ran out, or, if it was a gift, somebody else was quicker. It isn't yours. If you have paid, talk to its owner.",
  },

  words: {
    title: "Read these to its owner",
    lead: "They type them on their device and let go of it. Read them aloud, beside them or by phone; don't write them down in a message.",
    list: "Your four words",
    waiting: "Waiting for its owner to let go",
    waitingText:
      "You may close this: the key to it is kept in this browser, and it opens here by itself once it is yours.",
    waitingCard: "It is under your card, too.",
    card: {
      title: "Only this browser has the key",
      text: "Another browser on this device doesn't have it, and it is gone once this one's data is cleared. Make your card of 12 words before you pay: it opens the thing anywhere.",
      go: "Make my card",
    },
    moving: {
      title: "Its owner has let go",
      text: "It is becoming yours. That takes a moment.",
    },
    again: {
      title: "Please look at it again",
      text: "Its history changed after you had accepted, or the words were wrong too often. What you accepted is void; look at it, and accept again.",
      go: "Look again",
    },
    over: {
      title: "This offer is over",
      text: "Its owner took it back, it ran out, or all of it was erased. It isn't yours. If you have paid, talk to its owner.",
      go: "Put it away",
    },
    opening: "Opening it",
    giveUp: "I don't want it any more",
    giveUpSheet: "Put it away?",
    giveUpText:
      "This device forgets the four words and the key. If its owner lets go all the same, nobody can open it: tell them to take the offer back.",
    giveUpGo: "Put it away",
  },

  yours: {
    title: "It is yours",
    lead: (name: string) => `${name} begins with you: nothing of it goes to anyone until you say so.`,
    first: "Good first steps",
    note: "Write your first note",
    noteText: "How is it? What came with it, what is missing?",
    terms: (company: string) => `Set your terms with ${company}`,
    termsText: "What it may do with what you send. Until then: nothing.",
    card: "Make your card of 12 words",
    cardText: "So that you don't lose it with this device.",
    open: "Open it",
  },

  home: {
    title: "On its way to you",
    waiting: "Waits for its owner to let go",
    unfinished: "Your yes may not have arrived",
    refused: "Your yes was not taken",
  },
  add: {
    title: "Getting it from someone?",
    text: "Whoever passes it on has a link or a code for you.",
    action: "I have a code for it",
  },
};
