// Der Katalog auf Deutsch, soweit ein gescanntes Etikett ihn braucht.

import { arrive } from "./de/arrive.ts";
import { common } from "./de/common.ts";
import { scan } from "./de/scan.ts";
import { sync } from "./de/sync.ts";
import type { FirstWords } from "./words.ts";

export const de: FirstWords = { common, sync, arrive, scan };
