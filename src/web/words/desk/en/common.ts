// Words of every page of the desk: what a note is, where a thread stands, who may do what.

import { number, plural } from "../../format.ts";

export const common = {
  name: "Desk",
  title: "The maker's desk",
  more: "Show more",
  none: "None",
  edit: "Edit",
  remove: "Remove",
  create: "Create",
  optional: "optional",
  readOnly: "You can read here. Writing takes the role of an agent.",
  adminOnly: "This takes the role of an admin.",
  failures: {
    gone: "It is no longer here. Its owner took it back, or no terms permit it any more.",
    forbidden: "Your role doesn't allow this. Ask an admin of your team.",
  },
  roles: { admin: "Admin", agent: "Agent", reader: "Reader" },
  kinds: {
    problem: "Problem",
    safety: "Safety",
    question: "Question",
    idea: "Idea",
    praise: "Praise",
    maintenance: "Upkeep",
    workaround: "Workaround",
    diary: "Diary",
  },
  wants: {
    nothing: "Wants nothing",
    answer: "Wants an answer",
    repair: "Wants a repair",
    refund: "Wants a refund",
    change: "Wants a change",
    copy: "Wants a copy of their data",
  },
  states: { open: "Open", answered: "Answered", closed: "Closed" },
  verdicts: { addressed: "Addressed", "not-addressed": "Not addressed" },
  outcomes: {
    answered: "Answered",
    fixed: "Fixed",
    changed: "Changed",
    declined: "Declined",
    forwarded: "Passed on",
  },
  types: {
    advice: "Advice",
    reassurance: "Reassurance",
    question: "A question",
    fix: "A fix",
    recall: "A recall",
    other: "Other",
  },
  issueStatus: {
    investigating: "Investigating",
    "fix-planned": "Fix planned",
    fixed: "Fixed",
    "wont-fix": "Won't fix",
  },
  threads: (n: number) => plural(n, { one: "1 thread", other: `${number(n)} threads` }),
};
