/**
 * The experiments with made-up networks: nothing is loaded, trained or
 * predicted; evaluations hold counts with a planted gain, and every other
 * stage runs for real, through its codecs.
 */
import assert from "node:assert/strict";
import { graphOf, type Node } from "../../../../engine/run/graph.ts";
import type { ProfileName } from "../../../../engine/define/pipeline.ts";
import {
  branchesOf,
  isOrElse,
  isRef,
  mapLeaves,
  type Stage,
  targetOf,
  type ValueFailure,
} from "../../../../engine/define/ref.ts";
import { SEED } from "../../../../pipelines/shared/synthetic/scale.ts";
import type { Report } from "../../../../reports/value/report.ts";
import type {
  Counts,
  Evaluation,
} from "../../../../shifts/measure/evaluation.ts";
import { minorityClasses } from "../../../../shifts/label_shift.ts";
import type { Groups } from "../../../../data/images/groups.ts";
import type { GroupedBy } from "../../../../tasks/interventions/group_images.ts";
import { scales } from "../../../../stats/lines/scale.ts";
import { evaluationOf as madeUp } from "../../../shifts/evaluations.ts";
import { png } from "../../../reports/png.ts";
import { REFITS } from "../../../../models/interventions/refits.ts";
import { withCalls } from "../../../../engine/define/inline.ts";
import { callMaker } from "../../../../engine/run/workers/inline_calls.ts";
import { contextOnCpu } from "../../../tasks/context.ts";
import { pipelineOf } from "./experiments.ts";

const CLASSES = 10;
const PER_CLASS = 1000;

/** What made-up networks can do. */
export interface Planted {
  /** Accuracy on the reference distribution. */
  readonly reference: (network: PlantedNetwork) => number;
  /** What a network has above the line of baselines on a set, in fractions of accuracy. */
  readonly gain: (network: PlantedNetwork, set: string) => number;
}

/** A made-up network. */
export interface PlantedNetwork {
  /** What it was trained or fine-tuned on, e.g. "tint-0.5". */
  readonly setting: string;
  /** As its evaluation is named, e.g. "photo, FT" or "scratch". */
  readonly name: string;
  readonly seed: number;
  /** Of a checkpoint. */
  readonly epoch: number | undefined;
}

/** How much lower than on the reference distribution baselines are on each set, in probits. */
const DROPS: Readonly<Record<string, number>> = {
  selection: 0,
  plain: 0,
  weakTint: 0.3,
  strongTint: 0.9,
  flipped: 0.8,
  own: 0,
  random: 0.4,
  ownTurned: 0.8,
  turned: 1,
  v6: 0.3,
  v4: 0.3,
};

/** Images of a class in sets that are not versions of the others. */
const OWN_SIZES: Readonly<Record<string, number>> = { v6: 200, v4: 202 };

function counts(
  accuracyIn: (label: number) => number,
  perClass = PER_CLASS,
): Counts {
  const classes = Array.from({ length: CLASSES }, (_, label) => label);
  return {
    correct: classes.map((label) => Math.round(perClass * accuracyIn(label))),
    total: classes.map(() => perClass),
  };
}

/** What an evaluation would say of made-up networks. */
function evaluationOf(
  { stage }: Node,
  planted: Planted,
  name = (stage.args as { readonly name: string }).name,
): Evaluation {
  const { seed, networks, sets } = stage.args as {
    readonly seed: number;
    readonly networks: unknown;
    readonly sets: Readonly<Record<string, unknown>>;
  };
  const [setting = ""] =
    /(?<=^evaluate(?:Refitted)?\/)(plain|(tint|label|corner|frame|typeface)-[\d.]+)(?=-)/
      .exec(
        stage.name,
      ) ?? [];
  assert.notEqual(setting, "", stage.name);
  // The checkpoints of a run, of fine-tuning or from scratch, or the finished network alone.
  const epochs = !isRef(networks)
    ? [undefined]
    : stage.name.endsWith("-on-the-way")
    ? [1, 2, 4, 8]
    : [3, 4, 6, 8];
  const isMinority = minorityClasses(CLASSES, SEED);
  return madeUp({
    name,
    seed,
    classes: Array.from({ length: CLASSES }, (_, label) => String(label)),
    networks: epochs.map((epoch) => {
      const network = { setting, name, seed, epoch };
      const { forward, inverse } = scales.probit;
      const level = forward(planted.reference(network));
      return {
        ...(epoch === undefined ? {} : { epoch }),
        sets: Object.fromEntries(
          Object.keys(sets).map((set) => {
            const gain = planted.gain(network, set);
            const accuracy = inverse(level - (DROPS[set] ?? NaN)) + gain;
            return [
              set,
              counts(
                (label) =>
                  setting.startsWith("label-") && isMinority[label]
                    // Rare in training: harder.
                    ? inverse(level - 0.7)
                    : accuracy,
                OWN_SIZES[set],
              ),
            ];
          }),
        ),
      };
    }),
  });
}

