import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { listed } from "../../engine/define/listed.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Sensitivity } from "../../reports/value/claim.ts";
import {
  formatNumber,
  formatQuantity,
  type Unit,
} from "../../reports/value/quantity.ts";
import {
  type Corrections,
  correctionsOf,
  judgesOf,
} from "../../shifts/measure/corrections.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";
import {
  type EvaluatedTrials,
  jackknifed,
  trialsOn,
} from "./correction_trials.ts";

/** Evaluations of networks, and how sure to be. */
export interface VaryJudgesArgs extends EvaluatedTrials {
  /** Confidence level of the intervals. */
  readonly level: number;
}

/** From the lowest to the highest estimate. */
const moved = json<Sensitivity>(
  z.strictObject({ low: z.number(), high: z.number(), over: z.string() }),
);
const words = json(z.string());

/**
 * How far estimates move with the number of judges, networks from scratch, that
 * must get an example wrong for it to be often wrong: from half of them, by
 * which `compareCorrections` tells, to all.
 */
export const varyJudges = defineTask({
  module: import.meta.url,
  name: "varyJudges",
  result: {
    /** Overlap minus that of two networks from scratch. */
    overlap: moved,
    /** With more judges than half of them: "−0.6 (−2.9 to +1.7) with 6, +1.7 (−0.4 to +3.8) with 7". */
    overlapWords: words,
    /** The same without intervals: "−0.6, +1.7". */
    overlapValues: words,
    /** Where the intervals lie: "below zero with 5, around it with 6, above it with 7 and 8". */
    overlapSides: words,
    /** From the lowest to the highest: "−2.95 to +4.86 points". */
    overlapRange: words,
    /** Of what the intervention corrects alone, the share that it corrects together with pre-training. */
    kept: moved,
    keptWords: words,
    keptSides: words,
    /** Number of judges. */
    judges: words,
  },
  run({ level, ...evaluated }: VaryJudgesArgs) {
    const trials = trialsOn(evaluated);
    const judges = judgesOf(trials);
    const half = Math.ceil(judges / 2);
    const byLeast = Array.from(
      { length: judges - half + 1 },
      (_, more) => ({
        least: half + more,
        corrections: correctionsOf(trials, { least: half + more }),
      }),
    );
    const byJudges = (
      share: (found: Corrections) => number,
      { unit, bound, lowest = 0 }: {
        readonly unit: Unit;
        readonly bound: Bound;
        readonly lowest?: number;
      },
    ) => {
      const found = byLeast.map(({ least, corrections }) => ({
        least,
        ...jackknifed(share, { trials, corrections, level, least: lowest }),
      }));
      const estimates = found.map(({ value }) => value);
      const [low, high] = [smallest(estimates), largest(estimates)];
      const others = found.slice(1);
      const number = (value: number) =>
        formatNumber({ value, unit, digits: 1 });
      return {
        moved: {
          low,
          high,
          over:
            `over how many of the ${judges} judges must be wrong (${half} to ${judges})`,
        },
        words: others.map(({ least, value, low, high }) =>
          `${number(value)} (${number(low)} to ${number(high)}) with ${least}`
        ).join(", "),
        values: others.map(({ value }) => number(value)).join(", "),
        sides: sidesOf(found, bound),
        range: `${formatNumber({ value: low, unit })} to ${
          formatQuantity({ value: high, unit })
        }`,
      };
    };
    const overlap = byJudges(({ jaccard, alike }) => jaccard - alike.jaccard, {
      unit: "points",
      bound: { at: 0, name: "zero" },
      lowest: -1,
    });
    const kept = byJudges(({ keptOfIntervened }) => keptOfIntervened, {
      unit: "percent",
      bound: { at: 0.5, name: "50%" },
    });
    return {
      overlap: overlap.moved,
      overlapWords: overlap.words,
      overlapValues: overlap.values,
      overlapSides: overlap.sides,
      overlapRange: overlap.range,
      kept: kept.moved,
      keptWords: kept.words,
      keptSides: kept.sides,
      judges: `${judges}`,
    };
  },
});

/** What an interval may lie above or below. */
interface Bound {
  readonly at: number;
  readonly name: string;
}

/** On which side of a bound intervals lie, by the number of judges. */
function sidesOf(
  found: readonly {
    readonly least: number;
    readonly low: number;
    readonly high: number;
  }[],
  { at, name }: Bound,
): string {
  const bySide = Map.groupBy(
    found,
    ({ low, high }) => high < at ? "below" : low > at ? "above" : "around",
  );
  return [...bySide].map(([side, some], i) =>
    `${side} ${i === 0 ? name : "it"} with ${
      listed(some.map(({ least }) => `${least}`))
    }`
  ).join(", ");
}
