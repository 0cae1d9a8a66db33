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
  readonly title: string;
  readonly open: OpenPipeline<Report>;
  /** The record of what a stage made. */
  recordOf(stage: string): StageRecord | undefined;
}

/** Digest of the key that a stage had, by its name. */
type KeyOf = (stage: string) => string | undefined;

/** Opens what pipelines have made in a run, as far as they still have its profile. */
export function madePipelines(
  pipelines: readonly AnyPipeline<Report>[],
  { project, profile, keysOf }: {
    readonly project: Project;
    readonly profile: ProfileName;
    /** The keys of a pipeline's stages; nothing if it was not in the run. */
    readonly keysOf: (pipeline: string) => KeyOf | undefined;
  },
): readonly MadePipeline[] {
  return pipelines.flatMap((pipeline) => {
    const { name, title, profiles } = pipeline;
    const keyOf = profiles.includes(profile) ? keysOf(name) : undefined;
    if (keyOf === undefined) return [];
    const open = project.open(pipeline, profile);
    const recordOf = (stage: string) => {
      const key = keyOf(stage);
      return key === undefined ? undefined : project.store.record(key);
    };
    return [{ title, open, recordOf }];
  });
}
