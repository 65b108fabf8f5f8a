// Two devices of one person: without a fragment this one shows a code, with one it answers another's.

import { useState } from "preact/hooks";
import { takeFragment, useFragment } from "../keys/fragment.ts";
import { Guest } from "./pair/guest.tsx";
import { Host } from "./pair/host.tsx";
import "./keys/keys.css";

export default function Pair() {
  const [fragment, setFragment] = useState(takeFragment);
  useFragment(setFragment);
  return fragment === null ? <Host /> : <Guest key={fragment} fragment={fragment} />;
}
