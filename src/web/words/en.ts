// The catalogue in English, as far as a scanned label needs it: the part that every first load carries.

import { arrive } from "./en/arrive.ts";
import { common } from "./en/common.ts";
import { scan } from "./en/scan.ts";
import { sync } from "./en/sync.ts";

export const en = { common, sync, arrive, scan };
