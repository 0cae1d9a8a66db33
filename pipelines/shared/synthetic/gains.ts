/**
 * Effective robustness under one shift: two lines of baselines, and what each
 * kind of pre-training gains over each of them.
 *
 * @module
 */
import type { Ref } from "../../../engine/define/ref.ts";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import type { Mixture } from "../../../shifts/mixture.ts";
import { compareGroups } from "../../../tasks/lines/compare_groups.ts";
import { compareLines } from "../../../tasks/lines/compare_lines.ts";
import { fitLine } from "../../../tasks/lines/fit_line.ts";
import { measureRobustness } from "../../../tasks/lines/measure_robustness.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { chosenRun, fineTuned, type Method } from "./fine_tuned.ts";
import {
  type Baselines,
  baselinesOf,
  evaluateTrained,
  type Pretraining,
} from "./networks.ts";
import { LEVEL, type Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

const METHODS = ["FT", "LP-FT"] as const satisfies readonly Method[];

/** The fine-tuned networks of one kind in one setting, evaluated, by method. */
export type FineTuned = Readonly<Record<Method, readonly Ref<Evaluation>[]>>;

/** All networks of a setting, evaluated. */
export interface Networks {
  readonly baselines: Baselines;
  readonly photo: FineTuned;
  readonly narrow: FineTuned;
  /** The learning rate that was chosen. */
  readonly chosen: ReturnType<typeof chosenRun>;
}

/** Trains, fine-tunes and evaluates every network of a setting. */
export function networksOf(setting: Setting, scale: Scale): Networks {
  const chosen = chosenRun(setting, { scale, kind: "photo" });
  const { fineTuning } = scale;
  const run = (kind: Pretraining, method: Method, seed: number) =>
    evaluateTrained(
      fineTuned(setting, { scale, kind, method, seed, chosen }),
      { setting, scale },
    );
  const all = (kind: Pretraining): FineTuned => ({
    FT: fineTuning.seeds.map((seed) => run(kind, "FT", seed)),
    "LP-FT": fineTuning.probedSeeds[kind].map((seed) =>
      run(kind, "LP-FT", seed)
    ),
  });
  return {
    baselines: baselinesOf(setting, scale),
    photo: all("photo"),
    narrow: all("narrow"),
    chosen,
  };
}

/** Name of a line of baselines. */
export type LineName = keyof Baselines;

/** What a kind of pre-training gains over one line. */
export type Gain = ReturnType<typeof measureRobustness>;

/** The gain of the networks that were fine-tuned by one method. */
export interface MethodGain {
  readonly method: Method;
  readonly gain: Gain;
}

/** One line and the gains over it. */
export interface GainsOverLine {
  readonly fit: ReturnType<typeof fitLine>;
  readonly photo: Gain;
  readonly narrow: Gain;
  /** Gains by kind of pre-training and method of fine-tuning. */
  readonly methods: Readonly<Record<Pretraining, readonly MethodGain[]>>;
  /** The gain of photo minus that of narrow, both fine-tuned as a whole. */
  readonly difference: ReturnType<typeof compareGroups>;
}

/** Points of networks, one array a run. */
export type PointsByRun = ReturnType<typeof placePoints>;

/** The gains over both lines. */
export interface Gains extends Readonly<Record<LineName, GainsOverLine>> {
  /** Part of the names of its stages. */
  readonly label: string;
  /** What the line of checkpoints predicts above the other one where the photo networks are. */
  readonly lines: ReturnType<typeof compareLines>;
  /** The fine-tuned networks, one array each. */
  readonly points: Readonly<Record<Pretraining, PointsByRun>>;
}

/** The lines through some baselines under a shift. */
export function linesUnder(
  distributions: Mixture<string>,
  { baselines, label }: {
    readonly baselines: Baselines;
    readonly label: string;
  },
): Readonly<Record<LineName, ReturnType<typeof fitLine>>> {
  const through = (name: LineName) =>
    fitLine({
      points: placePoints(
        { evaluations: baselines[name], distributions },
        `${label}-${name}`,
      ),
      scale: "probit",
      extremes: { kind: "clip" },
    }, `${label}-${name}`);
  return { checkpoints: through("checkpoints"), sizes: through("sizes") };
}

/**
 * The gains under a shift.
 *
 * @param networks evaluated on the sets that the distributions mix
 */
export function gainsUnder(
  distributions: Mixture<string>,
  { networks, label }: { readonly networks: Networks; readonly label: string },
): Gains {
  const placed = (evaluations: readonly Ref<Evaluation>[], name: string) =>
    placePoints({ evaluations, distributions }, `${label}-${name}`);
  const by = (kind: Pretraining, method: Method) =>
    placed(networks[kind][method], `${kind}-${method}`);
  const all = (kind: Pretraining) =>
    placed(METHODS.flatMap((method) => networks[kind][method]), kind);
  const points = { photo: all("photo"), narrow: all("narrow") };
  const { baselines } = networks;
  const fits = linesUnder(distributions, { baselines, label });
  const over = (name: LineName): GainsOverLine => {
    const fit = fits[name];
    const { line } = fit;
    const gain = (points: PointsByRun, what: string) =>
      measureRobustness(
        { line, level: LEVEL, points },
        `${label}-${what}-${name}`,
      );
    const methodsOf = (kind: Pretraining) =>
      METHODS.filter((method) => networks[kind][method].length > 0)
        .map((method) => ({
          method,
          gain: gain(by(kind, method), `${kind}-${method}`),
        }));
    return {
      fit,
      photo: gain(points.photo, "photo"),
      narrow: gain(points.narrow, "narrow"),
      methods: { photo: methodsOf("photo"), narrow: methodsOf("narrow") },
      difference: compareGroups({
        line,
        level: LEVEL,
        a: by("photo", "FT"),
        b: by("narrow", "FT"),
      }, `${label}-${name}`),
    };
  };
  const [checkpoints, sizes] = [over("checkpoints"), over("sizes")];
  const lines = compareLines({
    first: checkpoints.fit.line,
    second: sizes.fit.line,
    points: points.photo,
    level: LEVEL,
  }, label);
  return { label, checkpoints, sizes, lines, points };
}
