/**
 * The words of `preview`.
 *
 * @module
 */
import { object } from "@optique/core/constructs";
import { withDefault } from "@optique/core/modifiers";
import type { InferValue } from "@optique/core/parser";
import { string } from "@optique/core/valueparser";
import {
  DEVICE,
  MIRROR,
  PIPELINES,
  SITE,
  STORE,
  switched,
  valued,
  VERBOSE,
  whole,
} from "./options.ts";

/** Reads them. */
export const words = object({
  pipelines: PIPELINES,
  port: withDefault(
    valued(
      "--port",
      whole("PORT", { min: 0, max: 65535 }),
      "Port on 127.0.0.1, 8000 unless said otherwise; 0 takes a free one.",
    ),
    8000,
  ),
  noWatch: switched(
    "--no-watch",
    "Serves the site as it is; runs nothing when code changes.",
  ),
  profile: withDefault(
    valued(
      "--profile",
      string({ metavar: "PROFILE" }),
      "Scale of the runs: smoke (unless said otherwise), default or full.",
    ),
    "smoke",
  ),
  device: DEVICE,
  store: STORE,
  site: SITE,
  mirror: MIRROR,
  verbose: VERBOSE,
});

/** What they ask for. */
export type Preview = InferValue<typeof words>;
