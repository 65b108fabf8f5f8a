// Wörter der Kamera, wo immer ein Code gelesen wird.

import type { Words } from "../words.ts";

export const scan: Words["scan"] = {
  title: "Kamera",
  picture: "Was die Kamera sieht",
  private: "Das Bild bleibt auf diesem Gerät.",
  torch: "Licht",
  type: "Lieber eintippen",
  denied: {
    title: "Die Kamera ist nicht erlaubt",
    text: "Dieser Browser lässt die Seite nicht an sie heran. Erlaube es in den Einstellungen des Browsers für diese Seite, oder tippe ein, was du siehst.",
  },
  none: {
    title: "Keine Kamera",
    text: "An diesem Gerät haben wir keine Kamera gefunden. Tippe stattdessen ein, was du siehst.",
  },
  busy: {
    title: "Die Kamera startet nicht",
    text: "Vielleicht benutzt eine andere App sie. Schließe diese, oder tippe ein, was du siehst.",
  },
  unreadable: {
    title: "Dieser Browser kann keine Codes lesen",
    text: "Tippe stattdessen ein, was du siehst, oder scanne es mit der Kamera deines Telefons.",
  },
};
