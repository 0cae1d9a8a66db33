/**
 * Parts of a sweep: effective robustness at one value of a parameter.
 *
 * @module
 */
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { SweepEstimate } from "../../../reports/value/sweep_figure.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { evaluateOwn, evaluateTuned, type Rate } from "./fine_tuned.ts";
import {
  type Gain,
  gainOver,
  lineThrough,
  type LineUnder,
  type NetworksOver,
  networksOver,
} from "./gains.ts";
import { checkpointsOf, evaluateTrained, pretrained } from "./networks.ts";
import type { SweptScale } from "./scale.ts";
import type { Setting } from "./setting.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";

/** One value of a parameter that changes the reference distribution. */
export interface Step {
  readonly at: number;
  readonly setting: Setting;
  readonly distributions: Mixture<string>;
  /** The learning rate in the setting of the usual value. */
  readonly learningRate: Rate;
  /** Whether this is the usual value, of which other experiments have all networks. */
  readonly isUsual: boolean;
}

/** The line and the gains at one value. */
export interface StepGains {
  readonly at: number;
  readonly under: LineUnder;
  readonly photo: Gain;
  /** The photo networks at this value, as a comparison of two values takes them. */
  readonly compared: NetworksOver;
}

/** A fine-tuned network at one value: with the usual seeds, so that values compare network by network. */
function tunedAt(
  { setting, learningRate, isUsual }: Step,
  { scale, seed }: { readonly scale: SweptScale; readonly seed: number },
): Ref<Evaluation> {
  return isUsual
    ? evaluateTuned(setting, { seed, scale })
    : evaluateOwn(setting, {
      scale,
      name: "photo, FT",
      from: pretrained("photo", { scale, seed }),
      label: "photo",
      seed,
      change: { learningRate },
    });
}

/** Effective robustness of photo networks over the line of checkpoints. */
export function gainsAt(step: Step, scale: SweptScale): StepGains {
  const { at, setting, distributions, isUsual } = step;
  const { scratchRuns, networks } = scale.sweep;
  const baselines = setting.scratch.seeds
    .slice(0, isUsual ? undefined : scratchRuns)
    .map((seed) =>
      evaluateTrained(checkpointsOf(setting, { scale, seed }), {
        setting,
        scale,
      })
    );
  const fit = lineThrough(
    baselines,
    distributions,
    `${setting.name}-checkpoints`,
  );
  const under = { distributions, fit, baselines };
  const photo = scale.pretraining.seeds.photo.slice(0, networks).map((seed) =>
    tunedAt(step, { scale, seed })
  );
  const label = `${setting.name}-swept-photo`;
  return {
    at,
    under,
    photo: gainOver(under, { networks: photo, label, line: "checkpoints" }),
    compared: networksOver(under, photo, label),
  };
}

/** The photo networks at one value, as a sweep figure shows them. */
export function estimateAt(
  { at, under: { fit: { line } }, photo: { mean, points } }: StepGains,
): Lazy<SweepEstimate> {
  return { at, group: "photo", baselines: "checkpoints", line, mean, points };
}
