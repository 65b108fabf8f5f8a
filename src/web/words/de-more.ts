// Der übrige Katalog auf Deutsch.

import { found } from "./de/found.ts";
import { handover } from "./de/handover.ts";
import { help } from "./de/help.ts";
import { home } from "./de/home.ts";
import { keys } from "./de/keys.ts";
import { manage } from "./de/manage.ts";
import { notices } from "./de/notices.ts";
import { papers } from "./de/papers.ts";
import { photos } from "./de/photos.ts";
import { record } from "./de/record.ts";
import { replies } from "./de/replies.ts";
import { showOut } from "./de/show-out.ts";
import { terms } from "./de/terms.ts";
import { thread } from "./de/thread.ts";
import { write } from "./de/write.ts";
import type { MoreWords } from "./words.ts";

export const deMore: MoreWords = {
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
