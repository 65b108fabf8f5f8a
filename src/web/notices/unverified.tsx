// Said wherever a company is named with its terms that has not proven to be who it says it is.

import type { Maker } from "../api/views.ts";
import { isUnverified } from "../store/makers.ts";
import { Mark } from "../ui/notice.tsx";
import { words } from "../words/words.ts";

export const Unverified = ({ maker }: { maker: Maker | undefined }) =>
  isUnverified(maker) ? <Mark tone="wait">{words.value.notices.unverified}</Mark> : null;
