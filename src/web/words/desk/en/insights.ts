// Words of the insights.

import { number, plural } from "../../format.ts";

const notes = (n: number): string => plural(n, { one: "1 note", other: `${number(n)} notes` });

export const insights = {
  title: "Insights",
  lead: "What owners' notes add up to, as far as their terms let you count.",
  counted: (n: number) => plural(n, { one: "note counted", other: "notes counted" }),
  excluded: (n: number) =>
    plural(n, {
      one: "note not counted under its owner's terms",
      other: "notes not counted under their owners' terms",
    }),
  totals: "Everything so far, all products, as of now.",
  weeks: "Weeks",
  ranges: { 4: "Last 4 weeks", 13: "Last 13 weeks", 26: "Last 26 weeks", 52: "Last 52 weeks", own: "From … to …" },
  from: "From the week of",
  to: "To the week of",
  wholeWeeks: "Any day names its whole week, Monday to Sunday (UTC). The week that runs now is not in it.",
  product: "Product",
  everyProduct: "All products",
  range: (from: string, to: string) => `${from} to ${to}`,
  apply: "Show",
  byWeek: "By week",
  byWeekIn: (n: number) => `${notes(n)} in these weeks`,
  week: "Week of",
  notes: "Notes",
  asTable: "The same as a table",
  byKind: "By kind",
  kind: "Kind",
  byProduct: "By product",
  byIssue: "By known issue",
  issue: "Known issue",
  removedIssue: "A known issue",
  share: "Share",
  firstReply: "First reply",
  firstReplyLead: "From sent to your first answer.",
  p50: "Half answered within",
  p90: "9 of 10 answered within",
  slowest: "The slowest",
  firstReplyNone: "Shown once 5 notes of a product were answered in one week.",
  time: "Time",
  addressed: "Addressed",
  addressedLead: "What owners said when you proposed that it was done.",
  addressedYes: "Said it was addressed",
  addressedNo: "Said it was not",
  addressedOf: (n: number) => `Of ${notes(n)} the owner said so or not.`,
  addressedNone: "Shown once it was said of 5 notes whether it was.",
  leftOut: "What is left out, and why",
  leftOutText: [
    "Notes whose terms don't let you count them are in none of these numbers: not by kind, not by week, nowhere. Only how many they are is shown, above.",
    "A week, product and kind with fewer than 5 notes together makes a cell too small to show, because its owners could be made out. Such cells are left out of every chart and sum here, so charts can add up to less than what is counted. It is notes that are counted, not owners: five notes of one owner make a cell.",
    "Only whole weeks that are over are shown: a number can't be watched going up by one.",
  ],
  none: "Nothing to count yet",
  noneText:
    "Charts begin with the first week in which 5 notes of one kind and product came under terms that let you count.",
  noneSoon: "Nothing to chart before Monday",
  noneSoonText:
    "A week is charted once it is over, and only where 5 notes of one kind and product came in it. For older notes, try a longer range.",
  noneHere: "Too few in these weeks",
  noneHereText: "No week, product and kind has 5 notes here that may be counted. Try a longer range.",
  noneInChart: "Fewer than 5 in every cell.",
  fault: "The first week must be over, and not after the last.",
};
