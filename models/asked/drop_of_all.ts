/**
 * The drop of models over all examples, where only some of them were drawn for
 * all else.
 *
 * @module
 */
import type { AskedSet } from "../../data/asked/asked_set.ts";
import type { Stream } from "../../engine/define/random.ts";
import {
  accuracyInterval,
  atLeastThatOf,
  isConstant,
} from "../../stats/asked/accuracy_interval.ts";
import type { Estimated } from "../../stats/asked/ask_findings_schemas.ts";
import { bootstrapInterval } from "../../stats/intervals/percentile.ts";

/** Examples of one set, and how often models are right on each. */
export interface RightInSet {
  /** Share of the models that are right: [n]. */
  readonly right: Float64Array;
  readonly groups: AskedSet["groups"];
}

/** Accuracies on both sets, and the first less the second. */
export interface DropOfAll {
  readonly total: Estimated;
  readonly test: Estimated;
  readonly shifted: Estimated;
}

/** The drop with the interval of a bootstrap over groups, the models as they are. */
export function dropOfAll(
  sets: { readonly test: RightInSet; readonly shifted: RightInSet },
  { resamples, random }: {
    readonly resamples: number;
    readonly random: Pick<Stream, "integer">;
  },
): DropOfAll {
  const units = [unitsOf(sets.test), unitsOf(sets.shifted)] as const;
  const values = units.map((own) => meanOver(own, own.keys()));
  const samples = Array.from(
    { length: resamples },
    () =>
      units.map((own) =>
        meanOver(own, own.map(() => random.integer(own.length)))
      ) as [number, number],
  );
  const [test, shifted] = units.map((own, set) =>
    accuracyInterval({
      value: values[set] as number,
      ...bootstrapInterval(samples.map((sample) => sample[set] as number)),
    }, own.length)
  ) as [Estimated, Estimated];
  const total = {
    value: test.value - shifted.value,
    ...bootstrapInterval(samples.map(([a, b]) => a - b)),
  };
  const own = [test, shifted].map(({ value }) => ({
    value,
    low: value,
    high: value,
  }));
  return {
    test,
    shifted,
    total: own.some(isConstant) ? atLeastThatOf(test, shifted, total) : total,
  };
}

/** Examples that are drawn together. */
interface Unit {
  readonly sum: number;
  readonly n: number;
}

function unitsOf({ right, groups }: RightInSet): readonly Unit[] {
  if (groups === null) return Array.from(right, (sum) => ({ sum, n: 1 }));
  return [...Map.groupBy(right.keys(), (i) => groups[i]).values()]
    .map((members) => ({
      sum: members.reduce((sum, i) => sum + (right[i] as number), 0),
      n: members.length,
    }));
}

function meanOver(units: readonly Unit[], places: Iterable<number>): number {
  let [sum, n] = [0, 0];
  for (const place of places) {
    const unit = units[place] as Unit;
    sum += unit.sum;
    n += unit.n;
  }
  return sum / n;
}
