// Which days an entry may name. No clock here: what day it is in UTC is said.

import { invalid, type Failure } from "../failure.ts";
import { dayOf, millisOf } from "../instant.ts";
import type { Day } from "./entry.ts";

const DAY_MS = 24 * 3_600_000;

/** Whether a day has begun anywhere: a day more than `today` in UTC, because it may have happened where the next day has begun. */
export const hasBegun = (day: Day, today: Day): boolean =>
  day <= today || day <= dayOf(millisOf(`${today}T00:00Z`) + DAY_MS);

/** The fault of a field that names a day to come, or null. */
export const dayFault = (field: string, day: Day, today: Day): Failure | null =>
  hasBegun(day, today) ? null : invalid(field, "must not be a day to come");
