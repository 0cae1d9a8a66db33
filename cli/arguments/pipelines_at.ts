/**
 * Which pipelines a command takes at a profile: a pipeline may leave one out.
 *
 * @module
 */
import type { AnyPipeline, ProfileName } from "../../engine/define/pipeline.ts";
import { pipelinesNamed } from "./choose.ts";
import { listOf } from "./nearest.ts";
import { UsageError } from "./usage_error.ts";

/** What the names of a command line come to at a profile. */
export interface PipelinesAt<P> {
  /** The pipelines that are taken, in the order of the registry. */
  readonly pipelines: readonly P[];
  /** A line on those that nobody named and that lack the profile. */
  readonly leftOut: string | undefined;
}

/** Whether a pipeline has a profile; for `filter`. */
export function hasProfile(
  profile: ProfileName,
): (pipeline: AnyPipeline) => boolean {
  return ({ profiles }) => profiles.includes(profile);
}

/**
 * Pipelines by their names at a profile; all that have it if none is named.
 *
 * @throws {UsageError} if there is no such pipeline, or it lacks the profile, or all do
 */
export function pipelinesAt<P extends AnyPipeline>(
  names: readonly string[],
  { pipelines, profile }: {
    readonly pipelines: readonly P[];
    readonly profile: ProfileName;
  },
): PipelinesAt<P> {
  const chosen = pipelinesNamed(names, pipelines);
  const without = chosen.filter((one) => !hasProfile(profile)(one));
  const [first] = without;
  if (first === undefined) return { pipelines: chosen, leftOut: undefined };
  if (names.length > 0 || without.length === chosen.length) {
    throw new UsageError(
      `Cannot use profile "${profile}" of ${first.name}: ${
        first.profiles.length === 1 ? "its only profile is" : "its profiles are"
      } ${listOf(first.profiles)}`,
    );
  }
  return {
    pipelines: chosen.filter(hasProfile(profile)),
    leftOut: `Left out: ${listOf(without.map(({ name }) => name))}, which ${
      without.length === 1 ? "has" : "have"
    } no profile ${profile}`,
  };
}
