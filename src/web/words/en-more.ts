// The rest of the catalogue in English: what the other pages say.

import { help } from "./en/help.ts";
import { home } from "./en/home.ts";
import { keys } from "./en/keys.ts";
import { manage } from "./en/manage.ts";
import { notices } from "./en/notices.ts";
import { papers } from "./en/papers.ts";
import { photos } from "./en/photos.ts";
import { replies } from "./en/replies.ts";
import { terms } from "./en/terms.ts";
import { thread } from "./en/thread.ts";
import { write } from "./en/write.ts";

export const enMore = { help, home, keys, manage, notices, papers, photos, replies, terms, thread, write };
