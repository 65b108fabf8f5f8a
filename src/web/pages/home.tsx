// The first page: a person's things, or, where there are none yet, what this is for.

import { things } from "../store/things.ts";
import { Front } from "./home/front.tsx";
import { Mine } from "./home/mine.tsx";
import "./home.css";

export default function Home() {
  return things.value.length > 0 ? <Mine /> : <Front />;
}
