// Words of every page.

import { after, plural } from "../format.ts";

export const common = {
  name: "Pico Twins",
  back: "Back",
  skip: "Skip to the content",
  close: "Close",
  cancel: "Cancel",
  done: "Done",
  save: "Save",
  saved: "Saved",
  loading: "Loading",
  again: "Try again",
  copied: "Copied",
  notCopied: "This browser didn't let us copy it",
  home: "My things",
  more: "More",
  optional: "optional",
  maker: "the maker",
  unread: (n: number) => plural(n, { one: `${n} new`, other: `${n} new` }),
  offline: "You're offline. What you write is kept here and goes out when you're back.",
  update: "Newer version",
  newer: "A newer version of this app is here.",
  reload: "Use it now",
  stuck: {
    title: "This page isn't on your device yet",
    text: "It couldn't be fetched. What you wrote is safe; try again when you have a connection.",
  },
  lost: {
    title: "There is nothing here",
    text: "The address may be mistyped, or what was here is gone.",
    home: "To my things",
  },
  broken: {
    title: "This browser keeps nothing for us",
    text: "Pico Twins keeps your things on your device. This browser forbids it, as private windows often do. Open it in an ordinary window.",
  },
  failures: {
    offline: "No connection. Try again when you're back online.",
    busy: (seconds: number) => `Too much at once. Try again ${after(seconds)}.`,
    cutOff: "This device can't open it any more. It may have been cut off, or the thing was erased or handed over.",
    forbidden: "You may not do this here. Ask whoever invited you.",
    claimRefused:
      "That code doesn't open this item. Look at it again: it is on the card inside the packaging. If it was used before, the item has an owner already.",
    tooOld:
      "It has waited here for a month, and may have arrived long ago. Look at the thing first; then send it again, or discard it.",
    noRoom: "This device has no room left to keep this. Make some, and try again.",
    browserRefused:
      "This browser couldn't finish it. Load the page again and look: it may have been done. If it wasn't, try again.",
    unavailable: "The server isn't well just now. Nothing is lost; try again in a moment.",
  },
};
