/**
 * Parts of a sweep: effective robustness at one value of a parameter.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { SweepEstimate } from "../../../reports/value/sweep_figure.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { fineTune, fineTuned, type Rate } from "./fine_tuned.ts";
import { type Gain, gainOver, lineThrough, type LineUnder } from "./gains.ts";
import {
  checkpointBaselines,
  evaluateTrained,
  pretrained,
  type Trained,
} from "./networks.ts";
import type { SweptScale } from "./scale.ts";
import type { Setting } from "./setting.ts";

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
  readonly compared: {
    readonly line: LineUnder["fit"]["line"];
    readonly points: ReturnType<typeof placePoints>;
    readonly judged: {
      readonly baselines: LineUnder["baselines"];
      readonly networks: LineUnder["baselines"];
      readonly distributions: Mixture<string>;
    };
  };
}

/** A fine-tuned network at one value: with the usual seeds, so that values compare network by network. */
function tunedAt(
  { setting, learningRate, isUsual }: Step,
  { scale, seed }: { readonly scale: SweptScale; readonly seed: number },
): Trained {
  if (isUsual) {
    return fineTuned(setting, { scale, kind: "photo", method: "FT", seed });
  }
  const { final } = fineTune(setting, {
    scale,
    from: pretrained("photo", { scale, seed }),
    label: "photo",
    seed,
    change: { learningRate },
  });
  return {
    name: "photo, FT",
    seed,
    label: `${setting.name}-photo-${seed}`,
    networks: { final },
  };
}

/** Effective robustness of photo networks over the line of checkpoints. */
export function gainsAt(step: Step, scale: SweptScale): StepGains {
  const { at, setting, distributions, isUsual } = step;
  const { scratchRuns, networks } = scale.sweep;
  const baselines = checkpointBaselines(setting, {
    scale,
    seeds: setting.scratch.seeds.slice(0, isUsual ? undefined : scratchRuns),
  });
  const fit = lineThrough(
    baselines,
    distributions,
    `${setting.name}-checkpoints`,
  );
  const under = { distributions, fit, baselines };
  const photo = scale.pretraining.seeds.photo.slice(0, networks).map((seed) =>
    evaluateTrained(tunedAt(step, { scale, seed }), { setting, scale })
  );
  return {
    at,
    under,
    photo: gainOver(under, {
      networks: photo,
      label: `${setting.name}-swept-photo`,
      line: "checkpoints",
    }),
    compared: {
      line: fit.line,
      points: placePoints(
        { evaluations: photo, distributions },
        `${setting.name}-swept-photo`,
      ),
      judged: { baselines, networks: photo, distributions },
    },
  };
}

/** The photo networks at one value, as a sweep figure shows them. */
export function estimateAt(
  { at, under: { fit: { line } }, photo: { mean, points } }: StepGains,
): Lazy<SweepEstimate> {
  return { at, group: "photo", baselines: "checkpoints", line, mean, points };
}
