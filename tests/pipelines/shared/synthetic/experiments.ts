/** The experiments on synthetic shifts: their graphs, and their reports before anything ran. */
import assert from "node:assert/strict";
import {
  isDefinition,
  sourceOf,
} from "../../../../engine/define/definition.ts";
import { isInline, withCalls } from "../../../../engine/define/inline.ts";
import {
  type Graph,
  graphOf,
  type Node,
} from "../../../../engine/run/graph.ts";
import {
  type AnyPipeline,
  type ProfileName,
  PROFILES,
} from "../../../../engine/define/pipeline.ts";
import {
  isRef,
  mapLeaves,
  sortFields,
  type Stage,
  targetOf,
  walkRefs,
} from "../../../../engine/define/ref.ts";
import { pipelines } from "../../../../pipelines/registry.ts";
import type { Rule } from "../../../../reports/value/claim.ts";
import type { Report } from "../../../../reports/value/report.ts";

const NAMES = [
  "unseen-tint",
  "vertical-flip",
  "spurious-tint",
  "label-shift",
  "support",
  "interventions",
  "along-fine-tuning",
  "along-data",
  "along-pretraining",
  "unseen-classes",
  "bias-strength",
  "hyper-parameters",
];

/** The experiments on synthetic shifts. */
export const synthetic: readonly AnyPipeline<Report>[] = pipelines.filter(
  ({ name }) => NAMES.includes(name),
);

/** One pipeline by name. */
export function pipelineOf(name: string): AnyPipeline<Report> {
  const found = pipelines.find((pipeline) => pipeline.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

/** A pipeline at a profile, with its graph. */
export interface Built {
  readonly name: string;
  readonly profile: ProfileName;
  readonly graph: Graph;
}

/** Every pipeline there is at every profile. */
export const allBuilt: readonly Built[] = PROFILES.flatMap((profile) =>
  pipelines.filter(({ profiles }) => profiles.includes(profile)).map((
    { name, build },
  ) => ({
    name,
    profile,
    graph: graphOf(build(profile)),
  }))
);

/** The experiments on synthetic shifts at every profile. */
export const built: readonly Built[] = allBuilt.filter(({ name }) =>
  NAMES.includes(name)
);

/** Some of these experiments, each of which there is. */
export function builtOf(...names: readonly string[]): readonly Built[] {
  const found = built.filter(({ name }) => names.includes(name));
  assert.equal(new Set(found.map(({ name }) => name)).size, names.length);
  return found;
}

/** The stages of one task. */
export function stagesOf({ graph }: Built, task: string): readonly Node[] {
  return graph.nodes.filter(({ stage }) => stage.task.name === task);
}

/** The calls of one inline task in all stages, each once. */
export function callsOf({ graph }: Built, task: string): readonly Stage[] {
  const calls = new Set<Stage>();
  const look = ({ args }: Stage) =>
    walkRefs(args, (ref) => {
      const { stage } = targetOf(ref);
      if (!isInline(ref) || calls.has(stage)) return;
      calls.add(stage);
      look(stage);
    });
  for (const { stage } of graph.nodes) look(stage);
  return [...calls].filter((call) => call.task.name === task);
}

/** The arguments of a stage as text, with those of its inline calls: refs by the stage they point at, definitions by their source. */
export function argumentsOf({ stage }: Node): string {
  return JSON.stringify(sortFields(mapLeaves(withCalls(stage.args), (leaf) => {
    if (isRef(leaf)) {
      const { stage, field } = targetOf(leaf);
      return `→ ${stage.name} ${field}`;
    }
    if (!isDefinition(leaf)) return leaf;
    const { module, name } = sourceOf(leaf);
    return `def ${module} ${name}`;
  })));
}

/** The parts of a report that do not wait for a result. */
export interface Outline {
  readonly question: string;
  readonly answer: readonly unknown[];
  readonly answerInDetail?: readonly unknown[];
  readonly claims: readonly {
    readonly id: string;
    readonly rule: Rule;
    readonly figure: string;
    readonly paper: string;
    readonly further?: readonly unknown[];
    readonly redrawn?: unknown;
  }[];
  readonly figures: readonly { readonly id: string }[];
  readonly tables?: readonly {
    readonly id: string;
    readonly caption: string;
  }[];
  readonly pictures?: readonly { readonly id: string }[];
  readonly sections: readonly { readonly id: string }[];
  readonly scaledDown: readonly { readonly what: string }[];
  readonly pretraining: readonly { readonly name: string }[];
  readonly datasets: readonly { readonly title: string }[];
}

/** A pipeline's report, with its refs in it. */
export function outlineOf(
  name: string,
  profile: ProfileName,
): Outline {
  return pipelineOf(name).build(profile) as unknown as Outline;
}
