// The desk's catalogue in English.

import { notices as toOwners } from "../en/notices.ts";
import { photos } from "../en/photos.ts";
import { common } from "./en/common.ts";
import { inbox } from "./en/inbox.ts";
import { join } from "./en/join.ts";
import { issues } from "./en/issues.ts";
import { insights } from "./en/insights.ts";
import { notices } from "./en/notices.ts";
import { deliveries } from "./en/deliveries.ts";
import { endpoints } from "./en/endpoints.ts";
import { replies } from "./en/replies.ts";
import { labels } from "./en/labels.ts";
import { team } from "./en/team.ts";
import { terms } from "./en/terms.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { thread } from "./en/thread.ts";

export const en = {
  common,
  deliveries,
  endpoints,
  inbox,
  insights,
  issues,
  notices,
  toOwners,
  join,
  photos,
  labels,
  team,
  terms,
  replies,
  shell,
  signIn,
  thread,
};
