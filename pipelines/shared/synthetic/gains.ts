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
import { compareShifts } from "../../../tasks/lines/compare_shifts.ts";
import { fitLine } from "../../../tasks/lines/fit_line.ts";
import { measureRobustness } from "../../../tasks/lines/measure_robustness.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import {
  evaluateTuned,
  type FineTunedOptions,
  learningRateIn,
  type Method,
  type Rate,
} from "./fine_tuned.ts";
import { type Baselines, baselinesOf, type Pretraining } from "./networks.ts";
import { LEVEL, type Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

const METHODS = ["FT", "LP-FT"] as const satisfies readonly Method[];

/** All networks of a setting, evaluated: the fine-tuned ones by kind and method. */
export interface SettingNetworks extends
  Record<
    Pretraining,
    Readonly<Record<Method, readonly Ref<Evaluation>[]>>
  > {
  readonly baselines: Baselines;
  /** With which learning rate they were fine-tuned. */
  readonly learningRate: Rate;
}

/** Trains, fine-tunes and evaluates every network of a setting. */
export function networksOf(setting: Setting, scale: Scale): SettingNetworks {
  const { photo, narrow } = scale.pretraining.seeds;
  const tuned = (how: Omit<FineTunedOptions, "scale">) =>
    evaluateTuned(setting, { ...how, scale });
  return {
    baselines: baselinesOf(setting, scale),
    photo: {
      FT: photo.map((seed) => tuned({ kind: "photo", method: "FT", seed })),
      "LP-FT": photo.slice(0, scale.fineTuning.probed)
        .map((seed) => tuned({ kind: "photo", method: "LP-FT", seed })),
    },
    narrow: {
      FT: narrow.map((seed) => tuned({ kind: "narrow", method: "FT", seed })),
      "LP-FT": [],
    },
    learningRate: learningRateIn(setting, scale),
  };
}

/** Name of a line of baselines. */
export type LineName = keyof Baselines;

/** The two lines, first that of finished networks, which reaches further: answers quote it. */
export const LINES = [
  "sizes",
  "checkpoints",
] as const satisfies readonly LineName[];

/** Something of each line. */
export type ByLine<T> = Readonly<Record<LineName, T>>;

/** What is made for each line. */
export function byLine<T>(of: (line: LineName) => T): ByLine<T> {
  return { checkpoints: of("checkpoints"), sizes: of("sizes") };
}

/** What a kind of pre-training gains over one line. */
export type Gain = ReturnType<typeof measureRobustness>;

/** One line and the gains over it. */
export interface GainsOverLine {
  readonly fit: ReturnType<typeof fitLine>;
  /** Of networks that were fine-tuned as a whole. */
  readonly photo: Gain;
  readonly narrow: Gain;
  /** Gains by kind of pre-training and method of fine-tuning. */
  readonly methods: Readonly<
    Record<
      Pretraining,
      readonly { readonly method: Method; readonly gain: Gain }[]
    >
  >;
  /** The gain of photo minus that of narrow. */
  readonly difference: ReturnType<typeof compareGroups>;
}

/** Points of networks, one array a run. */
export type PointsByRun = ReturnType<typeof placePoints>;

/** The gains over both lines. */
export interface Gains extends ByLine<GainsOverLine> {
  /** Part of the names of its stages. */
  readonly label: string;
  readonly distributions: Mixture<string>;
  readonly networks: SettingNetworks;
  readonly under: ByLine<LineUnder>;
  /** What the line of checkpoints predicts above the other one where the photo networks are. */
  readonly lines: ReturnType<typeof compareLines>;
  /** The networks that were fine-tuned as a whole, one array each. */
  readonly points: Readonly<Record<Pretraining, PointsByRun>>;
}

/** The lines through some baselines under a shift. */
export function linesUnder(
  distributions: Mixture<string>,
  { baselines, label }: {
    readonly baselines: Baselines;
    readonly label: string;
  },
): ByLine<LineUnder> {
  return byLine((name) => ({
    distributions,
    fit: lineThrough(baselines[name], distributions, `${label}-${name}`),
    baselines: baselines[name],
  }));
}

/** The line through the accuracies of some baselines, on probit axes. */
export function lineThrough(
  evaluations: readonly Ref<Evaluation>[],
  distributions: Mixture<string>,
  label: string,
): ReturnType<typeof fitLine> {
  return fitLine({
    points: placePoints({ evaluations, distributions }, label),
    scale: "probit",
    extremes: { kind: "clip" },
  }, label);
}

/** A line, and what it goes through. */
export interface LineUnder {
  readonly distributions: Mixture<string>;
  readonly fit: ReturnType<typeof fitLine>;
  readonly baselines: readonly Ref<Evaluation>[];
}

/** A line and networks over it, judged image by image with its baselines, as tasks take them. */
export interface NetworksOver {
  readonly line: LineUnder["fit"]["line"];
  readonly points: PointsByRun;
  readonly judged: Omit<LineUnder, "fit"> & {
    readonly networks: readonly Ref<Evaluation>[];
  };
}

/** Some networks over a line. */
export function networksOver(
  { distributions, fit, baselines }: LineUnder,
  networks: readonly Ref<Evaluation>[],
  label: string,
): NetworksOver {
  return {
    line: fit.line,
    points: placePoints({ evaluations: networks, distributions }, label),
    judged: { baselines, networks, distributions },
  };
}

/** What some networks gain over a line. */
export function gainOver(
  under: LineUnder,
  { networks, named, label, line }: {
    readonly networks: readonly Ref<Evaluation>[];
    /** What they are, in the plural, where they are not pre-trained. */
    readonly named?: string | undefined;
    /** Names the stages. */
    readonly label: string;
    /** Ends the name of what is measured over this line. */
    readonly line: string;
  },
): Gain {
  return measureRobustness({
    ...networksOver(under, networks, label),
    level: LEVEL,
    named,
  }, `${label}-${line}`);
}

/**
 * The gains under a shift.
 *
 * @param networks evaluated on the sets that the distributions mix
 */
export function gainsUnder(
  distributions: Mixture<string>,
  { networks, label }: {
    readonly networks: SettingNetworks;
    readonly label: string;
  },
): Gains {
  const named = (kind: Pretraining, method: Method) =>
    method === "FT" ? `${label}-${kind}` : `${label}-${kind}-${method}`;
  const placed = (kind: Pretraining) =>
    placePoints(
      { evaluations: networks[kind].FT, distributions },
      named(kind, "FT"),
    );
  const points = { photo: placed("photo"), narrow: placed("narrow") };
  const under = linesUnder(distributions, {
    baselines: networks.baselines,
    label,
  });
  const over = (line: LineName): GainsOverLine => {
    const { fit, baselines } = under[line];
    const gain = (kind: Pretraining, method: Method) =>
      gainOver(under[line], {
        networks: networks[kind][method],
        label: named(kind, method),
        line,
      });
    const methodsOf = (kind: Pretraining) =>
      METHODS.filter((method) => networks[kind][method].length > 0)
        .map((method) => ({ method, gain: gain(kind, method) }));
    return {
      fit,
      photo: gain("photo", "FT"),
      narrow: gain("narrow", "FT"),
      methods: { photo: methodsOf("photo"), narrow: methodsOf("narrow") },
      difference: compareGroups({
        line: fit.line,
        level: LEVEL,
        a: points.photo,
        b: points.narrow,
        judged: {
          baselines,
          a: networks.photo.FT,
          b: networks.narrow.FT,
          distributions,
        },
      }, `${label}-${line}`),
    };
  };
  const gains = byLine(over);
  const runs = byLine((line) =>
    placePoints(
      { evaluations: networks.baselines[line], distributions },
      `${label}-${line}`,
    )
  );
  const lines = compareLines({
    first: gains.checkpoints.fit.line,
    second: gains.sizes.fit.line,
    points: points.photo,
    level: LEVEL,
    runs: { first: runs.checkpoints, second: runs.sizes },
  }, label);
  return { label, distributions, networks, under, ...gains, lines, points };
}

/** What the photo networks gain out of support minus in support, paired by network. */
export function contrast(
  { outOfSupport, inSupport }: {
    readonly outOfSupport: Gains;
    readonly inSupport: Gains;
  },
  { line, label }: { readonly line: LineName; readonly label: string },
): ReturnType<typeof compareShifts> {
  const photo = ({ under, networks, label }: Gains) =>
    networksOver(under[line], networks.photo.FT, `${label}-photo`);
  return compareShifts({
    first: photo(outOfSupport),
    second: photo(inSupport),
    level: LEVEL,
  }, `${label}-${line}`);
}
