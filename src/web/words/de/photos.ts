// Worte zu Fotos, auf den Seiten beider: beim Auswählen und beim Ansehen.

import { plural } from "../format.ts";
import type { Words } from "../words.ts";

export const photos: Words["photos"] = {
  label: "Fotos dieser Notiz",
  camera: "Foto aufnehmen",
  choose: "Fotos auswählen",
  one: (at, of) => `Foto ${at} von ${of}`,
  remove: (at) => `Foto ${at} herausnehmen`,
  shrinking: (n) => plural(n, { one: "Ein Foto wird vorbereitet…", other: `${n} Fotos werden vorbereitet…` }),
  added: (n) => plural(n, { one: "1 Foto hinzugefügt", other: `${n} Fotos hinzugefügt` }),
  hint: "Ort und Zeit, die in einem Foto stehen, werden vorher herausgenommen.",
  tooMany: (most) => `Mehr als ${most} Fotos passen nicht in eine Notiz.`,
  refused: {
    heic: "Dieser Browser kann das Format dieser Kamera (HEIC) nicht lesen. Stell die Kamera auf „Maximale Kompatibilität“, oder schick ein Bildschirmfoto davon.",
    unreadable: "Das ist kein Bild, das dieser Browser lesen kann.",
  },
  busy: "Die Fotos werden noch vorbereitet.",
  open: (at, of) => `Foto ${at} von ${of}: näher ansehen`,
  count: (n) => plural(n, { one: "1 Foto", other: `${n} Fotos` }),
  missing: "Ein Foto, das eine Verbindung braucht",
  near: "Näher",
  away: "Weiter weg",
  before: "Das Foto davor",
  after: "Das nächste Foto",
};