/** What evaluations would say of a made-up network with its last layer refitted. */
function refittedOf(node: Node, planted: Planted): Record<string, Evaluation> {
  const { name } = node.stage.args as { readonly name: string };
  return Object.fromEntries(
    REFITS.map((refit) =>
      [refit, evaluationOf(node, planted, `${name}, ${refit}`)] as const
    ),
  );
}

/** What the groups of made-up images would be, which lie class by class. */
function groupsOf({ stage }: Node): Groups {
  const { by } = stage.args as { readonly by: GroupedBy };
  return groupedBy(
    by.kind === "class and own tint" ? { p: by.draw.p } : "class",
  );
}

/** The same of made-up digits in typefaces. */
function linkedGroups({ stage }: Node): Groups {
  return groupedBy(stage.args as { readonly p: number });
}

/** Groups by class, or by class and whether it has its own attribute. */
function groupedBy(by: "class" | { readonly p: number }): Groups {
  const label = (i: number) => Math.floor(i / PER_CLASS);
  const length = CLASSES * PER_CLASS;
  if (by === "class") {
    return {
      names: Array.from({ length: CLASSES }, (_, i) => `class ${i}`),
      of: Int32Array.from({ length }, (_, i) => label(i)),
    };
  }
  return {
    names: Array.from({ length: 2 * CLASSES }, (_, i) => `group ${i}`),
    of: Int32Array.from(
      { length },
      (_, i) => 2 * label(i) + (by.p === 1 ? 0 : 1),
    ),
  };
}

/** Stages that would need images or a device, and what stands in for a field of their result: the only one is `value`. */
const STAND_INS: Readonly<
  Record<
    string,
    (node: Node, planted: Planted) => Readonly<Record<string, unknown>>
  >
> = {
  evaluate: (node, planted) => ({ value: evaluationOf(node, planted) }),
  evaluateRefitted: refittedOf,
  groupImages: (node) => ({ value: groupsOf(node) }),
  drawLinkedDigits: (node) => ({ byOwnStyle: linkedGroups(node) }),
  countEligible: () => ({ fewest: 105, most: 134 }),
  countParameters: () => ({ value: 75_274 }),
  drawContactSheet: () => ({ value: png() }),
  loadCifar101: () => ({ digest: "0".repeat(64) }),
};
const NEVER_READ = [
  "fetchSource",
  "loadDrawings",
  "loadSubsets",
  "loadTypesetDigits",
  "shrinkImages",
  "takeOfEachClass",
];

/** What is read of stages whose result has several fields. */
const READ: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  drawExamples: { png: png() },
  refitLastLayer: {
    facts: {
      published: { c: 1, candidates: [{ c: 1, worst: 0 }], perGroup: 10 },
      disagreement: { chosen: 0.5, all: 0.2 },
    },
  },
  train: { history: [{ epoch: 1, loss: 2.1, learningRate: 0.01 }] },
};

/** The report that an experiment makes of made-up networks. */
export async function plantedReport(
  { name, profile, planted, failure }: {
    readonly name: string;
    readonly profile: ProfileName;
    readonly planted: Planted;
    /** Why nothing is there that may be missing; all is there where left out. */
    readonly failure?: ValueFailure;
  },
): Promise<Report> {
  const output = pipelineOf(name).build(profile);
  const graph = graphOf(output);
  const results = new Map<Stage, Readonly<Record<string, unknown>>>();
  const resolve = (value: unknown): unknown =>
    mapLeaves(withCalls(value), (leaf) => {
      if (isOrElse(leaf)) {
        const { value, otherwise } = branchesOf(leaf);
        return resolve(failure === undefined ? value : otherwise(failure));
      }
      if (!isRef(leaf)) return leaf;
      const { stage, field } = targetOf(leaf);
      return results.get(graph.node(stage).stage)?.[field];
    });
  for (const node of graph.nodes) {
    const { stage } = node;
    const { task } = stage;
    if (NEVER_READ.includes(task.name)) {
      results.set(stage, {});
      continue;
    }
    const read = READ[task.name];
    if (read !== undefined) {
      results.set(stage, read);
      continue;
    }
    const standIn = STAND_INS[task.name];
    const result = standIn === undefined
      ? await runMadeUp(node, resolve)
      : standIn(node, planted);
    results.set(
      stage,
      Object.fromEntries(
        Object.entries(task.codecs).map(([field, codec]) => [
          field,
          // A choice hands on weights, which made-up networks do not have; nobody reads made-up images.
          result[field] === undefined
            ? undefined
            : codec.decode(codec.encode(result[field])),
        ]),
      ),
    );
  }
  const report = resolve(output) as Report;
  assert.equal(report.id, name);
  return report;
}

/** What a stage makes of what was made up. */
async function runMadeUp(
  { stage: { name, task, args } }: Node,
  resolve: (value: unknown) => unknown,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const context = contextOnCpu();
    return await task.run(
      await callMaker()(resolve(args), { context, given: new Set() }),
      context,
    );
  } catch (cause) {
    throw new Error(
      `Cannot run stage "${name}" with made-up networks: if it reads images or weights, say in tests/pipelines/shared/synthetic/planted.ts what stands in for its result`,
      { cause },
    );
  }
}
