/**
 * Finds what a command line names, or says that there is no such thing.
 *
 * @module
 */
import { graphOf } from "../engine/graph.ts";
import {
  type AnyPipeline,
  type ProfileName,
  PROFILES,
} from "../engine/pipeline.ts";
import { listOf, suggestion } from "./nearest.ts";
import type { ChosenDevice, Registry } from "./shell.ts";
import { UsageError } from "./usage_error.ts";

/**
 * A profile by its name.
 *
 * @throws {UsageError} if there is no such profile
 */
export function profileNamed(name: string): ProfileName {
  const found = PROFILES.find((profile) => profile === name);
  if (found === undefined) {
    throw new UsageError(
      `Cannot use profile "${name}": the profiles are ${listOf(PROFILES)}${
        suggestion(name, PROFILES)
      }`,
    );
  }
  return found;
}

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
        } ${listOf(known)}${suggestion(name, known)}`,
      );
    }
  }
  if (names.length === 0) return pipelines;
  return pipelines.filter(({ name }) => names.includes(name));
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
        listOf(DEVICE_REQUESTS)
      }${suggestion(request, DEVICE_REQUESTS)}`,
    );
  }
  return await environmentOf(request);
}

/** A stage and the pipeline that has it. */
export interface FoundStage<P> {
  readonly pipeline: P;
  readonly stage: string;
}

/**
 * The stage that some words name: all of them, or all but the last, which then
 * names a pipeline. So `train scratch/seed-0` needs no quotes.
 *
 * @throws {UsageError} if no pipeline has it, or several have
 */
export function stageNamed<P extends AnyPipeline>(
  words: readonly string[],
  { pipelines, profile }: {
    readonly pipelines: readonly P[];
    readonly profile: ProfileName;
  },
): FoundStage<P> {
  const whole = words.join(" ");
  const last = pipelines.find(({ name }) => name === words.at(-1));
  const [stage, within] = last !== undefined && words.length > 1
    ? [words.slice(0, -1).join(" "), [last]]
    : [whole, pipelines];
  const [first, ...others] = within.filter((pipeline) =>
    stagesOf(pipeline, profile).includes(stage)
  );
  if (first === undefined) throw unknownStage(stage, { within, profile });
  if (others.length > 0) {
    const owners = [first, ...others].map(({ name }) => name);
    throw new UsageError(
      `Cannot tell which stage "${stage}" is meant: pipelines ${
        listOf(owners)
      } have one each; name the pipeline after it`,
    );
  }
  return { pipeline: first, stage };
}

/**
 * The names after `--force`. A stage that several of the chosen pipelines have
 * is forced in all of them.
 *
 * @throws {UsageError} if no chosen pipeline has such a stage
 */
export function forcedStages(
  names: readonly string[],
  { pipelines, profile }: {
    readonly pipelines: readonly AnyPipeline[];
    readonly profile: ProfileName;
  },
): ReadonlySet<string> {
  if (names.length === 0) return new Set();
  const known = new Set(
    pipelines.flatMap((pipeline) => stagesOf(pipeline, profile)),
  );
  for (const name of names) {
    if (known.has(name)) continue;
    throw unknownStage(name, { within: pipelines, profile });
  }
  return new Set(names);
}

function unknownStage(
  stage: string,
  { within, profile }: {
    readonly within: readonly AnyPipeline[];
    readonly profile: ProfileName;
  },
): UsageError {
  const names = within.flatMap((pipeline) => stagesOf(pipeline, profile));
  const where = within.length === 1 ? within[0]?.name : "any pipeline";
  return new UsageError(
    `Cannot find stage "${stage}" in ${where} at profile ${profile}: ${names.length} stages have other names${
      suggestion(stage, names)
    }`,
  );
}

function stagesOf(
  pipeline: AnyPipeline,
  profile: ProfileName,
): readonly string[] {
  return graphOf(pipeline.build(profile)).nodes.map(({ stage }) => stage.name);
}
