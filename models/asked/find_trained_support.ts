/**
 * Which part of the shifted set is out of support, by networks that were
 * fine-tuned to tell it from the test set.
 *
 * @module
 */
import type { DomainScores } from "../../shifts/measure/support_split.ts";
import { findSupport, type Support } from "./find_support.ts";
import { takeExamples } from "../../data/asked/take_examples.ts";
import type { AskedSets } from "./remove_duplicates.ts";

/**
 * The share by the network that isolates most, as linear classifiers give it,
 * with an upper end where a network tells the part from the rest.
 *
 * @param networks scores by name, all with the same folds
 */
export function findTrainedSupport(
  { test, shifted }: Omit<AskedSets, "reference">,
  networks: Readonly<Record<string, DomainScores>>,
): Support {
  const joined = ({ reference, shifted }: DomainScores) =>
    Float64Array.from([...reference, ...shifted], (odds) => -odds);
  const [first] = Object.values(networks);
  return findSupport(
    { reference: takeExamples(test, []), test, shifted },
    {
      scores: Object.fromEntries(
        Object.entries(networks).map(([name, own]) => [name, joined(own)]),
      ),
      shifted: new Uint8Array(test.n + shifted.n).fill(1, test.n),
      folds: Uint8Array.from([
        ...first?.folds.reference ?? [],
        ...first?.folds.shifted ?? [],
      ]),
    },
    { trained: true },
  );
}
