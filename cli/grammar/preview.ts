/**
 * The words of `preview`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { SITE, valued, VERBOSE, whole } from "./options.ts";

/** Reads them. */
export const words = object({
  port: withDefault(
    valued(
      "--port",
      whole("PORT", { min: 0, max: 65535 }),
      "Port on 127.0.0.1, 8000 unless said otherwise; 0 takes a free one.",
    ),
    8000,
  ),
  site: SITE,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Preview = InferValue<typeof words>;
