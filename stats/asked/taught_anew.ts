/**
 * What a model's having learnt from these examples, and not from others, adds
 * to the error of what is measured of it.
 *
 * @module
 */
import { deviationAbout, meanOf } from "./placebo_splits.ts";
import type { Estimated } from "./ask_findings_schemas.ts";

/**
 * Standard deviations of measures over models that learnt from other samples,
 * on any examples. On these very examples they deviate by more: whether each
 * model is right on each of them is in part chance, which other examples have
 * anew and which the sampling error of the measures holds already. That part is
 * the deviation of models of whom each example, or group of examples that were
 * drawn together, has one of its own, and is taken out.
 *
 * @param rights whether each model is right on each example: [n] each, two models at least
 * @param measure what is measured of such a model, linear in what it is right on
 * @param groups name of the group of each example; null where each is its own
 * @param draw a uniform permutation of 0 … its argument − 1
 */
export function deviationsOver(
  rights: readonly Float64Array[],
  { measure, groups, draw }: {
    readonly measure: (right: Float64Array) => readonly number[];
    readonly groups: readonly string[] | null;
    readonly draw: (n: number) => Uint32Array;
  },
): readonly number[] {
  const n = rights[0]?.length ?? 0;
  const mixed = rights.map(() => new Float64Array(n));
  const dealt = new Map<string | number, Uint32Array>();
  for (let i = 0; i < n; i++) {
    const unit = groups?.[i] ?? i;
    const models = dealt.get(unit) ?? draw(rights.length);
    dealt.set(unit, models);
    for (const [k, other] of models.entries()) {
      (mixed[k] as Float64Array)[i] =
        (rights[other] as Float64Array)[i] as number;
    }
  }
  const variances = (models: readonly Float64Array[]) => {
    const found = models.map((right) => measure(right));
    return (found[0] as readonly number[]).map((_, k) => {
      const values = found.map((measures) => measures[k] as number);
      return deviationAbout(values, meanOf(values)) ** 2 * models.length /
        (models.length - 1);
    });
  };
  const byChance = variances(mixed);
  return variances(rights).map((all, k) =>
    Math.sqrt(Math.max(0, all - (byChance[k] as number)))
  );
}

/** An estimate whose interval of 95% has in it a further, independent error of such a standard deviation; none of what is unknown. */
export function withError(
  { value, low, high }: Estimated,
  deviation: number,
  [least, most]: readonly [number, number],
): Estimated {
  const by = 1.96 * deviation;
  return Number.isNaN(by) ? { value, low, high } : {
    value,
    low: Math.max(least, value - Math.hypot(value - low, by)),
    high: Math.min(most, value + Math.hypot(high - value, by)),
  };
}

/** An estimate whose interval is so many times as wide, to either side. */
export function widened(
  { value, low, high }: Estimated,
  times: number,
): Estimated {
  return {
    value,
    low: value - times * (value - low),
    high: value + times * (high - value),
  };
}
