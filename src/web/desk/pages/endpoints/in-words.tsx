// A sentence with names of code in it, between backticks.

import { Fragment } from "preact";

export const InWords = ({ text }: { text: string }) => (
  <>
    {text
      .split("`")
      .map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : <Fragment key={part}>{part}</Fragment>))}
  </>
);
