/**
 * Whether models are right less often out of support than on examples in
 * support that are as difficult.
 *
 * @module
 */
import type { Stream } from "../../engine/define/random.ts";
import type { ControlledForDifficulty } from "../../stats/asked/ask_findings_schemas.ts";
import { bootstrapInterval } from "../../stats/intervals/percentile.ts";
import { bootstrapCounts } from "../../stats/asked/drop_terms.ts";
import { meanOf, placeboSplits } from "../../stats/asked/placebo_splits.ts";
import {
  difficultyOf,
  matchDifficulty,
} from "../../stats/splits/difficulty.ts";

/** The parts, and how much is drawn. */
export interface ControlDifficultyOptions {
  /** 1 for each example in support, 0 for the others: [n]. */
  readonly inSupport: Uint8Array;
  /** Number of bootstrap samples, and of random splits. */
  readonly resamples: number;
  readonly random: Stream;
  /** Name of the group of each example; null where each is its own. */
  readonly groups: readonly string[] | null;
  /** Other models, by whose mistakes examples are difficult. Left out: half of the models say so for the other half, and the other way round. */
  readonly judges?: readonly Uint8Array[] | undefined;
}

/** How difficult each example is, and how often those are wrong on it that did not decide that: [n] each. */
interface Judged {
  readonly difficulty: Float64Array;
  readonly wrong: Float64Array;
}

/** Difficulties are told apart to so many steps. */
const STEPS = 10;

/**
 * Accuracies in both parts at the same difficulty, which other models make of an
 * example than those that are judged. Null where a part is empty, or has nothing
 * as difficult as the other.
 *
 * @param right one array a model: 1 where it is right, 0 where it is wrong
 */
export function controlDifficulty(
  right: readonly Uint8Array[],
  { inSupport, resamples, random, groups, judges }: ControlDifficultyOptions,
): ControlledForDifficulty | null {
  const n = inSupport.length;
  const inside = inSupport.reduce((sum, is) => sum + is, 0);
  if (inside === 0 || inside === n) return null;
  const judged = judgedBy(right, judges);
  const matchOf = (parts: Uint8Array) =>
    judged.map(({ difficulty }) =>
      matchDifficulty({
        first: Array.from(parts, (is) => is === 1),
        difficulty: difficulty.map((share) =>
          Math.round(share * STEPS) / STEPS
        ),
      })
    );
  const accuracies = (
    parts: Uint8Array,
    matched: ReturnType<typeof matchOf>,
    counts?: ArrayLike<number>,
  ) => {
    const sums = { inside: 0, insideN: 0, outside: 0, outsideN: 0 };
    for (const [k, { weights }] of matched.entries()) {
      const { wrong } = judged[k] as Judged;
      for (let i = 0; i < n; i++) {
        const weight = (counts === undefined ? 1 : counts[i] as number) *
          (weights[i] as number);
        const gained = weight * (1 - (wrong[i] as number));
        if (parts[i] === 1) {
          sums.insideN += weight;
          sums.inside += gained;
        } else {
          sums.outsideN += weight;
          sums.outside += gained;
        }
      }
    }
    const [a, b] = [sums.inside / sums.insideN, sums.outside / sums.outsideN];
    return { inSupport: a, outOfSupport: b, difference: a - b };
  };
  const known = (values: readonly number[]) =>
    values.filter((value) => !Number.isNaN(value));
  const matched = matchOf(inSupport);
  const found = accuracies(inSupport, matched);
  const drawn = bootstrapCounts(
    { shifted: new Uint8Array(n), groups },
    (m) => random.integer(m),
  );
  const samples = known(
    Array.from(
      { length: resamples },
      () => accuracies(inSupport, matched, drawn()).difference,
    ),
  );
  const strata = Int32Array.from(
    difficultyOf(judges ?? right),
    (share) => Math.round(share * STEPS),
  );
  const placebos = known(
    placeboSplits({ shifted: inSupport, strata, groups }, {
      count: resamples,
      draw: (m) => random.permutation(m),
    }).map((parts) => accuracies(parts, matchOf(parts)).difference),
  );
  if (
    Number.isNaN(found.difference) || samples.length === 0 ||
    placebos.length === 0
  ) return null;
  return {
    ...found,
    difference: { value: found.difference, ...bootstrapInterval(samples) },
    covered: meanOf(matched.map(({ covered }) => covered)),
    placebo: bootstrapInterval(placebos),
  };
}

/** Who is judged, and by whom: one half of the models by the other, and the other way round, or all by others. */
function judgedBy(
  right: readonly Uint8Array[],
  judges: readonly Uint8Array[] | undefined,
): readonly Judged[] {
  if (judges !== undefined) {
    return [{ difficulty: difficultyOf(judges), wrong: difficultyOf(right) }];
  }
  const [even, odd] = [0, 1].map((half) =>
    difficultyOf(right.filter((_, k) => k % 2 === half))
  ) as [Float64Array, Float64Array];
  return [{ difficulty: even, wrong: odd }, { difficulty: odd, wrong: even }];
}
