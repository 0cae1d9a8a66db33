import {
  accuracyInPart,
  influencesOfUnits,
  type WeightedExamples,
} from "./accuracy_in_part.ts";
import { accuracyOn } from "./accuracy_on.ts";
import {
  type EvaluatedNetwork,
  type Evaluation,
  rightOnShifted,
} from "./evaluation.ts";
import { influencesOf } from "./influence.ts";
import type { Distribution } from "../mixture.ts";

/** The networks of one run, evaluated on the sets of the reference distribution and on the shifted examples. */
export interface SplitRun {
  readonly evaluation: Evaluation;
  /** Of the one set `shifted`. */
  readonly hits: Evaluation;
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

/** A point, and what each image adds to its two accuracies. */
export interface InfluencedNetwork extends PlacedNetwork {
  /** By image of the reference sets; the sum is 0. */
  readonly referenceInfluence: Float64Array;
  /** By image of the shifted sets, or by unit of those that are not independent; the sum is 0, as is what is not in a part. */
  readonly shiftedInfluence: Float64Array;
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
  return runs.flatMap((run) =>
    run.evaluation.networks.map((network) =>
      place(network, { run, reference, ...examples })
    )
  );
}

function place(
  network: EvaluatedNetwork,
  { run, reference, ...examples }: PlaceInPartOptions & {
    readonly run: SplitRun;
  },
): PlacedNetwork {
  const { epoch, sets } = network;
  const before = accuracyOn(sets, reference);
  const after = accuracyInPart(rightOf(network, run), examples);
  return {
    model: run.evaluation.name,
    reference: before.accuracy,
    shifted: after.accuracy,
    referenceSize: Math.round(before.size),
    // Units may say as much as one example, and to half of one nothing is clipped.
    shiftedSize: Math.max(2, Math.round(after.size)),
    seed: run.evaluation.seed,
    ...(epoch === undefined ? {} : { epoch }),
  };
}

/** Which shifted examples an evaluated network gets right. */
function rightOf(
  { epoch }: EvaluatedNetwork,
  { evaluation: { name, seed }, hits }: SplitRun,
): Uint8Array {
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
  return rightOnShifted(same);
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

/**
 * {@linkcode pointsInPart}, the baselines by run, with what each reference image
 * and each unit of the shifted examples adds.
 *
 * @throws {RangeError} if reference sets that are mixed differ in length
 */
export function judgedInPart(
  { baselines, networks, reference, units }: SplitNetworks,
  weights: Float64Array,
): {
  readonly runs: readonly (readonly InfluencedNetwork[])[];
  readonly networks: readonly InfluencedNetwork[];
} {
  const examples = { weights, units };
  const judge = (run: SplitRun): readonly InfluencedNetwork[] => {
    const { labels, networks } = run.evaluation;
    return networks.map((network) => ({
      ...place(network, { run, reference, ...examples }),
      referenceInfluence: influencesOf(network, {
        labels,
        distribution: reference,
      }),
      shiftedInfluence: influencesOfUnits(rightOf(network, run), examples),
    }));
  };
  return { runs: baselines.map(judge), networks: networks.flatMap(judge) };
}
