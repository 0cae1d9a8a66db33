/**
 * The interventions on networks of one setting: what is done to them, and how
 * they then do on its test sets.
 *
 * @module
 */
import type { Ref } from "../../engine/define/ref.ts";
import { type Refit, REFITS } from "../../models/interventions/refits.ts";
import type { Weights } from "../../models/model/weights.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { evaluateRefitted } from "../../tasks/interventions/evaluate_refitted.ts";
import { refitLastLayer } from "../../tasks/interventions/refit_last_layer.ts";
import { takeCheckpoint } from "../../tasks/training/take_checkpoint.ts";
import { evaluateTuned, fineTunedRun } from "../shared/synthetic/fine_tuned.ts";
import {
  baselinesOf,
  evaluateTrained,
  networkOf,
  scratchRun,
} from "../shared/synthetic/networks.ts";
import type { Setting } from "../shared/synthetic/setting.ts";
import type { Biased } from "./biased.ts";
import type { InterventionScale } from "./scale.ts";

/** What an intervention starts from: networks from scratch, fine-tuned photo networks, or those whose head was trained alone first; and narrow networks, the control for pre-training, on which none is tried. */
export const STARTS = ["scratch", "photo", "probed", "narrow"] as const;
/** One of them. */
export type Start = typeof STARTS[number];

/** The same as readers know them. */
export const START_TITLES: Readonly<Record<Start, string>> = {
  scratch: "from scratch",
  photo: "pre-trained",
  probed: "pre-trained, LP-FT",
  narrow: "narrow (control)",
};

/** Interventions on the images that a network is trained on; random tints are for the spurious tint alone. */
const RETRAINED = ["random tints", "balanced"] as const;

/** An intervention, or none. */
export type Intervention =
  | "none"
  | Refit
  | typeof RETRAINED[number];

/** Interventions as readers know them. */
export const INTERVENTION_TITLES: Readonly<Record<Intervention, string>> = {
  none: "no intervention",
  weighted: "last layer refitted, groups weighted alike",
  published: "last layer refitted on balanced subsets",
  disagreement: "last layer refitted without group labels",
  unbalanced: "last layer refitted, nothing balanced (control)",
  "random tints": "trained with random tints",
  balanced: "trained on balanced groups",
};

/** Networks by intervention, evaluated; those of one start are versions of the same in the same order. */
export type Intervened = Readonly<
  Partial<Record<Intervention, readonly Ref<Evaluation>[]>>
>;

/** Networks with every refit of their last layer, and without. */
export interface Refitted {
  readonly networks: Intervened;
  /** What was chosen for each of them. */
  readonly choices: readonly ReturnType<typeof refitLastLayer>["facts"][];
}

/** A finished network, and what it was early in its training. */
interface Run {
  readonly seed: number;
  readonly final: Ref<Weights>;
  readonly early: Ref<Weights>;
}

/** How pre-trained networks were fine-tuned. */
const TUNED = {
  photo: { kind: "photo", method: "FT" },
  probed: { kind: "photo", method: "LP-FT" },
  narrow: { kind: "narrow", method: "FT" },
} as const;

/** The trained networks of a setting that interventions start from. */
function runsOf(
  start: Start,
  { setting, scale, n }: {
    readonly setting: Setting;
    readonly scale: InterventionScale;
    readonly n: number;
  },
): readonly Run[] {
  const seeds = start === "scratch"
    ? setting.scratch.seeds
    : scale.pretraining.seeds[TUNED[start].kind];
  const checkpoints = start === "scratch"
    ? setting.scratch.checkpoints
    : scale.fineTuning.checkpoints;
  const most = start === "probed" ? Math.min(n, scale.fineTuning.probed) : n;
  return seeds.slice(0, most).map((seed) => {
    const { final, epochs } = start === "scratch"
      ? scratchRun(setting, { scale, seed })
      : fineTunedRun(setting, { ...TUNED[start], seed, scale });
    const early = takeCheckpoint({
      checkpoints: epochs,
      epoch: checkpoints[0] ?? 1,
    });
    return { seed, final, early };
  });
}

/** The networks of one start in a setting, with every intervention on their last layer, and without. */
export function refitted(
  start: Start,
  { biased, scale }: {
    readonly biased: Biased;
    readonly scale: InterventionScale;
  },
): Refitted {
  const { setting, refit, groups } = biased;
  const { networks: n, subsets, disagreeing } = scale.interventions;
  const runs = runsOf(start, { setting, scale, n });
  if (runs.length === 0) return { networks: {}, choices: [] };
  const none = start === "scratch"
    ? baselinesOf(setting, scale).sizes.slice(0, runs.length)
    : runs.map(({ seed }) =>
      evaluateTuned(setting, { ...TUNED[start], seed, scale })
    );
  if (start === "narrow") return { networks: { none }, choices: [] };
  const all = runs.map(({ seed, final, early }) => {
    const label = `${setting.name}-${start}-${seed}`;
    const network = { ...networkOf(scale), weights: final };
    const { facts, ...refitted } = refitLastLayer({
      ...network,
      early,
      images: refit,
      groups,
      seed,
      subsets,
      disagreeing,
    }, label);
    const evaluated = evaluateRefitted({
      ...network,
      name: start,
      seed,
      refitted,
      sets: setting.sets,
    }, label);
    return { evaluated, facts };
  });
  const networks: Intervened = {
    none,
    ...Object.fromEntries(
      REFITS.map((refit) => [
        refit,
        all.map(({ evaluated }) => evaluated[refit]),
      ]),
    ),
  };
  return { networks, choices: all.map(({ facts }) => facts) };
}

/** The networks of one start, trained on images without the bias. */
export function retrained(
  start: Start,
  { biased: { setting, unbiased }, scale }: {
    readonly biased: Biased;
    readonly scale: InterventionScale;
  },
): Intervened {
  return Object.fromEntries(
    RETRAINED.flatMap((name) => {
      const images = unbiased[name];
      if (images === undefined || start === "narrow") return [];
      const changed: Setting = {
        ...setting,
        name: `${setting.name}-${name.replaceAll(" ", "-")}`,
        reference: images,
        scratch: { ...setting.scratch, checkpoints: [] },
      };
      const n = scale.interventions.trained;
      const evaluated = runsOf(start, { setting: changed, scale, n })
        .map(({ seed, final }) =>
          evaluateTrained({
            name: `${start}, ${name}`,
            seed,
            label: `${changed.name}-${start}-${seed}`,
            networks: { final },
          }, { setting, scale })
        );
      return evaluated.length === 0 ? [] : [[name, evaluated]];
    }),
  );
}
