import { accuracyInPart, type WeightedExamples } from "./accuracy_in_part.ts";
import { accuracyOn } from "./accuracy_on.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Hits } from "./hits.ts";
import type { Distribution } from "../mixture.ts";

/** The networks of one run: on the reference distribution by counts, on the shifted examples one by one. */
export interface SplitRun {
  readonly evaluation: Evaluation;
  readonly hits: Hits;
}

/** A network's two accuracies, and how many examples are behind each. */
export interface PlacedNetwork {
  readonly model: string;
  readonly reference: number;
  readonly shifted: number;
  readonly referenceSize: number;
  readonly shiftedSize: number;
  readonly seed: number;
  readonly epoch?: number | undefined;
}

/** Where networks are placed. */
export interface PlaceInPartOptions extends WeightedExamples {
  /** The reference distribution, as a mixture of the sets of the evaluations. */
  readonly reference: Distribution<string>;
}

/**
 * Networks as points: their accuracy on the reference distribution and on a
 * part of the shifted examples.
 *
 * @throws {RangeError} if evaluation and hits are not of the same networks, or
 * no example counts
 */
export function placeInPart(
  runs: readonly SplitRun[],
  { reference, ...examples }: PlaceInPartOptions,
): readonly PlacedNetwork[] {
  return runs.flatMap(({ evaluation: { name, seed, networks }, hits }) =>
    networks.map(({ epoch, sets }) => {
      const same = hits.name === name && hits.seed === seed
        ? hits.networks.find((network) => network.epoch === epoch)
        : undefined;
      if (same === undefined) {
        throw new RangeError(
          `Cannot place "${name}" of seed ${seed}${
            epoch === undefined ? "" : ` after epoch ${epoch}`
          }: there are no hits of it among those of "${hits.name}" of seed ${hits.seed}`,
        );
      }
      const before = accuracyOn(sets, reference);
      const after = accuracyInPart(same.right, examples);
      return {
        model: name,
        reference: before.accuracy,
        shifted: after.accuracy,
        referenceSize: Math.round(before.size),
        shiftedSize: Math.max(1, Math.round(after.size)),
        seed,
        ...(epoch === undefined ? {} : { epoch }),
      };
    })
  );
}

/** Everything that a part's effective robustness is made of but the part. */
export interface SplitNetworks {
  /** The reference distribution, as a mixture of the sets of the evaluations. */
  readonly reference: Distribution<string>;
  /** What each part's line goes through. */
  readonly baselines: readonly SplitRun[];
  /** What is measured by the part's line. */
  readonly networks: readonly SplitRun[];
  /** Name of the unit that each example belongs to; each is its own where left out. */
  readonly units?: readonly string[] | undefined;
}

/** Baselines and networks as points in one part, whose examples have these weights. */
export function pointsInPart(
  { baselines, networks, reference, units }: SplitNetworks,
  weights: Float64Array,
): {
  readonly baselines: readonly PlacedNetwork[];
  readonly networks: readonly PlacedNetwork[];
} {
  const place = (runs: readonly SplitRun[]) =>
    placeInPart(runs, { reference, weights, units });
  return { baselines: place(baselines), networks: place(networks) };
}
