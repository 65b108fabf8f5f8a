// What each agreement means, said to its owner in plain words. Never a substitute for the terms: those are what is signed.

import { ROSTER, type RosterCode } from "./roster.ts";

type Saying = (company: string) => string;

const base: Saying = (company) =>
  `${company} may read and answer what you send. It may not count it, follow you, profile you or pass it on.`;
const counted: Saying = (company) =>
  `${company} may read and answer what you send, and count it together with what others send. ` +
  "It may not follow you, profile you or pass it on.";
const followed: Saying = (company) =>
  `${company} may read and answer what you send, count it together with what others send, and see when you have read its answers. ` +
  "It may not profile you or pass it on.";
const profiled: Saying = (company) =>
  `${company} may read and answer what you send, count it together with what others send, see when you have read its answers, ` +
  "and put what it knows from you together into a picture of you. It may not pass it on.";
const passedOn: Saying = (company) =>
  `${company} may read and answer what you send, count it together with what others send, see when you have read its answers, ` +
  "and put what it knows from you together into a picture of you. " +
  "It may pass something on only after taking out everything that points to you.";

const SAYINGS: { readonly [code in RosterCode]: Saying } = {
  "SD-BASE": base,
  "SD-BASE-DP": base,
  "SD-BASE-A": counted,
  "SD-BASE-A-DP": counted,
  "SD-BASE-AT": followed,
  "SD-BASE-AT-DP": followed,
  "SD-BASE-ATP": profiled,
  "SD-BASE-ATP-DP": profiled,
  "SD-BASE-ATP-S3P": passedOn,
  "SD-BASE-ATP-S3P-DP": passedOn,
  "PDC-INTENT": (company) =>
    `You tell ${company} what you are looking for. It may answer that with an offer, and may use it for nothing else.`,
  "PDC-AI": (company) =>
    `${company} may train and run its AI on what you give here. It may use nothing else of yours for that.`,
  "PDC-GOOD": (company) =>
    `${company} may publish what you give here for the good of everyone. It may publish nothing else of yours.`,
};

const COPY = " Ask, and it must give you a copy.";

/** What agreement `code` with the company of this name lets it do, and what not. English, one to three sentences. */
export const plainWords = (code: RosterCode, companyName: string): string =>
  SAYINGS[code](companyName) + (ROSTER[code].obliges.includes("data-portability") ? COPY : "");
