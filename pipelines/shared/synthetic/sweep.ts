/**
 * Parts of a sweep: effective robustness at one value of a parameter.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { SweepEstimate } from "../../../reports/value/sweep_figure.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { fitLine } from "../../../tasks/lines/fit_line.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { fineTune, fineTuned, type Rate } from "./fine_tuned.ts";
import { type Gain, gainOver, type LineUnder } from "./gains.ts";
import {
  checkpointBaselines,
  evaluateTrained,
  pretrained,
  type Pretraining,
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
  /** Undefined where no networks are pre-trained on narrow data. */
  readonly narrow: Gain | undefined;
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
  { scale, kind, seed }: {
    readonly scale: SweptScale;
    readonly kind: Pretraining;
    readonly seed: number;
  },
): Trained {
  if (isUsual) return fineTuned(setting, { scale, kind, method: "FT", seed });
  const { final } = fineTune(setting, {
    scale,
    from: pretrained(kind, { scale, seed }),
    label: kind,
    seed,
    change: { learningRate },
  });
  return {
    name: `${kind}, FT`,
    seed,
    label: `${setting.name}-${kind}-${seed}`,
    networks: { final },
  };
}

/** Effective robustness of both kinds of pre-training over the line of checkpoints. */
export function gainsAt(step: Step, scale: SweptScale): StepGains {
  const { at, setting, distributions, isUsual } = step;
  const { scratchRuns, networks } = scale.sweep;
  const baselines = checkpointBaselines(setting, {
    scale,
    seeds: setting.scratch.seeds.slice(0, isUsual ? undefined : scratchRuns),
  });
  const fit = fitLine({
    points: placePoints(
      { evaluations: baselines, distributions },
      `${setting.name}-checkpoints`,
    ),
    scale: "probit",
    extremes: { kind: "clip" },
  }, setting.name);
  const under = { distributions, fit, baselines };
  const tuned = (kind: Pretraining) =>
    scale.pretraining.seeds[kind].slice(0, networks[kind]).map((seed) =>
      evaluateTrained(tunedAt(step, { scale, kind, seed }), { setting, scale })
    );
  const gain = (kind: Pretraining) =>
    gainOver(under, {
      networks: tuned(kind),
      label: `${setting.name}-swept-${kind}`,
      line: "checkpoints",
    });
  const photo = tuned("photo");
  return {
    at,
    under,
    photo: gain("photo"),
    narrow: networks.narrow === 0 ? undefined : gain("narrow"),
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

/** Every kind of pre-training that there is at one value, as a sweep figure shows them. */
export function estimatesAt(
  { at, under: { fit: { line } }, photo, narrow }: StepGains,
): readonly Lazy<SweepEstimate>[] {
  const baselines = "checkpoints";
  return [{ group: "photo", gain: photo }, { group: "narrow", gain: narrow }]
    .flatMap(({ group, gain }) =>
      gain === undefined
        ? []
        : [{ at, group, baselines, line, mean: gain.mean, points: gain.points }]
    );
}
