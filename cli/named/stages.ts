/**
 * The stages that a command line names, and in which pipelines and profiles
 * they have run.
 *
 * @module
 */
import { callsIn } from "../../engine/define/inline.ts";
import { profileOption } from "../arguments/options.ts";
import { type Graph, graphOf } from "../../engine/run/graph.ts";
import {
  type AnyPipeline,
  type ProfileName,
  PROFILES,
} from "../../engine/define/pipeline.ts";
import { refTo, type Stage, VALUE } from "../../engine/define/ref.ts";
import { listed } from "../../engine/define/listed.ts";
import type { Store } from "../../engine/store/store.ts";
import { shellWord } from "../../engine/define/shell_word.ts";
import { reproduceCommand } from "./reproduce_command.ts";
import { nameGroups, namesWith } from "./similar_names.ts";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage_error.ts";

/** At most so many lines of names are shown: they fit on a screen. */
const MOST = 20;

/** A stage and the pipelines that have it, of which there is at least one. */
export interface FoundStage<P> {
  readonly pipelines: readonly [P, ...P[]];
  readonly stage: string;
}

/**
 * The stage that some words name, in the pipeline that one of them names.
 * Several pipelines may have it if it is the same in all of them.
 *
 * @throws {UsageError} if no pipeline has it, or they have different ones; with
 * those that were perhaps meant
 */
export function stageNamed<P extends AnyPipeline>(
  words: readonly string[],
  { pipelines, profile }: {
    readonly pipelines: readonly P[];
    readonly profile: ProfileName;
  },
): FoundStage<P> {
  const { stage, within } = partedWords(words, pipelines);
  if (stage === "") throw noStage({ within, profile });
  const owners = within.flatMap((pipeline) => {
    const node = nodesAt(pipeline, profile)
      .find((node) => node.stage.name === stage);
    return node === undefined ? [] : [{ pipeline, stage: node.stage }];
  });
  const [first, ...others] = owners.map(({ pipeline }) => pipeline);
  if (first === undefined) throw unknownStage(stage, { within, profile });
  if (!isOneStage(owners.map(({ stage }) => stage))) {
    throw new UsageError(
      `Cannot tell which stage "${stage}" is meant: pipelines ${
        listed([first, ...others].map(({ name }) => name))
      } have different ones; name the pipeline after it`,
    );
  }
  return { pipelines: [first, ...others], stage };
}

/**
 * What some words say of a stage, and where it is looked for: in the pipeline
 * that the last of several words names, or else the first, or in all of them.
 */
export function partedWords<P extends Named>(
  words: readonly string[],
  pipelines: readonly P[],
): { readonly stage: string; readonly within: readonly P[] } {
  const ends = words.length > 1 ? [words.length - 1, 0] : [];
  for (const at of ends) {
    const pipeline = pipelines.find(({ name }) => name === words[at]);
    if (pipeline === undefined) continue;
    return { stage: words.toSpliced(at, 1).join(" "), within: [pipeline] };
  }
  return { stage: words.join(" "), within: pipelines };
}

