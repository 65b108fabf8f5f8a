// The rest of the catalogue in English: what the other pages say.

import { found } from "./en/found.ts";
import { handover } from "./en/handover.ts";
import { help } from "./en/help.ts";
import { home } from "./en/home.ts";
import { keys } from "./en/keys.ts";
import { manage } from "./en/manage.ts";
import { notices } from "./en/notices.ts";
import { papers } from "./en/papers.ts";
import { photos } from "./en/photos.ts";
import { record } from "./en/record.ts";
import { replies } from "./en/replies.ts";
import { showOut } from "./en/show-out.ts";
import { terms } from "./en/terms.ts";
import { thread } from "./en/thread.ts";
import { write } from "./en/write.ts";

export const enMore = {
  found,
  handover,
  help,
  home,
  keys,
  manage,
  notices,
  papers,
  photos,
  record,
  replies,
  showOut,
  terms,
  thread,
  write,
};
