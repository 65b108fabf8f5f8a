// Fields that several maker routes share, as the path or an answer has them.

import { z } from "@hono/zod-openapi";
import { idPattern, type IdPrefix } from "../domain/ids.ts";
import { domain } from "../domain/product.ts";

export const makerParam = domain.describe("The maker's domain, like `lamo.example`.");
export const idField = (prefix: IdPrefix): z.ZodString =>
  z.string().regex(idPattern(prefix), `must be an id that begins with ${prefix}_`);
export const twinField = z.string().describe("The twin: one owner's time with one item.");
/** RFC 3339, UTC, milliseconds. */
export const instant = z.string().openapi({ format: "date-time" });
