// Words of a thing's own settings: its name, being told, taking everything along, leaving, erasing.

import { plural } from "../format.ts";

export const manage = {
  title: "Manage",
  missing: {
    title: "Not on this device",
    text: "This thing isn't on this device. Open your things with your card, or ask whoever invited you.",
  },
  ended: {
    revoked: "This thing doesn't open on this device any more.",
    erased: "This thing's twin was erased. Nothing of it is left but what this device keeps.",
    handed: "This thing was handed over. Nothing of it is left here but its name.",
  },

  name: {
    title: "What you call it",
    label: "Name",
    save: "Rename",
    saved: "Renamed",
    empty: "Give it a name.",
  },
  offered: {
    text: "You offered it to somebody, and what it is called goes with it. Take the offer back before you change this.",
    look: "To your offer",
  },
  company: {
    title: "Who made it",
    label: "The company's web address",
    hint: "Like lamo.example. Your offers and what you send wait for whoever proves to be it.",
    save: "Keep",
    saved: "Kept",
    wrong: "Write the address of a website, like lamo.example.",
    spelled: (domain: string) => `As a domain it is written ${domain}.`,
    fixed: (company: string) => `Terms were offered to ${company}, so it can't be another company now.`,
    proven: (company: string) => `${company} made it: it was begun with the code from its packaging.`,
  },

  told: {
    title: "Being told",
    label: "Tell me on this device",
    text: "When an answer comes, this device shows:",
    shows: "You have an answer",
    nothing: "The company that delivers it to your browser learns no word of it, and not which thing it is about.",
    own: "Only for this thing and this device. Off again with one tap.",
    on: "You are told of news here",
    off: "You aren't told any more",
    denied:
      "This browser was told to show nothing from here. Allow notifications for this site in the browser's settings, then try again.",
    unsupported: "This browser can't show notifications from here.",
    install:
      "On an iPhone or iPad, first add Pico Twins to the home screen (Share, then Add to Home Screen) and open it from there.",
  },

  take: {
    title: "Take everything along",
    text: "One file with all of it: your notes, photos, papers and answers, who may come in, and every agreement with its signed record. It is yours, and opens without us.",
    action: "Save everything as a file",
    going: (size: string) => `${size} so far`,
    done: (size: string) => `Saved, ${size}`,
    stop: "Stop",
    file: (name: string) => `${name} – everything.ndjson`,
    kinds: "Each line is JSON. Photos are in parts of base64.",
  },

  lost: {
    title: "If you lose this device",
    text: "Your twelve words open it on any other.",
    action: "My card",
    unmade: "Nothing opens it but this device yet. Make your card of twelve words.",
    make: "Make my card",
  },

  leave: {
    title: "Leave",
    text: "You were invited to this thing. Leave, and this device can't open it any more. What you wrote stays with it.",
    action: "Leave this thing",
    sheet: (name: string) => `Leave ${name}?`,
    yes: "Leave",
    done: "You have left",
  },

  remove: {
    title: "Only from this device",
    text: "The thing and its twin stay as they are. It is taken off this device, with all that is kept of it here.",
    action: "Remove from this device",
    sheet: (name: string) => `Remove ${name} from this device?`,
    unsent: (n: number) =>
      plural(n, {
        one: "One thing you wrote has not gone out yet. It goes with it.",
        other: `${n} things you wrote have not gone out yet. They go with it.`,
      }),
    card: "Your twelve words open it again, here or elsewhere.",
    noCard:
      "You haven't made your card of twelve words. Without it, and without another device, nothing will ever open this thing again.",
    yes: "Remove it here",
    done: "Removed from this device",
  },

  erase: {
    title: "Erase everything",
    text: "The thing's whole twin, on every device and on the server.",
    action: "Erase everything",
    sheet: (name: string) => `Erase everything of ${name}?`,
    goes: "What goes",
    goesLines: [
      "Your notes, photos, papers and the answers, for you and for everyone you let in.",
      "Every way in: your devices, the people you invited, your card's and the recovery code's way to this thing.",
    ],
    company: (company: string) => `What ${company} gets and must do`,
    companyLines: (company: string) => [
      `The terms with ${company} end, signed by you. It is told that you erased, without a word of yours.`,
      "It must delete what you sent it; the signed record names what.",
    ],
    stays: "What stays",
    staysLines: (company: string | null, labelled: boolean) => [
      ...(labelled
        ? [
            "Of its history that there were entries, of which kind and when, and what its maker wrote. Your words and photos there go, and those of the owners before you.",
          ]
        : []),
      ...(company === null
        ? []
        : [
            `${company}'s copy of the signed record of your terms, without a word of yours: it proves what it must delete.`,
            `What ${company} has read, it has read.`,
          ]),
      "What you exported, and what others took down by hand.",
    ],
    offered: {
      accepted: {
        title: "Somebody has accepted your offer",
        text: "They wait for you to let go of it. Erase it, and they get nothing: no twin, and no word of its history. Tell them first. To hand it over is another thing: that erases what is yours, too.",
      },
      open: {
        title: "You have offered it to somebody",
        text: "Erase it, and your offer opens nothing any more. To hand it over is another thing: that erases what is yours, too.",
      },
      action: "To your offer",
    },
    never: "This can't be undone. Nobody can bring it back, the people who run this server included.",
    first: "Take everything along first, if you may want it.",
    type: (name: string) => `To confirm, type its name: ${name}`,
    label: "The thing's name",
    other: "That isn't its name yet.",
    yes: "Erase everything, for ever",
    done: "Erased",
  },
};
