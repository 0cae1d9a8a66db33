/** Reference values made by tests/stats/data/make_straightness_values.py. */
import { readFileSync } from "node:fs";
import type { PointGroup } from "../../stats/lines/left_out_groups.ts";
import type { Point } from "../../stats/lines/point.ts";

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

/** The finished networks under the flip, by the number of images. */
export const sizes: readonly PointGroup[] = Object.entries(values.sizes).map((
  [name, pairs],
) => ({ name, points: pointsOf(`scratch on ${name} images`, pairs) }));

export const photo: readonly Point[] = pointsOf("photo", values.networks.photo);
export const narrow: readonly Point[] = pointsOf(
  "narrow",
  values.networks.narrow,
);
