/** Reference values made by tests/stats/data/make_straightness_values.py. */
import { readFileSync } from "node:fs";
import type { PointGroup } from "../../stats/lines/left_out_groups.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { ScaleName } from "../../stats/lines/scale.ts";

type Pair = readonly [reference: number, shifted: number];
type Gains = Readonly<Record<"photo" | "narrow" | "difference", number>>;

interface StraightnessValues {
  readonly tails: readonly (readonly [
    f: number,
    first: number,
    second: number,
    p: number,
  ])[];
  readonly sizes: Readonly<Record<string, readonly Pair[]>>;
  readonly networks: Readonly<Record<"photo" | "narrow", readonly Pair[]>>;
  readonly heights: Readonly<Record<string, number>>;
  readonly f: number;
  readonly p: number;
  /** Share of the intervals that hold the truth, of a straight line and of sizes that differ as these do. */
  readonly coverage: Readonly<Record<"straight" | "bent", number>>;
  readonly whole: Gains;
  readonly without: Readonly<Record<string, Gains>>;
  /** The parabola instead of the line: F and p of its added term, and gains over it. */
  readonly parabola: {
    readonly f: number;
    readonly p: number;
    readonly gains: Gains;
  };
  /** Gains over lines on each scale. */
  readonly onScale: Readonly<Record<ScaleName, Gains>>;
  /** The photo networks under the flip minus under the label shift, each over its line, and over other forms of both. */
  readonly contrast: {
    readonly sizes: Readonly<Record<string, readonly Pair[]>>;
    readonly photo: readonly Pair[];
    readonly whole: number;
    readonly without: Readonly<Record<string, number>>;
    readonly parabola: number;
    readonly onScale: Readonly<Record<ScaleName, number>>;
  };
}

export const values: StraightnessValues = JSON.parse(
  readFileSync(new URL("./data/straightness.json", import.meta.url), "utf8"),
);

function pointsOf(model: string, pairs: readonly Pair[]): readonly Point[] {
  return pairs.map(([reference, shifted], seed) => ({
    model,
    reference,
    shifted,
    seed,
  }));
}

function groupsOf(
  sizes: Readonly<Record<string, readonly Pair[]>>,
): readonly PointGroup[] {
  return Object.entries(sizes).map(([name, pairs]) => ({
    name,
    points: pointsOf(`scratch on ${name} images`, pairs),
  }));
}

/** The finished networks under the flip, by the number of images. */
export const sizes: readonly PointGroup[] = groupsOf(values.sizes);

/** Those under the label shift. */
export const labelSizes: readonly PointGroup[] = groupsOf(
  values.contrast.sizes,
);

export const photo: readonly Point[] = pointsOf("photo", values.networks.photo);
export const narrow: readonly Point[] = pointsOf(
  "narrow",
  values.networks.narrow,
);

/** The photo networks under the label shift. */
export const labelPhoto: readonly Point[] = pointsOf(
  "photo",
  values.contrast.photo,
);
