// The record's parts as every reader of it is answered: its owner, whoever is shown it, whoever may take it over.

import type { z } from "@hono/zod-openapi";
import { checkpointShape, countShape, readEntryShape } from "../domain/record/entry-shapes.ts";
import { entryOf } from "../domain/record/entry.ts";
import type { RecordedEntry } from "../twin/recording.ts";

export const entryView = readEntryShape.openapi("RecordEntry");
export const checkpointView = checkpointShape.openapi("Checkpoint");
export const countView = countShape.openapi("RecordCount");

/** Named member by member, so that nothing else comes along. */
export const entryRead = (entry: RecordedEntry): z.infer<typeof entryView> => {
  const { seq, disclosure, erased, body } = entry;
  return { ...entryOf(entry), seq, disclosure, erased, body: body && { ...body, photos: [...body.photos] } };
};
