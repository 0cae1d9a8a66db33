/**
 * Every pipeline there is, in the order in which they run and are read.
 *
 * @module
 */
import type { AnyPipeline } from "../engine/pipeline.ts";
import type { Report } from "../reports/report.ts";
import { spuriousTint } from "./spurious_tint.ts";

export { DEVICE_REQUESTS, environmentOf } from "../models/environment.ts";

/** All pipelines. */
export const pipelines: readonly AnyPipeline<Report>[] = [spuriousTint];
