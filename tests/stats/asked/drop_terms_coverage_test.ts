/**
 * How often the intervals of a drop and its terms hold what is true, where
 * groups, how often they occur and how often models are right on them are known.
 */
import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { bootstrapInterval } from "../../../stats/intervals/percentile.ts";
import { bootstrapCounts, dropTerms } from "../../../stats/asked/drop_terms.ts";
import { isFull } from "../../full.ts";
import { withinGroups } from "./within_groups.ts";

/** Groups of a set: how often each occurs, and how often models are right on it. */
interface Known {
  readonly shares: readonly number[];
  readonly accuracies: readonly number[];
}

/** Shares of four groups, of which the first two are the minority of p. */
const labelled = (p: number) => [p / 2, p / 2, (1 - p) / 2, (1 - p) / 2];
const ACCURACIES = [0.45, 0.6, 0.75, 0.9];

/** A test and a shifted set each. */
const WORLDS: Readonly<Record<string, readonly [Known, Known]>> = {
  "no shift": [
    { shares: labelled(0.5), accuracies: ACCURACIES },
    { shares: labelled(0.5), accuracies: ACCURACIES },
  ],
  "label shift 0.2": [
    { shares: labelled(0.2), accuracies: ACCURACIES },
    { shares: labelled(0.8), accuracies: ACCURACIES },
  ],
  "other labels in some groups": [
    { shares: labelled(0.4), accuracies: ACCURACIES },
    { shares: labelled(0.6), accuracies: [0.4, 0.6, 0.5, 0.7] },
  ],
};

const DRAWS = isFull ? 1500 : 100;
const RESAMPLES = 200;
const N = 200;
/** as many misses of 100 as chance gives one test of a thousand. */
const [LEAST, MOST] = isFull ? [0.93, 0.97] : [0.88, 0.99];

for (const [name, [test, shifted]] of Object.entries(WORLDS)) {
  Deno.test(`dropTerms() have intervals of 95% in bootstrap samples under ${name}`, () => {
    const truth = numbersOf(termsOf(test, shifted));
    const random = stream(1, "coverage", name);
    const held = truth.map(() => 0);
    for (let draw = 0; draw < DRAWS; draw++) {
      const examples = withinGroups(
        drawn([test, shifted], () => random.uniform()),
      );
      const counts = bootstrapCounts(
        { shifted: examples.shifted, groups: null },
        (bound) => random.integer(bound),
      );
      const samples = Array.from(
        { length: RESAMPLES },
        () => numbersOf(dropTerms(examples, counts())),
      );
      for (const [k, value] of truth.entries()) {
        const { low, high } = bootstrapInterval(
          samples.map((sample) => sample[k] as number),
        );
        if (low <= value && value <= high) held[k] = (held[k] as number) + 1;
      }
    }
    for (const [k, count] of held.entries()) {
      const share = count / DRAWS;
      assert.ok(
        LEAST <= share && share <= MOST,
        `${["total", "harder", "labels", "lacking"][k]}: ${share}`,
      );
    }
  });
}

function numbersOf(
  { total, terms }: Pick<ReturnType<typeof dropTerms>, "total" | "terms">,
): readonly number[] {
  return [total, ...terms];
}

/** The terms that are true. */
function termsOf(
  test: Known,
  shifted: Known,
): Pick<ReturnType<typeof dropTerms>, "total" | "terms"> {
  const shared = test.shares.map((p, g) => {
    const q = shifted.shares[g] as number;
    return p * q / (p + q);
  });
  const mean = (weights: readonly number[], { accuracies }: Known) =>
    weights.reduce((sum, w, g) => sum + w * (accuracies[g] as number), 0) /
    weights.reduce((sum, w) => sum + w, 0);
  const path = [
    mean(test.shares, test),
    mean(shared, test),
    mean(shared, shifted),
    mean(shifted.shares, shifted),
  ] as const;
  return {
    total: path[0] - path[3],
    terms: [path[0] - path[1], path[1] - path[2], path[2] - path[3]],
  };
}

function drawn(sets: readonly [Known, Known], uniform: () => number) {
  const right: number[] = [];
  const shifted: number[] = [];
  const groups: number[] = [];
  for (const [set, { shares, accuracies }] of sets.entries()) {
    for (let i = 0; i < N; i++) {
      let [u, group] = [uniform(), 0];
      while (group < shares.length - 1 && u >= (shares[group] as number)) {
        u -= shares[group++] as number;
      }
      right.push(uniform() < (accuracies[group] as number) ? 1 : 0);
      shifted.push(set);
      groups.push(group);
    }
  }
  return { right, shifted, groups };
}
