/**
 * Pipelines: functions from a profile to a result built of refs.
 *
 * @module
 */
import type { Lazy } from "./ref.ts";

/** The scale of a run: seconds in CI, minutes on a laptop, hours on a GPU. */
export const PROFILES = ["smoke", "default", "full"] as const;

/** One of {@linkcode PROFILES}. */
export type ProfileName = typeof PROFILES[number];

/** A pipeline: one figure or experiment. */
export interface Pipeline<Profile, Output> {
  /** `import.meta.url` of its file. */
  readonly module: string;
  /** Its name on the command line and in addresses, e.g. `spurious-tint`. */
  readonly name: string;
  /** A line for people. */
  readonly title: string;
  /** Every number that scales the run, by profile. */
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  /** Builds the graph: calls tasks, computes nothing. */
  build(profile: Profile): Lazy<Output>;
}

/** A pipeline whose profile type is not known: what the command line sees. */
export interface AnyPipeline<Output = unknown> {
  /** `import.meta.url` of its file. */
  readonly module: string;
  /** Its name on the command line. */
  readonly name: string;
  /** A line for people. */
  readonly title: string;
  /** Builds the graph at one scale. */
  build(profile: ProfileName): Lazy<Output>;
}

/**
 * Defines a pipeline.
 *
 * @throws {TypeError} if the name has other characters than a–z, 0–9 and "-"
 */
export function definePipeline<Profile, Output>(
  pipeline: Pipeline<Profile, Output>,
): AnyPipeline<Output> {
  if (!/^[a-z][a-z0-9-]*$/.test(pipeline.name)) {
    throw new TypeError(
      `Cannot define pipeline "${pipeline.name}": a name has only a-z, 0-9 and "-"`,
    );
  }
  return {
    module: pipeline.module,
    name: pipeline.name,
    title: pipeline.title,
    build: (profile) => pipeline.build(pipeline.profiles[profile]),
  };
}
