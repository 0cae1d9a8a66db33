/**
 * The pipelines that a command line names, at a profile that some of them may
 * leave out, and the device they are to run on.
 *
 * @module
 */
import { basename } from "node:path/posix";
import {
  type AnyPipeline,
  type ProfileName,
  PROFILES,
} from "../../engine/define/pipeline.ts";
import { listed } from "../../engine/define/listed.ts";
import type { ChosenDevice } from "../../publishing/site_sources.ts";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage_error.ts";
import type { Registry } from "../shell/shell.ts";

/**
 * Pipelines by their names, in the order of the registry; all if none is named.
 *
 * @throws {UsageError} if there is no such pipeline
 */
export function pipelinesNamed<P extends AnyPipeline>(
  names: readonly string[],
  pipelines: readonly P[],
): readonly P[] {
  const known = pipelines.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) {
      throw new UsageError(
        `Cannot find pipeline "${name}": ${
          known.length === 1 ? "the only one is" : "the pipelines are"
        } ${listed(known)}${suggestion(name, known)}`,
      );
    }
  }
  if (names.length === 0) return pipelines;
  return pipelines.filter(({ name }) => names.includes(name));
}

/**
 * Refuses a word that might have been the folder of a site, and is none.
 *
 * @throws {UsageError} if there is no such pipeline
 */
export function refuseUnknown(
  name: string | undefined,
  pipelines: readonly AnyPipeline[],
): void {
  const known = pipelines.map((pipeline) => pipeline.name);
  if (name === undefined || known.includes(name)) return;
  throw new UsageError(
    `Cannot verify "${name}": it is neither a folder nor a pipeline; the pipelines are ${
      listed(known)
    }${suggestion(name, known)}`,
  );
}

/** Two pipelines of one name would take each other's results for their own. */
function checkNames(pipelines: readonly AnyPipeline[]): void {
  const modules = new Map<string, string>();
  for (const { name, module } of pipelines) {
    const other = modules.get(name);
    if (other !== undefined) {
      throw new Error(
        `Cannot use pipelines: ${basename(other)} and ${
          basename(module)
        } both define "${name}"; give one of them another name`,
      );
    }
    modules.set(name, module);
  }
}

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
  checkNames(pipelines);
  const meant = PROFILES.find((one) =>
    names.includes(one) && !pipelines.some(({ name }) => name === one)
  );
  if (meant !== undefined) {
    throw new UsageError(
      `Cannot find pipeline "${meant}": it is a profile; did you mean "--profile ${meant}"?`,
    );
  }
  const chosen = pipelinesNamed(names, pipelines);
  const without = chosen.filter((one) => !hasProfile(profile)(one));
  const [first] = without;
  if (first === undefined) return { pipelines: chosen, leftOut: undefined };
  if (names.length > 0 || without.length === chosen.length) {
    const [are, one] = first.profiles.length === 1
      ? ["its only profile is", "it"]
      : ["its profiles are", "one"];
    throw new UsageError(
      `Cannot use profile "${profile}" of ${first.name}: ${are} ${
        listed(first.profiles)
      }; name ${one} with --profile`,
    );
  }
  return {
    pipelines: chosen.filter(hasProfile(profile)),
    leftOut: `Left out: ${listed(without.map(({ name }) => name))}, which ${
      without.length === 1 ? "has" : "have"
    } no profile ${profile}`,
  };
}

/**
 * The device for a request.
 *
 * @throws {UsageError} if it is no such request
 * @throws {Error} if the machine does not have the device
 */
export async function deviceFor(
  request: string,
  { DEVICE_REQUESTS, environmentOf }: Registry,
): Promise<ChosenDevice> {
  if (!DEVICE_REQUESTS.includes(request)) {
    throw new UsageError(
      `Cannot use device "${request}": the devices are ${
        listed(DEVICE_REQUESTS)
      }${suggestion(request, DEVICE_REQUESTS)}`,
    );
  }
  return await environmentOf(request);
}
