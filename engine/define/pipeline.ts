/**
 * Pipelines: functions from a profile to a result built of refs.
 *
 * @module
 */
import { messageOf } from "./message_of.ts";
import type { Lazy, NoOthers } from "./ref.ts";

/** The scale of a run: seconds in CI, minutes on a laptop, hours there, and what wants a GPU. */
export const PROFILES = ["smoke", "default", "full", "gpu"] as const;

/** Name of a profile: one of {@linkcode PROFILES}. */
export type ProfileName = typeof PROFILES[number];

/** A pipeline: one figure or experiment. */
export interface Pipeline<Profile, Output> {
  /** `import.meta.url` of the file of the pipeline. */
  readonly module: string;
  /** Name of the pipeline on the command line and in addresses, e.g. `spurious-tint`. */
  readonly name: string;
  /** What the pipeline is about, in a line for people. */
  readonly title: string;
  /** Every number that scales the run, by profile; a pipeline may leave profiles out. */
  readonly profiles: Readonly<Partial<Record<ProfileName, NoInfer<Profile>>>>;
  /** Builds the graph: calls tasks, computes nothing. */
  build(profile: Profile): Lazy<Output>;
}

/** A pipeline whose profile type is not known: what the command line sees. */
export interface AnyPipeline<Output = unknown> {
  /** `import.meta.url` of the file of the pipeline. */
  readonly module: string;
  /** Name of the pipeline on the command line. */
  readonly name: string;
  /** What the pipeline is about, in a line for people. */
  readonly title: string;
  /** The profiles that the pipeline has, the smallest first. */
  readonly profiles: readonly ProfileName[];
  /**
   * Builds the graph at one scale.
   *
   * @throws {RangeError} if the pipeline does not have it
   */
  build(profile: ProfileName): Lazy<Output>;
}

/**
 * Defines a pipeline. Where `Output` is told by what it is assigned to, what
 * `build` gives has no other fields:
 *
 * ```ts ignore
 * export const tint: AnyPipeline<Report> = definePipeline({
 *   …,
 *   build: (scale: Scale) => ({ id: "tint", title: "A tint", … }),
 * });
 * ```
 *
 * @throws {TypeError} if the name has other characters than a–z, 0–9 and "-", or there is no profile
 */
export function definePipeline<
  Profile,
  Output,
  Built extends Lazy<Output> = Lazy<Output>,
>(
  pipeline: Omit<Pipeline<Profile, unknown>, "build"> & {
    build(profile: Profile): Built & NoOthers<Built, NoInfer<Output>>;
  },
): AnyPipeline<Output> {
  if (!/^[a-z][a-z0-9-]*$/.test(pipeline.name)) {
    throw new TypeError(
      `Cannot define pipeline "${pipeline.name}": a name has only a-z, 0-9 and "-"`,
    );
  }
  const profiles = PROFILES.filter((profile) => profile in pipeline.profiles);
  if (profiles.length === 0) {
    throw new TypeError(
      `Cannot define pipeline "${pipeline.name}": it has no profile; give it one of ${
        PROFILES.join(", ")
      }`,
    );
  }
  return {
    module: pipeline.module,
    name: pipeline.name,
    title: pipeline.title,
    profiles,
    build(profile) {
      const scale = pipeline.profiles[profile];
      if (scale === undefined) {
        throw new RangeError(
          `Cannot build pipeline "${pipeline.name}" at profile ${profile}: it has ${
            profiles.join(", ")
          }`,
        );
      }
      try {
        return pipeline.build(scale);
      } catch (error) {
        const said = messageOf(error);
        throw new Error(`Cannot build pipeline "${pipeline.name}": ${said}`, {
          cause: error,
        });
      }
    },
  };
}
