/**
 * A pipeline and what its stages made, in the run that is asked about.
 *
 * @module
 */
import type { AnyPipeline, ProfileName } from "../../engine/define/pipeline.ts";
import type { OpenPipeline } from "../../engine/run/open_pipeline.ts";
import type { Project } from "../../engine/run/project.ts";
import type { StageRecord } from "../../engine/store/store.ts";
import type { Report } from "../../reports/value/report.ts";

/** What a pipeline has made. */
export interface MadePipeline {
  readonly open: OpenPipeline<Report>;
  /** The record of what a stage made. */
  recordOf(stage: string): StageRecord | undefined;
}

/** Opens what a pipeline has made. */
export function madePipeline(
  pipeline: AnyPipeline<Report>,
  { project, profile, keyOf }: {
    readonly project: Project;
    readonly profile: ProfileName;
    /** Digest of the key that a stage had. */
    readonly keyOf: (stage: string) => string | undefined;
  },
): MadePipeline {
  return {
    open: project.open(pipeline, profile),
    recordOf(stage) {
      const key = keyOf(stage);
      return key === undefined ? undefined : project.store.record(key);
    },
  };
}
