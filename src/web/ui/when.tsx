// A moment, in the reader's own words for time; the whole of it on asking.

import { ago, day, moment } from "../words/format.ts";

type Props = { readonly at: string; readonly style?: "relative" | "day" | "moment" };

export const When = ({ at, style = "relative" }: Props) => (
  <time dateTime={at} title={moment(at)}>
    {style === "relative" ? ago(at) : style === "day" ? day(at) : moment(at)}
  </time>
);
