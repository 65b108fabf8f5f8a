// Words of the terms: what each lets a company do, how they stand, who holds them, and how they end.

import { plainObligation, type EndObligation } from "../../../domain/terms/obligations.ts";
import { plainWords } from "../../../domain/terms/plain-words.ts";
import { all } from "../format.ts";

export const terms = {
  title: (company: string) => `Terms with ${company}`,
  titleAlone: "Terms",
  /** What each agreement of the roster lets the company do, in a sentence or three. */
  plain: plainWords,

  noCompany: {
    title: "There is nobody to agree with yet",
    text: "Say who made this thing. Until then everything you write stays with you.",
    action: "Say who made it",
  },
  notYours: "Only the owner sees the terms of this thing.",
  readOnly: "The owner of this thing sets its terms. You can read them.",

  states: {
    none: {
      mark: "No terms yet",
      text: (company: string) =>
        `Nothing you write goes to ${company}. Offer it your terms, and it says yes, no, or names other terms.`,
    },
    absent: {
      mark: "Offered, and waiting",
      text: (company: string) =>
        `${company} isn't here yet. Your offer waits, and so does what you send. When it comes, it has 14 days to answer.`,
    },
    proffered: {
      mark: "Offered, no answer yet",
      text: (company: string) =>
        `${company} has your offer. Until it says yes, nothing you write goes to it. Silence is never a yes.`,
    },
    held: {
      mark: "A person there decides",
      text: (company: string) =>
        `${company} leaves this one to a person. Until they say yes, nothing you write goes to it. Silence is never a yes.`,
    },
    countered: {
      mark: "They offer other terms",
      text: (company: string) =>
        `${company} doesn't take what you offered. It offers this instead, once; you say yes or no.`,
    },
    accepted: { mark: "In force", text: (_company: string) => "You both signed these terms." },
    refused: {
      mark: "Refused",
      text: (company: string) =>
        `${company} said no. Nothing you write goes to it. You can offer other terms whenever you like.`,
    },
    declined: {
      mark: "You said no",
      text: (company: string) =>
        `${company} offered other terms, and you said no. Nothing you write goes to it. You can offer others whenever you like.`,
    },
    rescinded: {
      mark: "You took your offer back",
      text: (company: string) => `Nothing you write goes to ${company}. You can offer terms again whenever you like.`,
    },
    lapsed: {
      mark: "No answer in time",
      text: (company: string) =>
        `The time to answer passed, so there are no terms. Nothing you write goes to ${company}.`,
    },
    terminated: {
      mark: "Ended",
      text: (company: string) => `These terms have ended. No words go to ${company}, and none come from it.`,
    },
    expired: {
      mark: "Run out",
      text: (company: string) => `These terms have run out. Nothing you write goes to ${company}.`,
    },
    superseded: { mark: "Replaced by newer terms", text: (_company: string) => "Newer terms took the place of these." },
    suspended: {
      mark: "On hold",
      text: (company: string) =>
        `${company} is no longer the same legal company, so nothing goes to it. It needs a new offer from you.`,
    },
    transferred: { mark: "Ended with its owner", text: (_company: string) => "The thing has another owner now." },
    invalid: {
      mark: "Does not verify",
      text: (company: string) =>
        `The signatures of this record don't fit it. Nothing you write goes to ${company}. Download the record and keep it.`,
    },
  },
  since: (when: string) => `since ${when}`,
  until: (when: string) => `An answer is due by ${when}. After that there are no terms.`,
  endedBy: {
    first: (when: string) => `You ended them ${when}.`,
    second: (company: string, when: string) => `${company} ended them ${when}.`,
  },
  theirReason: (company: string) => `${company} wrote:`,
  /** Of an offer that is made while other terms are in force. */
  beside: {
    text: (company: string) => `${company} has your new offer. Until there is a yes, the terms below stay in force.`,
    held: (company: string) =>
      `A person at ${company} decides about your new offer. Until there is a yes, the terms below stay in force.`,
    countered: (company: string) =>
      `${company} doesn't take your new offer. It offers this instead, once. Until you say yes, the terms below stay in force.`,
    until: (when: string) => `An answer is due by ${when}. After that your new offer is over.`,
    /** Of one that came to nothing. */
    refused: (company: string) => `${company} said no to your new offer. The terms below stay in force.`,
    lapsed: (company: string) => `${company} didn't answer your new offer in time. The terms below stay in force.`,
  },
  queued: {
    mark: "Not gone out yet",
    text: "Your offer waits on this device and goes out when you're back online.",
    drop: "Drop it",
  },
  queueRefused: "Your offer was not taken:",

  meaning: {
    now: (company: string) => `What this lets ${company} do`,
    offered: (company: string) => `What your offer would let ${company} do`,
    may: "It may",
    must: "It must",
    mayNot: "It may not",
    /** Each of what `permits` is asked, as the end of "It may" and "It may not". */
    actions: {
      "relay-note": { yes: "read what you send, and answer it", no: "get anything you write" },
      "service-message": { yes: "tell you first what this thing needs you to know", no: "write to you first" },
      "safety-notice": { yes: "warn you of danger or recall it, as it may without terms, too", no: "" },
      analytics: { yes: "count it together with what others send", no: "count it, or look for patterns in it" },
      "read-receipt": { yes: "see when you read its answers", no: "follow whether and when you read its answers" },
      profiling: { yes: "put what it knows from you together into a picture of you", no: "form a picture of you" },
      "anonymised-third-party-sharing": {
        yes: "pass something on, once everything that points to you is out of it",
        no: "pass it on, not even without your name",
      },
      "third-party-sharing": { yes: "", no: "pass it on as it is" },
      "receive-copy": { yes: "give you a copy of what it holds, when you ask", no: "" },
      marketing: { yes: "", no: "advertise to you" },
      "company-ai": { yes: "", no: "train or run its AI on it" },
      publish: { yes: "", no: "publish it" },
    },
  },

  copy: {
    action: "Ask for a copy",
    must: (company: string) => `These terms oblige ${company} to give you a copy of everything it holds from you.`,
    may: (company: string) => `These terms don't oblige ${company} to give you a copy of what it holds. You may ask.`,
  },

  held: {
    title: "Who makes sure of it",
    code: {
      title: "This software",
      lead: "makes it impossible:",
      gate: (company: string) =>
        `Nothing leaves unless you send it and terms with ${company} are in force at that very moment.`,
      withheld: (company: string) =>
        `What you take back, or what the terms no longer allow, is withheld: ${company} gets a signal without words.`,
      reach: (company: string) =>
        `${company}'s people and programs reach the threads you sent them, and nothing else here.`,
      receipts: (company: string) => `${company} isn't told whether or when you read its answers.`,
      marketing: (company: string) => `${company} has no way to advertise to you here.`,
      safety: "A safety warning or a recall of your labelled item reaches you, terms or no terms.",
      analytics: (company: string) => `Here, what you send is left out of ${company}'s counts.`,
      profiling: (company: string) => `Here, your things are not linked with each other for ${company}.`,
    },
    signature: {
      title: (company: string) => `Only ${company}'s signature`,
      lead: (company: string) =>
        `Once ${company}'s own computers have your words, no software of yours reaches them. It has signed that there it`,
      leadWould: (company: string) =>
        `Once ${company}'s own computers have your words, no software of yours reaches them. It would sign that there it`,
      analytics: "counts nothing of it,",
      counted: "counts it only together with what others send,",
      profiling: "forms no picture of you,",
      passing: "passes nothing on,",
      anonymised: "passes on only what no longer points to you,",
      ai: "trains no AI on it,",
      copy: "gives you a copy when you ask,",
      end: "and deletes what it must when the terms end.",
      proof: "The record below is your proof of that.",
    },
    processors: (company: string, names: readonly string[]) =>
      `Working for ${company}, and bound by the same: ${all(names)}.`,
    noProcessors: (company: string) => `${company} has named no other company that handles your words for it.`,
    operator: "Whoever runs this server can read what is on it.",
  },

  contract: {
    title: "The contract",
    code: "Agreement",
    roster: "From the roster of Customer Commons",
    notLoaded:
      "Contract text not loaded. What you both sign is the agreement's code and its meaning for machines, pinned by this digest:",
    basis: "It is a contract, not a consent form. Nobody has certified it.",
  },

  ladder: {
    legend: "How far may it go?",
    hint: "Each step down lets a company do more.",
    company: "The company",
    rungs: {
      read: { label: "Read and answer only", hint: "It reads what you send and answers you. Nothing more." },
      count: {
        label: "May also count",
        hint: "Your notes are counted together with what others send, so that it sees what goes wrong how often.",
      },
      follow: { label: "May also follow what I do with its answers", hint: "It sees whether and when you read them." },
      picture: {
        label: "May also form a picture of me",
        hint: "It may put together what it knows from all your things.",
      },
      pass: {
        label: "May also pass on, anonymised",
        hint: "It may give away what no longer points to you. Never anything else.",
      },
    },
    copy: "It must give me a copy when I ask",
    copyHint: "Of all it holds from you, in a form that machines read.",
    without: "I'd also accept the same without the copy",
    withoutHint: "Offered beside the first, should it not take that one.",
    reads: "In plain words",
    codes: (preferred: string, alternate: string | null) =>
      alternate === null ? preferred : `${preferred}, else ${alternate}`,
    takes: (company: string) => `${company} says that it takes these terms at once.`,
    takesOther: (company: string) => `${company} doesn't say that it takes these. It may refuse, or offer others.`,
    takesAlternate: (company: string) => `${company} says that it takes the second, without the copy.`,
    notHere: (company: string) => `${company} isn't here yet. The offer waits for it.`,
  },

  offer: {
    title: "Your terms",
    make: (company: string) => `Offer these to ${company}`,
    change: "Change the terms",
    changeOffer: "Change my offer",
    changeTitle: "Offer other terms",
    changeText: "The terms you have stay in force until there is a yes to these.",
    replaceText: "This takes your offer back and makes a new one.",
    same: "These are the terms in force now.",
    back: "Take my offer back",
    takenBack: "You took your offer back",
    defaults: "These are your usual terms.",
    usual: "Change them for all things",
  },

  counter: {
    more: (company: string) => `${company} asks for more than you offered.`,
    less: (company: string) => `${company} asks for less than you offered.`,
    both: (company: string) => `${company} asks for more in one place and for less in another.`,
    added: "Would be added",
    taken: "Would be taken away",
    kept: "Would stay",
    yes: "Take these terms",
    no: "Say no",
    until: (when: string) => `Until ${when}. If you say nothing, it is a no.`,
    confirmed: "You took their terms",
    declined: "You said no",
    uses: {
      "service-delivery": (company: string) => `${company} may read what you send and answer it.`,
      "data-portability": (company: string) => `${company} must give you a copy when you ask.`,
      analytics: (company: string) => `${company} may count it together with what others send.`,
      tracking: (company: string) => `${company} may see when you read its answers.`,
      profiling: (company: string) => `${company} may form a picture of you.`,
      "anonymised-third-party-sharing": (company: string) => `${company} may pass on what no longer points to you.`,
      "intent-casting": (company: string) => `${company} may answer what you are looking for with an offer.`,
      "ai-training-and-operation": (company: string) => `${company} may train and run its AI on it.`,
      "public-good": (company: string) => `${company} may publish it for the good of everyone.`,
    },
  },

  end: {
    action: "End these terms",
    title: (company: string) => `End the terms with ${company}?`,
    does: "What it does",
    doesLines: (company: string) => [
      `From this moment no words go to ${company}, and none come from it.`,
      "What you sent and has not arrived is called back.",
      "Your notes and its answers stay here with you.",
    ],
    gifts: "What you gave beside them ends with them.",
    cannot: "What it can't undo",
    cannotLine: (company: string) =>
      `What ${company} has read, it has read. Deleting it is ${company}'s part; the signed record says that it must.`,
    must: (company: string) => `What ${company} must do then`,
    /** One duty at the end, as a sentence. */
    duty: (duty: EndObligation, company: string) => plainObligation(duty, company),
    again: "You can offer terms again whenever you like.",
    yes: "End them now",
    done: "The terms have ended",
  },

  record: {
    title: "The record, on both sides",
    code: "Check code",
    read: (company: string) => `Read it to ${company}: theirs must say the same.`,
    spoken: (code: string) => `Check code: ${code}`,
    inStep: (company: string) => `${company}'s side holds this very version.`,
    notInStep: (company: string) =>
      `${company}'s side hasn't confirmed this version yet. It is asked again until it does.`,
    waits: (company: string) => `${company} isn't here yet, so only you hold it.`,
    verified: "Checked on this device: the record gives this code.",
    wrong: "The record that came doesn't give this code. Don't rely on it; download it again later.",
    offline: "The record itself needs a connection.",
    download: "Download the record",
    saved: "The record was checked and saved",
    file: (code: string) => `record-${code}.json`,
    history: "What happened",
    events: {
      proffered: (code: string, alternates: readonly string[]) =>
        alternates.length === 0
          ? `You offered ${code}.`
          : `You offered ${code} and, failing that, ${alternates.join(", ")}.`,
      accepted: (company: string, code: string) => `${company} said yes to ${code}.`,
      refused: (company: string) => `${company} said no.`,
      countered: (company: string, code: string) => `${company} offered ${code} instead.`,
      confirmed: (code: string) => `You said yes to ${code}.`,
      declined: "You said no to their offer.",
      terminated: { first: "You ended the terms.", second: (company: string) => `${company} ended the terms.` },
      superseded: "Newer terms took their place.",
      expired: "They ran out.",
      transferred: "The thing went to another owner.",
      rescinded: "You took the offer back.",
    },
    byPolicy: "by its standing rules",
    byHuman: "by a person",
    signed: { first: "signed by you", second: (company: string) => `signed by ${company}` },
    acked: "and acknowledged",
    notAcked: "not acknowledged yet",
    duties: (company: string) => `${company} must now:`,
  },

  gifts: {
    title: "Gifts beside the terms",
    lead: (company: string) =>
      `Only if you like. Each lets ${company} use what you sent it, and the threads under it, for one more purpose. Leave them, and nothing changes.`,
    needTerms: "They come on top of terms in force.",
    give: "Give this",
    stop: "Stop giving this",
    stopTitle: "Stop giving this?",
    names: {
      "PDC-AI": "For its AI",
      "PDC-GOOD": "For everyone",
      "PDC-INTENT": "To be offered something",
    },
  },

  others: { title: "Other offers and terms" },

  defaults: {
    title: "Your usual terms",
    lead: "What you offer a company when you first send it something. You set them once; you can offer other terms for any one thing.",
    note: "Terms that are in force, and offers already made, stay as they are.",
    save: "Keep as my usual terms",
    unchanged: "These are your usual terms.",
    saved: "These are your usual terms now",
    others: "Where other terms are in force",
    othersNone: "Wherever terms are in force, they are these.",
    othersEmpty: "No terms are in force with any company yet.",
  },
};
