// What the app warns of before a text leaves for a company, and what it must let pass without a word.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personalDetails } from "../../src/domain/personal-details.ts";

const told = (text: string) => personalDetails(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe("a text that says how to reach its writer", () => {
  it.each([
    ["Write to jo.meier+kettle@example.co.uk, please.", ["email jo.meier+kettle@example.co.uk"]],
    ["jörg@müller.de.", ["email jörg@müller.de"]],
    ["Call +49 171 1234567 in the evening.", ["phone +49 171 1234567"]],
    ["(+49 (0)30 / 123 45-67)", ["phone +49 (0)30 / 123 45-67"]],
    ["0044 20 7946 0958", ["phone 0044 20 7946 0958"]],
    ["Meine Nummer ist 0171/1234567.", ["phone 0171/1234567"]],
    ["Unter 089 12 34 56 78 bin ich da", ["phone 089 12 34 56 78"]],
    ["(030) 1234567", ["phone (030) 1234567"]],
    ["01701234567", ["phone 01701234567"]],
    ["020 7946 0958", ["phone 020 7946 0958"]],
    ["ring me: (555) 234-5678", ["phone (555) 234-5678"]],
    ["415-555-0132", ["phone 415-555-0132"]],
    ["Tel. 4711 22", ["phone 4711 22"]],
    ["Telefonnummer: 55 01 99", ["phone 55 01 99"]],
    ["I live at 221b Baker Street, come by.", ["address 221b Baker Street"]],
    ["1600 Pennsylvania Ave", ["address 1600 Pennsylvania Ave"]],
    ["350 West 42nd Street", ["address 350 West 42nd Street"]],
    ["P.O. Box 1234", ["address P.O. Box 1234"]],
    ["Ich wohne Hauptstraße 12a in der Stadt", ["address Hauptstraße 12a"]],
    ["Lange Str. 5", ["address Lange Str. 5"]],
    ["Schillerstr. 7, 10115 Berlin", ["address Schillerstr. 7, 10115 Berlin"]],
    ["Am Alten Markt 3, 50667 Köln", ["address Am Alten Markt 3, 50667 Köln"]],
    ["Unter den Linden 77\n10117 Berlin", ["address Unter den Linden 77\n10117 Berlin"]],
    ["Postfach 10 20 30", ["address Postfach 10 20 30"]],
    [
      "Anna, Gartenstraße 3, anna@example.org, 0160 1234567",
      ["address Gartenstraße 3", "email anna@example.org", "phone 0160 1234567"],
    ],
  ])("%j", (text, details) => {
    expect(told(text)).toEqual(details);
  });
});

describe("a text that only sounds like it", () => {
  it.each([
    "Bought on 01.02.2024 for 1.299,00 €, broken since 05/11/2025 at 08:30.",
    "2026-01-15 14:30 and 15.01.2026 14:30",
    "Model WMB 71643 PTE, serial 0301234567",
    "Seriennummer: 0171 1234567",
    "KM-0301 234567 and #0301 234567",
    "ISBN 978-3-16-148410-0, ISBN-10 0-306-40615-2, 0306406152",
    "EAN 4006381333931, UPC 036000291452, GTIN 00012345678905",
    "The price was $1,299.00, not 1 299 000.",
    "It says E-0123 4567 on the display.",
    "Firmware 01.02.0345.6789",
    "It holds 0.5 l, weighs 1200 g and takes 230 V.",
    "Der Kolbenring 12 ist gebrochen, Steckplatz 3 geht noch, Federweg 120 mm.",
    "Nach 12000 Umdrehungen blieb die Trommel stehen.",
    "Auf Platz 3 im Test von 2024",
    "It has a 500 GB Hard Drive and 4 Wheel Drive.",
    "Call the hotline: they said 0800 123 4567.",
    "They were told @ 10 by the shop",
    "Size 10.5, 12 x 30 x 45 cm, 1000 2000 3000",
    "I have had 2 Drives and 3 Courts.",
    "",
  ])("%j", (text) => {
    expect(told(text)).toEqual([]);
  });
});

it("names places of the text, in order and without overlaps, whatever the text", () => {
  const pieces = fc.constantFrom(
    "jo@example.org ",
    "0171 1234567, ",
    "Hauptstr. 5\n",
    "12 Oak Lane ",
    "+49",
    "0",
    " ",
    "@",
    "é🙂",
    "Str. ",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
      const text = parts.join("");
      let end = 0;
      for (const detail of personalDetails(text)) {
        expect(detail.start).toBeGreaterThanOrEqual(end);
        expect(detail.end).toBeGreaterThan(detail.start);
        expect(detail.end).toBeLessThanOrEqual(text.length);
        ({ end } = detail);
      }
    }),
  );
});

it.each(["1", "0", "a", "A ", "12 ", "Aa ", "0 ", "+", "a.", "Straße ", "00 "])(
  "is quick with the longest note there may be, made of %j",
  async (piece) => {
    const text = piece.repeat(8_000).slice(0, 8_000);
    // The runtime's clock stands while a program computes, and goes on when it waits.
    const now = async () => {
      await scheduler.wait(1);
      return Date.now();
    };
    const began = await now();
    personalDetails(text);
    // A moment; were it not linear, it would be minutes.
    expect((await now()) - began).toBeLessThan(5_000);
  },
);
