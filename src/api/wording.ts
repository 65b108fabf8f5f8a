// What is wrong with a value, and what would be right, where a schema has no words of its own.

import { z } from "@hono/zod-openapi";

const NAMES: Readonly<Record<string, string>> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};
const list = (values: readonly unknown[]): string => values.map(String).join(", ");

z.config({
  customError: (issue) => {
    switch (issue.code) {
      case "invalid_type":
        return issue.input === undefined ? "is missing" : `must be ${NAMES[issue.expected] ?? issue.expected}`;
      case "invalid_value":
        return issue.values.length === 1
          ? `must be ${JSON.stringify(issue.values[0])}`
          : `must be one of ${list(issue.values)}`;
      case "unrecognized_keys":
        return `must not have ${list(issue.keys)}: there is no such field here`;
      case "too_small":
        return `must have ${issue.minimum} at least`;
      case "too_big":
        return `must have ${issue.maximum} at most`;
      default:
        return undefined;
    }
  },
});
