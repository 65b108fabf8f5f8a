// Words of the first page, of the search, of the settings, and of what this is.

import { number, plural } from "../format.ts";

export const home = {
  mine: {
    title: "My things",
    lead: (things: number, unread: number) =>
      `${plural(things, { one: "One thing", other: `${number(things)} things` })}, ${unread === 0 ? "nothing new" : `${number(unread)} new for you`}.`,
    list: "My things, the latest news first",
    add: "Add a thing",
    search: "Search",
    settings: "Settings",
    notes: (n: number, when: string) => `${plural(n, { one: "1 note", other: `${number(n)} notes` })}, last ${when}`,
    none: "Nothing written yet",
    noneYours: "No note of yours yet",
    nobody: "No company named",
    countered: (company: string) => `${company} offers other terms`,
    closed: "Doesn't open here any more",
    erased: "Erased",
    handed: "Handed over",
    unread: (n: number) => plural(n, { one: "1 new", other: `${number(n)} new` }),
  },
  queue: {
    offline: "No connection.",
    waits: (n: number) =>
      plural(n, {
        one: "One thing you did waits for a connection.",
        other: `${number(n)} things you did wait for a connection.`,
      }),
    going: (n: number) => plural(n, { one: "One is going out now.", other: `${number(n)} are going out now.` }),
    refused: (n: number) =>
      plural(n, {
        one: "One was not taken. Open its note to see why.",
        other: `${number(n)} were not taken. Open their notes to see why.`,
      }),
  },
  card: {
    title: "Only this device opens your things",
    text: "If it is lost, so is the way in. Write 12 words on a card, and they open everything anywhere. It takes two minutes.",
    go: "Make my card",
  },
  install: {
    title: "Put it on your home screen",
    text: "Then it opens like an app, works without a connection, and can tell you of an answer.",
    go: "Install",
    byHand: "On an iPhone or iPad: tap the share button of the browser, then “Add to Home Screen”.",
    done: "It is installed on this device.",
    none: "This browser doesn't offer to install it. Everything works here, too.",
  },
  front: {
    title: "Everything you own has something to say",
    lead: "You live with a thing for years. What you learn about it, its maker would love to hear, and has no good way to. Here you write it down in seconds, say who may have it and what for, and get an answer.",
    scan: "Scan a label",
    scanLabel: "Hold the label or the barcode in front of the camera",
    type: "Type a label",
    add: "Add anything you own",
    open: "I have a card of 12 words",
    drawing:
      "A kettle, its twin drawn in dots beside it, and a thread that runs from the twin to a note and back as an answer.",
    how: "How a word travels",
    steps: [
      {
        title: "You notice something",
        text: "A fault, an idea, a kind word. You write it down, with a photo if you like. It is yours alone.",
      },
      {
        title: "You send it under your terms",
        text: "You say what the company may do with it. It signs that or it doesn't. Until then, nothing leaves.",
      },
      {
        title: "It reaches the people who can act",
        text: "In their own systems, with the terms it stands under. You see that it arrived, or why not yet.",
      },
      {
        title: "They answer where you wrote",
        text: "And you say whether it helped. You can take a word back, look at all that went out, and erase it all.",
      },
    ],
    none: "No account. No email. No cookies. One card of 12 words opens everything.",
    makers: {
      title: "You make things",
      text: "Hear from the people who use what you made, long after the sale. Read and answer their notes at a desk in your browser, or take them into your own systems, each with its terms. Owners may be waiting already.",
      link: "Let your company join",
      desk: "To the desk",
    },
    engineers: {
      title: "You build things",
      text: "One HTTP API for owners, companies and programs. This app uses nothing else.",
      docs: "Read the docs",
      openapi: "openapi.json",
    },
    honest:
      "What this version is: what you keep here, you and whoever runs this server can read. Sealing a note so that only its company can open it is not in it yet.",
  },
  search: {
    title: "Search",
    label: "Words in your notes",
    hint: "Looks through everything on this device, also without a connection.",
    kind: "Kind",
    state: "State",
    thing: "Thing",
    every: "All",
    results: "Notes that were found",
    count: (n: number) => plural(n, { one: "1 note", other: `${number(n)} notes` }),
    found: (n: number) =>
      n === 0 ? "No note found" : plural(n, { one: "1 note found", other: `${number(n)} notes found` }),
    none: "No note is like that",
    noneText: "Fewer words find more. What you erased or took back is gone from here, too.",
    clear: "Clear the search",
    more: "Show more",
    empty: "Nothing to search yet",
    emptyText: "Once you write a note, you find it again here by any word in it.",
    answer: (company: string) => `${company}:`,
  },
  settings: {
    title: "Settings",
    language: "Language",
    languages: { en: "English", de: "Deutsch" },
    told: "Being told",
    toldText:
      "One message without content when an answer comes: “You have an answer.” Off until you want it, thing by thing.",
    toldDenied:
      "This browser doesn't let the app send you messages. You can allow it in the browser's settings for this page.",
    toldUnsupported:
      "This browser can't be told while the app is closed. On an iPhone or iPad it can once the app is on the home screen.",
    toldNone: "Once you have a thing, you can have yourself told of its answers here.",
    toldOff: (thing: string) => `You won't be told of ${thing} any more.`,
    toldOn: (thing: string) => `You'll be told of ${thing}.`,
    keys: "Your keys",
    card: "My card of 12 words",
    cardNone: "Made with your first thing",
    cardNotConfirmed: "Not on paper yet",
    cardConfirmed: "On paper",
    devices: "Devices",
    devicesHint: "Add one, cut one off",
    terms: "My terms",
    termsHint: "What companies may do, unless you say otherwise",
    open: "Open with 12 words",
    openHint: "Things from another device",
    device: "On this device",
    keeps: (things: number, notes: number) =>
      `${plural(things, { one: "1 thing", other: `${number(things)} things` })} and ${plural(notes, { one: "1 note", other: `${number(notes)} notes` })}`,
    things: "Kept",
    space: "Space taken",
    waits: "Waiting to go out",
    lasting: "Kept until you say",
    lastingYes: "Yes",
    lastingNo: "The browser may clear it when space runs out",
    lastingAsk: "Ask the browser to keep it",
    forget: "Forget everything on this device",
    forgetHint: "Your things stay on the server and on your other devices",
    help: "Help",
    about: "What this is",
    aboutHint: "Who can read what, and what holds your terms",
    version: (version: string) => `Version ${version}`,
    megabytes: (n: string) => `${n} MB`,
  },
  about: {
    title: "What this is",
    lead: "A place for what you know about the things you own, told to their makers under your terms.",
    code: {
      title: "What the software makes sure of",
      items: [
        "Nothing you write leaves unless you send it, and unless terms with that company are in force at that moment.",
        "A company reaches the threads you sent it, and nothing else here.",
        "What you take back is withheld from then on, and the company is told to delete what it had.",
        "Your private words stay with your time as owner. When a thing moves on, they don't.",
        "The server keeps your keyring sealed. Without your 12 words nobody opens it, and nobody can reset them.",
      ],
    },
    signature: {
      title: "What only the signature holds",
      items: [
        "What happens inside the company once words arrived: that nobody counts, profiles or passes on what your terms don't allow.",
        "That what you took back is really deleted there, and forgotten by whoever read it.",
        "No software can prove that from outside. What you have is the same signed record the company has; anyone can check it without us.",
      ],
    },
    read: {
      title: "Who can read what",
      items: [
        ["Your private notes", "You, the devices and people you let in, and whoever runs this server."],
        [
          "What you sent",
          "All of those, and the company with the processors it named, under your terms. Future owners, where you chose so.",
        ],
        [
          "A note you lent by a reply link",
          "Whoever opened it and accepted your terms, until you cut it off. Nobody has checked who they are.",
        ],
        ["Your keyring", "You alone. The server keeps it as bytes it can't read."],
        ["Your papers", "You, and whoever runs this server. Never a company."],
        [
          "That you looked at a label",
          "No company. The label's page is the same for everyone, and the visit isn't recorded here.",
        ],
      ] as readonly (readonly [who: string, reads: string])[],
    },
    none: {
      title: "What there isn't",
      text: "No account, no email address, no cookie, no tracking, no other server. Nothing here is loaded from elsewhere.",
    },
    limits: {
      title: "Where this version ends",
      text: "Notes are not yet sealed so that only their company can open them. The legal text of the contracts is not loaded here; what both sides sign is the contract's name and its meaning for machines.",
    },
    links: {
      title: "Read on",
      docs: "How it works, for engineers and companies",
      openapi: "The API as OpenAPI",
      roster: "The list of contracts",
    },
  },
};
