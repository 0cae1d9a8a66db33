/**
 * Whether a test set that was given is like the reference set.
 *
 * @module
 */
import {
  groupsOf,
  joinSets,
  takeExamples,
} from "../../data/asked/take_examples.ts";
import { foldsOf } from "../../data/images/folds.ts";
import { stream } from "../../engine/define/random.ts";
import { partsOf } from "../../shifts/measure/parts.ts";
import type {
  FoundBias,
  FoundTestShift,
} from "../../stats/asked/ask_findings_schemas.ts";
import { isLeftAside } from "../../stats/asked/named_properties.ts";
import { placeboSplits } from "../../stats/asked/placebo_splits.ts";
import { BOUNDS } from "../../stats/asked/rule_bounds.ts";
import { smallest } from "../../stats/intervals/extremes.ts";
import { crossRidge } from "../linear/cross_ridge.ts";
import { areaBeside, FOLDS } from "./area_beside.ts";
import { findBiases } from "./find_biases.ts";
import { type AskedSets, groupCount, isTooSmall } from "./remove_duplicates.ts";
import type { TellApartOptions } from "./tell_apart.ts";

/**
 * Compares a given test set with the reference set: its examples as
 * `tellApart` does those of the shifted set within classes, by all
 * features together, its classes and properties as {@linkcode findBiases} does.
 *
 * @returns null without labels or features, or with too few examples
 */
export function tellTestApart(
  { reference, test }: Pick<AskedSets, "reference" | "test">,
  { seed, placebos, permutations }: TellApartOptions & {
    /** Number of random splits for class frequencies and properties. */
    readonly permutations: number;
  },
): FoundTestShift | null {
  const sets = [reference, test];
  const { n, features, labels: strata } = joinSets(sets);
  const kinds = Object.values(features);
  if (strata === null || kinds.length === 0 || isTooSmall(sets)) return null;
  const groups = groupsOf(sets);
  const shifted = new Uint8Array(n).fill(1, reference.n);
  const [folds] = foldsOf([{ n, groups: groups ?? undefined }], {
    folds: FOLDS,
    seed,
  }) as [Uint8Array];
  const random = stream(seed, "asked", "placebos of the test set");
  const d = kinds.reduce((sum, { dimension }) => sum + dimension, 0);
  const { area } = areaBeside(
    crossRidge({ features: kinds, folds, strata, penalty: d / 2 }),
    {
      shifted,
      strata,
      splits: placeboSplits({ shifted, strata, groups }, {
        count: placebos,
        draw: (n) => random.permutation(n),
      }),
      units: smallest(sets.map(groupCount)),
      grouped: groups !== null,
    },
  );
  const { labels, biases } = findBiases({
    reference: takeExamples(reference, []),
    test: reference,
    shifted: test,
  }, {
    seed,
    placebos: permutations,
    parts: partsOf(new Array<boolean>(test.n).fill(true)),
  });
  const namesOf = (
    of: (bias: FoundBias) => Pick<FoundBias, "counts" | "p"> | undefined,
  ) =>
    biases.filter((bias) => {
      const found = of(bias);
      return found?.counts === true && found.p <= BOUNDS.labelChance &&
        !isLeftAside(bias);
    }).map(({ property }) => property);
  return {
    ...area,
    labelChance: labels?.p ?? 1,
    labelDistance: labels?.distance.high ?? 0,
    lost: namesOf((bias) => bias),
    gained: namesOf(({ gained }) => gained),
  };
}
