// Der Katalog des Schreibtischs auf Deutsch.

import { notices as toOwners } from "../de/notices.ts";
import { photos } from "../de/photos.ts";
import { common } from "./de/common.ts";
import { inbox } from "./de/inbox.ts";
import { join } from "./de/join.ts";
import { issues } from "./de/issues.ts";
import { insights } from "./de/insights.ts";
import { notices } from "./de/notices.ts";
import { deliveries } from "./de/deliveries.ts";
import { endpoints } from "./de/endpoints.ts";
import { replies } from "./de/replies.ts";
import { labels } from "./de/labels.ts";
import { team } from "./de/team.ts";
import { terms } from "./de/terms.ts";
import { shell } from "./de/shell.ts";
import { signIn } from "./de/sign-in.ts";
import { thread } from "./de/thread.ts";
import type { DeskWords } from "./words.ts";

export const de: DeskWords = {
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
