/**
 * Parts of a sweep: effective robustness at one value of a parameter.
 *
 * @module
 */
import type { Lazy, Ref } from "../../../engine/define/ref.ts";
import type { SweepEstimate } from "../../../reports/value/sweep_figure.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { fitLine } from "../../../tasks/lines/fit_line.ts";
import { measureRobustness } from "../../../tasks/lines/measure_robustness.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { type chosenRun, fineTune, fineTuned } from "./fine_tuned.ts";
import {
  checkpointBaselines,
  evaluateTrained,
  pretrained,
  type Pretraining,
  type Trained,
} from "./networks.ts";
import { LEVEL, type Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** One value of a parameter that changes the reference distribution. */
export interface Step {
  readonly at: number;
  readonly setting: Setting;
  readonly distributions: Mixture<string>;
  /** The run that chose the learning rate, in the setting of the usual value. */
  readonly chosen: ReturnType<typeof chosenRun>;
  /** Whether this is the usual value, of which other experiments have all networks. */
  readonly isUsual: boolean;
}

/** Networks of one kind at one value, and what they gain. */
export interface StepGroup {
  readonly points: ReturnType<typeof placePoints>;
  readonly gain: ReturnType<typeof measureRobustness>;
}

/** The line and the gains at one value. */
export interface StepGains {
  readonly at: number;
  readonly line: ReturnType<typeof fitLine>["line"];
  readonly fit: ReturnType<typeof fitLine>;
  readonly photo: StepGroup;
  /** Undefined where no networks are pre-trained on narrow data. */
  readonly narrow: StepGroup | undefined;
}

/** A fine-tuned network at one value: with the usual seeds, so that values compare network by network. */
function tunedAt(
  { setting, chosen, isUsual }: Step,
  { scale, kind, seed }: {
    readonly scale: Scale;
    readonly kind: Pretraining;
    readonly seed: number;
  },
): Trained {
  if (isUsual) {
    return fineTuned(setting, { scale, kind, method: "FT", seed, chosen });
  }
  const from = pretrained(scale, kind);
  const change = { learningRate: chosen.value };
  return {
    name: `${kind}, FT`,
    seed,
    label: `${setting.name}-${kind}-${seed}`,
    networks: {
      final: fineTune(setting, { scale, from, label: kind, seed, change }),
    },
  };
}

/** Effective robustness of both kinds of pre-training over the line of checkpoints. */
export function gainsAt(step: Step, scale: Scale): StepGains {
  const { at, setting, distributions, isUsual } = step;
  const { scratchRuns, narrowSeeds } = scale.sweep;
  const placed = (evaluations: readonly Ref<Evaluation>[], name: string) =>
    placePoints({ evaluations, distributions }, `${setting.name}-${name}`);
  const seeds = setting.scratch.seeds
    .slice(0, isUsual ? undefined : scratchRuns);
  const fit = fitLine({
    points: placed(
      checkpointBaselines(setting, { scale, seeds }),
      "checkpoints",
    ),
    scale: "probit",
    extremes: { kind: "clip" },
  }, setting.name);
  const { line } = fit;
  const group = (kind: Pretraining, seeds: readonly number[]): StepGroup => {
    const points = placed(
      seeds.map((seed) =>
        evaluateTrained(tunedAt(step, { scale, kind, seed }), {
          setting,
          scale,
        })
      ),
      kind,
    );
    const gain = measureRobustness(
      { line, level: LEVEL, points },
      `${setting.name}-${kind}`,
    );
    return { points, gain };
  };
  const usual = scale.fineTuning.seeds;
  const narrow = isUsual ? usual : narrowSeeds;
  return {
    at,
    line,
    fit,
    photo: group("photo", usual),
    narrow: narrow.length === 0 ? undefined : group("narrow", narrow),
  };
}

/** Every kind of pre-training that there is at one value, as a sweep figure shows them. */
export function estimatesAt(
  { at, line, photo, narrow }: StepGains,
): readonly Lazy<SweepEstimate>[] {
  const groups = [{ group: "photo", ...photo }, {
    group: "narrow",
    ...narrow,
  }];
  return groups.flatMap(({ group, points, gain }) =>
    points === undefined || gain === undefined ? [] : [{
      at,
      group,
      baselines: "checkpoints",
      line,
      mean: gain.mean,
      points: gain.points,
    }]
  );
}
