/**
 * Parts of a sweep: effective robustness at one value of a parameter.
 *
 * @module
 */
import type { Lazy, Ref } from "../../engine/ref.ts";
import type { SweepEstimate } from "../../reports/figures/sweep_figure.ts";
import type { Evaluation } from "../../shifts/evaluation.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { fitLine } from "../../tasks/fit_line.ts";
import { measureRobustness } from "../../tasks/measure_robustness.ts";
import { placePoints } from "../../tasks/place_points.ts";
import { evaluateFineTuned, fineTune } from "./fine_tuned.ts";
import {
  checkpointBaselines,
  pretrained,
  type Pretraining,
} from "./networks.ts";
import { LEVEL, type Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** One value of a parameter that changes the reference distribution. */
export interface Step {
  readonly at: number;
  readonly setting: Setting;
  readonly distributions: Mixture<string>;
  /** Learning rate of fine-tuning. */
  readonly learningRate: Ref<number>;
}

/** The line and the gains at one value. */
export interface StepGains {
  readonly at: number;
  readonly line: ReturnType<typeof fitLine>["line"];
  readonly fit: ReturnType<typeof fitLine>;
  readonly points: Readonly<
    Record<Pretraining, ReturnType<typeof placePoints>>
  >;
  readonly gains: Readonly<
    Record<Pretraining, ReturnType<typeof measureRobustness>>
  >;
}

/** Effective robustness of both kinds of pre-training over the line of checkpoints. */
export function gainsAt(
  { at, setting, distributions, learningRate }: Step,
  scale: Scale,
): StepGains {
  const { scratchSeeds, fineTuningSeeds } = scale.sweep;
  const placed = (evaluations: readonly Ref<Evaluation>[], name: string) =>
    placePoints({ evaluations, distributions }, `${setting.name}-${name}`);
  const fit = fitLine({
    points: placed(
      checkpointBaselines(setting, { scale, seeds: scratchSeeds }),
      "checkpoints",
    ),
    scale: "probit",
    extremes: { kind: "clip" },
  }, setting.name);
  const { line } = fit;
  const pointsOf = (kind: Pretraining) =>
    placed(
      fineTuningSeeds.map((seed) =>
        evaluateFineTuned(
          fineTune(setting, {
            scale,
            from: pretrained(scale, kind),
            label: kind,
            seed,
            change: { learningRate },
          }),
          { setting, scale, name: `${kind}, FT`, label: kind, seed },
        )
      ),
      kind,
    );
  const points = { photo: pointsOf("photo"), narrow: pointsOf("narrow") };
  const gain = (kind: Pretraining) =>
    measureRobustness(
      { line, level: LEVEL, points: points[kind] },
      `${setting.name}-${kind}`,
    );
  return {
    at,
    line,
    fit,
    points,
    gains: { photo: gain("photo"), narrow: gain("narrow") },
  };
}

/** Both kinds of pre-training at one value, as a sweep figure shows them. */
export function estimatesAt(
  { at, line, gains }: StepGains,
): readonly Lazy<SweepEstimate>[] {
  return (["photo", "narrow"] as const).map((group) => ({
    at,
    group,
    baselines: "checkpoints",
    line,
    mean: gains[group].mean,
    points: gains[group].points,
  }));
}
