// Words of photos, in either side's pages: being picked, and being looked at.

import { plural } from "../format.ts";

export const photos = {
  label: "Photos of this note",
  camera: "Take a photo",
  choose: "Choose photos",
  one: (at: number, of: number) => `Photo ${at} of ${of}`,
  remove: (at: number) => `Take photo ${at} out`,
  shrinking: (n: number) => plural(n, { one: "Making a photo ready…", other: `Making ${n} photos ready…` }),
  added: (n: number) => plural(n, { one: "1 photo added", other: `${n} photos added` }),
  hint: "The place and time inside a photo are taken out before it is kept.",
  tooMany: (most: number) => `A note holds ${most} photos at most.`,
  refused: {
    heic: "This browser can't read the format of this camera (HEIC). Set the camera to “most compatible”, or send a screenshot of the photo.",
    unreadable: "This isn't a picture that this browser can read.",
  },
  busy: "The photos are still being made ready.",
  open: (at: number, of: number) => `Photo ${at} of ${of}: look closer`,
  count: (n: number) => plural(n, { one: "1 photo", other: `${n} photos` }),
  missing: "A photo that needs a connection",
  near: "Closer",
  away: "Further away",
  before: "The photo before",
  after: "The next photo",
};
