/**
 * Whether the sets differ only in how often they have what both have: then
 * reference examples that are drawn as often as their like is among the shifted
 * ones cannot be told from these.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import { takeExamples } from "../../data/asked/take_examples.ts";
import { stream } from "../../engine/define/random.ts";
import type { FoundRedrawn } from "../../stats/asked/ask_findings_schemas.ts";
import { wilsonEnd } from "../../stats/asked/bounded_share.ts";
import { meanOf, placeboSplits } from "../../stats/asked/placebo_splits.ts";
import { BOUNDS, CLASS_SPLITS } from "../../stats/asked/rule_bounds.ts";
import { criticalValue } from "../../stats/intervals/quantile.ts";
import { crossCalibrate } from "../../stats/splits/cross_calibration.ts";
import { EPSILON } from "../../stats/splits/density_ratio.ts";
import { areaBeside, ridgeOf } from "./area_beside.ts";
import { secondOrder } from "./second_order.ts";

/** So many times as frequent among the shifted examples as in the reference set is the most that an example counts. */
const MOST = 1 / EPSILON;

/** Examples with labels, and what tells them apart. */
export interface RedrawOptions {
  /** Higher for shifted examples, by classifiers that class frequencies teach nothing: [n]. */
  readonly scores: Float64Array;
  /** 1 for shifted examples, 0 for others: [n]. */
  readonly shifted: Uint8Array;
  readonly folds: Uint8Array;
  /** Class of each example: [n]. */
  readonly strata: Int32Array;
  readonly groups: readonly string[] | null;
  /** How many examples, or groups of them, the set has that has fewer. */
  readonly units: number;
  readonly seed: number;
}

/**
 * Draws reference examples, each with a chance in proportion to how much more
 * frequent the likes of it are among the shifted examples, by the scores'
 * isotonic curve on the other folds; and looks at what still tells them apart,
 * in features or in how these spread. Nothing is looked at where more shifted
 * examples than a rule allows may have too few likes to be drawn, or where too
 * few examples are drawn.
 */
export function redraw(
  all: AskedSet,
  { scores, shifted, folds, strata, groups, units, seed }: RedrawOptions,
): FoundRedrawn {
  const ratios = ratiosOf(scores, { shifted, folds });
  const rows = Array.from(shifted.keys());
  const ofShifted = rows.filter((i) => shifted[i] === 1);
  const ofReference = rows.filter((i) => shifted[i] === 0);
  const ratioOf = (i: number) => ratios[i] as number;
  const share = ofShifted.filter((i) => ratioOf(i) >= MOST).length /
    ofShifted.length;
  const high = wilsonEnd(share, { n: units, z: criticalValue(0.9, Infinity) });
  const random = stream(seed, "asked", "redrawn");
  const most = ofReference.reduce((most, i) => Math.max(most, ratioOf(i)), 0);
  const drawn = ofReference.filter((i) => random.uniform() * most < ratioOf(i));
  const found = { lacking: { share, high }, drawn: drawn.length, left: null };
  if (high > 1 - BOUNDS.reached || drawn.length < BOUNDS.examples) return found;
  const kept = [...drawn, ...ofShifted];
  const of = <T>(values: ArrayLike<T>) => kept.map((i) => values[i] as T);
  const own = {
    shifted: Uint8Array.from(of(shifted)),
    strata: Int32Array.from(of(strata)),
    groups: groups === null ? null : of(groups),
  };
  const given = Object.values(takeExamples(all, kept).features);
  const features = [...given, secondOrder(given, own.strata)];
  const { area } = areaBeside(
    ridgeOf(features, {
      folds: Uint8Array.from(of(folds)),
      strata: own.strata,
    }),
    {
      ...own,
      splits: placeboSplits(own, {
        count: CLASS_SPLITS,
        draw: (n) => random.permutation(n),
      }),
      units,
      grouped: groups !== null,
    },
  );
  return { ...found, left: area };
}

/** How many times as frequent the likes of each example are among the shifted examples as in the reference set. */
function ratiosOf(
  scores: Float64Array,
  { shifted, folds }: Pick<RedrawOptions, "shifted" | "folds">,
): Float64Array {
  const share = meanOf(shifted);
  return crossCalibrate(
    { scores, positive: Array.from(shifted, (is) => is === 1), folds },
    "isotonic",
  ).map((p) => Math.min(MOST, p / (1 - p) * (1 - share) / share));
}
