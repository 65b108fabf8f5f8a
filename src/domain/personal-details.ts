// What in a text would tell a stranger how to reach its writer: email addresses, phone numbers and street addresses, in English and German
// forms. A guess to warn by, never to refuse by: it rather misses one than cries out at every model number, price or date.

export type PersonalDetail = {
  readonly kind: "email" | "phone" | "address";
  /** Where it stands in the text, in UTF-16 units; `end` is the first behind it. */
  readonly start: number;
  readonly end: number;
};

const EMAIL = /[\p{L}\d][\p{L}\d._%+-]{0,63}@(?:[\p{L}\d-]{1,63}\.){1,5}\p{L}{2,24}/gu;

/** Neither in the middle of a word or a number, nor behind what makes it a part number, a version or a price. */
const BEFORE = String.raw`(?<![\p{L}\d.,:/#€$£_-])`;
const AFTER = String.raw`(?![\p{L}\d_]|[.,:]\d|\s?[€%])`;
const GAP = String.raw`[ \u00a0]{0,2}[-/.]?[ \u00a0]{0,2}`;
const PHONES: readonly RegExp[] = [
  // +49 (0)171 1234567, 0044 20 7946 0958
  new RegExp(String.raw`(?<![\p{L}\d])(?:\+|${BEFORE}00)[1-9]\d{0,2}(?:${GAP}\(?\d{1,8}\)?){1,7}${AFTER}`, "gu"),
  // 030 1234567, 0171/123 45 67, (089) 12 34 56: an area code, then a gap that no date has
  new RegExp(
    String.raw`${BEFORE}\(?0[1-9]\d{1,4}\)?[ \u00a0]{0,2}[-/ \u00a0][ \u00a0]{0,2}\d{2,8}(?:${GAP}\d{1,8}){0,5}${AFTER}`,
    "gu",
  ),
  // 01701234567: in one piece only where it can be little else
  new RegExp(String.raw`${BEFORE}0[1-9]\d{8,10}${AFTER}`, "gu"),
  // (555) 123-4567
  new RegExp(String.raw`${BEFORE}(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}${AFTER}`, "gu"),
];
/** With a word before it that says so, shorter ones count too. */
const LABELLED = new RegExp(
  String.raw`(?<!\p{L})(?:tel|telefon|telephone|phone|call me|mobil|mobile|handy|fon|ruf mich an|whatsapp|sms)(?:-?(?:nummer|nr|no|number))?[.:]{0,2}[ \u00a0](?:is |at |on |unter |ist )?(\+?\(?\d(?:${GAP}\(?\d\)?){5,14})${AFTER}`,
  "giu",
);
const PHONE_DIGITS = { least: 8, most: 15 };
/** What is named just before a number that is no phone's. */
const OTHER_NUMBER =
  /(?:isbn(?:-1[03])?|e-?an|gtin|upc|serial(?: ?(?:no|number))?|serien-?(?:nummer|nr)|s\/n|sn|imei|model|modell|typ|type|part|teile-?(?:nummer|nr)|art(?:ikel)?\.?-?(?:nummer|nr)?|order|bestell\p{L}*|auftrag\p{L}*|charge|lot|batch|invoice|rechnung\p{L}*|tracking|sendung\p{L}*|version|firmware)[ .:#]{0,4}(?:(?:no|nr|number|nummer)[ .:#]{0,3})?$/iu;
/** Free and shared-cost lines are a company's, not a person's. */
const SERVICE_LINE = /^(?:(?:\+|00)(?:49|43|41|44) ?\(?0?\)? ?|0)(?:0?800|180|808|900)(?!\d{7,}$)/u;

const SIDE = String.raw`(?:(?:N|S|E|W|North|South|East|West)\.? )?`;
const ADDRESSES: readonly RegExp[] = [
  // Lange Straße 12a, Hauptstr. 5, 10115 Berlin
  /(?<!\p{L})(?:\p{Lu}[\p{L}-]{1,30} ){0,2}(?:\p{Lu}[\p{L}.-]{0,40}?(?:straße|strasse|str\.|str|gasse|allee|chaussee)|Straße|Strasse|Str\.|Gasse|Allee|Chaussee)[ \u00a0]{1,2}\d{1,4}(?: ?[a-hA-H](?![\p{L}\d]))?(?:-\d{1,4})?(?!\d|[.,]\d| ?(?:mm|cm|km|m|kg|g|l|%|€)(?!\p{L}))(?:,?\s{1,2}(?:D-|A-|CH-)?\d{4,5} \p{Lu}[\p{L}-]{1,30})?/gu,
  // Ringe and Plätze are parts of things too: these only with the place behind them
  /(?<!\p{L})(?:\p{Lu}[\p{L}-]{1,30} |(?:Am|An der|An den|Auf der|Im|In der|Unter den|Zum|Zur) ){0,2}\p{Lu}[\p{L}.-]{1,40} \d{1,4} ?[a-hA-H]?,?\s{1,2}(?:D-|A-|CH-)?\d{5} \p{Lu}\p{Ll}[\p{L}-]{1,30}/gu,
  new RegExp(
    String.raw`(?<![\p{L}\d.,#-])\d{1,5}[a-dA-D]?,? ${SIDE}(?:\p{Lu}\p{Ll}[\p{L}'.-]{0,24} |\d{1,3}(?:st|nd|rd|th) ){1,3}?(?<!(?:Hard|Flash|Disk|Thumb|Pen|Wheel|Test|Optical|Tape|External|Direct|Belt|Chain|Shaft|Solid State) )(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Terrace|Crescent|Gardens|Grove|Mews|Parkway|Pkwy)(?![\p{L}\d])`,
    "gu",
  ),
  /(?<!\p{L})(?:P\. ?O\. ?|P\.?O\.? )Box \d{1,6}|(?<!\p{L})Postfach \d[\d ]{1,8}/gu,
];

const digitsOf = (text: string): string => text.replaceAll(/\D/gu, "");

/** ISBN-10 and GTINs carry a check digit, which a phone number meets by chance only. */
function isCheckedNumber(text: string): boolean {
  if (/\D/u.test(text) || /^01[5-7]/u.test(text)) return false;
  const weigh = (weight: (fromRight: number) => number): number =>
    Array.from(text).reduce((sum, digit, at) => sum + Number(digit) * weight(text.length - at), 0);
  if (text.length === 10) return weigh((fromRight) => fromRight) % 11 === 0;
  return [12, 13, 14].includes(text.length) && weigh((fromRight) => (fromRight % 2 === 0 ? 3 : 1)) % 10 === 0;
}

/** 2026-01-15 and its like; 978-3-16-148410-0. */
const isDateOrBook = (text: string): boolean =>
  /^(?:\d{1,2}|\d{4})([-./])\d{1,2}\1\d{2,4}(?!\d)/u.test(text) || /^97[89][- ]/u.test(text);

function isPhone(text: string, whole: string, start: number): boolean {
  const { length } = digitsOf(text);
  if (length < PHONE_DIGITS.least || length > PHONE_DIGITS.most) return false;
  if (isDateOrBook(text) || isCheckedNumber(text) || SERVICE_LINE.test(text)) return false;
  return !OTHER_NUMBER.test(whole.slice(Math.max(0, start - 30), start));
}

const found = (kind: PersonalDetail["kind"], start: number, text: string): PersonalDetail => ({
  kind,
  start,
  end: start + (kind === "phone" ? text.replace(/\D+$/u, "") : text.trimEnd()).length,
});

/** All that looks like one, in the order of the text and without overlaps. */
export function personalDetails(text: string): readonly PersonalDetail[] {
  const all = [
    ...[...text.matchAll(EMAIL)].map((match) => found("email", match.index, match[0])),
    ...ADDRESSES.flatMap((form) => [...text.matchAll(form)].map((match) => found("address", match.index, match[0]))),
    ...[...text.matchAll(LABELLED)].map((match) =>
      found("phone", match.index + match[0].length - match[1]!.length, match[1]!),
    ),
    ...PHONES.flatMap((form) => [...text.matchAll(form)])
      .filter((match) => isPhone(match[0], text, match.index))
      .map((match) => found("phone", match.index, match[0])),
  ].toSorted((one, other) => one.start - other.start || other.end - one.end);
  const kept: PersonalDetail[] = [];
  for (const detail of all) if (detail.start >= (kept.at(-1)?.end ?? 0)) kept.push(detail);
  return kept;
}