/** Whether stages of several graphs are one call, of one task with the same arguments all the way down. */
function isOneStage(stages: readonly Stage[]): boolean {
  try {
    graphOf(stages.map((stage) => refTo(stage, VALUE)));
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
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

interface Searched {
  readonly within: readonly AnyPipeline[];
  readonly profile: ProfileName;
}

/** Names the tasks, where no stage is named. */
function noStage({ within, profile }: Searched): UsageError {
  const names = new Set(within.flatMap((one) => stagesOf(one, profile)));
  const tasks = Object.entries(
    Object.groupBy(names, (name) => name.split("/")[0] ?? ""),
  ).map(([task, stages = []]) => `${task} (${stages.length})`);
  if (tasks.length === 0) {
    return new UsageError(
      `Cannot find a stage: there is none at profile ${profile}`,
    );
  }
  return new UsageError(
    `Cannot choose a stage: none is named; the tasks at profile ${profile}, and the number of stages of each, are`,
    { list: [tasks.join(", ")] },
  );
}

function unknownStage(
  stage: string,
  { within, profile }: Searched,
): UsageError {
  const at = (profile: ProfileName) =>
    within.flatMap((pipeline) => stagesOf(pipeline, profile));
  const one = within.length === 1 ? within[0]?.name : undefined;
  const names = [...new Set(at(profile))];
  const similar = namesWith(stage, names);
  const state = stateOf();
  return new UsageError(
    `Cannot find stage "${stage}" in ${
      one ?? "any pipeline"
    } at profile ${profile}: ${
      state ??
        `${similar.length} of ${names.length} stages contain it in their names`
    }`,
    {
      list: state !== undefined
        ? []
        : [...nameGroups(similar, MOST), ...wayToAll()],
    },
  );

  /** What lists all names, where not all are shown. */
  function wayToAll(): readonly string[] {
    if (similar.length <= MOST) return [];
    return [
      `deno task explain ${
        [stage, ...one === undefined ? [] : [one]].map(shellWord).join(" ")
      } --list${profileOption(profile)} lists all ${similar.length}`,
    ];
  }

  /** What is the matter, unless it is a part of several names. */
  function stateOf(): string | undefined {
    const other = PROFILES.find((one) => at(one).includes(stage));
    if (other !== undefined) {
      return `it exists at profile ${other}; add --profile ${other}`;
    }
    const task = stage.split("/")[0] ?? "";
    const taker = within.flatMap((one) => nodesAt(one, profile))
      .find((node) =>
        callsIn(node.stage).some((call) => call.split(" ")[0] === task)
      );
    if (taker !== undefined) {
      return `a call of ${task} is part of each stage that takes its result, such as "${taker.stage.name}"`;
    }
    const meant = within.find(({ name }) => name === stage);
    if (meant !== undefined) {
      const [first = "none"] = stagesOf(meant, profile);
      return `it is a pipeline; name one of its stages, such as "${first}"`;
    }
    if (similar.length > 1) return undefined;
    const others = `none of ${names.length} stages has that name`;
    const [only] = similar;
    if (only !== undefined) return `${others}; did you mean "${only}"?`;
    const [first] = names;
    return first === undefined
      ? others
      : `${others}${
        suggestion(stage, names) ||
        `; one that is there is "${first}", and deno task explain --list names all`
      }`;
  }
}

/** The names of the stages of a pipeline; none at a profile that it leaves out. */
export function stagesOf(
  pipeline: AnyPipeline,
  profile: ProfileName,
): readonly string[] {
  return nodesAt(pipeline, profile).map(({ stage }) => stage.name);
}

function nodesAt(
  { profiles, build }: AnyPipeline,
  profile: ProfileName,
): Graph["nodes"] {
  return profiles.includes(profile) ? graphOf(build(profile)).nodes : [];
}

/** Stages that some pipelines share, at one profile. */
interface Place<P> {
  readonly pipelines: readonly [P, ...P[]];
  readonly profile: ProfileName;
  readonly store: Pick<Store, "lastKeys">;
  /** The store as the line names it; that of the project if it names none. */
  readonly storeName: string | undefined;
}

interface Named {
  readonly name: string;
}

/** Of pipelines that share a stage the first in which it has run; the first of all if there is none. */
export function ranIn<P extends Named>(
  stage: string,
  { pipelines, profile, store }: Omit<Place<P>, "storeName">,
): P {
  return pipelines.find(({ name }) =>
    hasRun(stage, { name, profile, store })
  ) ??
    pipelines[0];
}

/** `; run` the command that makes the result of a stage, and where that is already, as {@linkcode ranElsewhere} says it. */
export function wayToResult<P extends Named>(
  stage: string,
  place: Place<P>,
): string {
  const { pipelines: [{ name }], profile, storeName: store } = place;
  return `; run \`${reproduceCommand([name], { profile, store })}\`${
    ranElsewhere(stage, place)
  }`;
}

/** `; it exists at profile smoke: add --profile smoke` if a stage has run at another profile, or nothing. */
export function ranElsewhere<P extends Named>(
  stage: string,
  { pipelines, profile, store }: Omit<Place<P>, "storeName">,
): string {
  const other = PROFILES.find((one) =>
    one !== profile &&
    pipelines.some(({ name }) => hasRun(stage, { name, profile: one, store }))
  );
  return other === undefined
    ? ""
    : `; it exists at profile ${other}: add --profile ${other}`;
}

/** Another profile at which a stage of a pipeline has run, if there is one. */
export function profileOfRun(
  pipeline: string,
  { profile, store }: Pick<Place<Named>, "profile" | "store">,
): ProfileName | undefined {
  return PROFILES.find((one) =>
    one !== profile &&
    Object.keys(store.lastKeys(`${pipeline}.${one}`)).length > 0
  );
}

function hasRun(
  stage: string,
  { name, profile, store }:
    & Named
    & Pick<Place<Named>, "profile" | "store">,
): boolean {
  return stage in store.lastKeys(`${name}.${profile}`);
}
