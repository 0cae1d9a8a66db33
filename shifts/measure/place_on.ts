import { accuracyOn } from "./accuracy_on.ts";
import type { EvaluatedNetwork, Evaluation } from "./evaluation.ts";
import { influencesOf } from "./influence.ts";
import type { InfluencedNetwork, PlacedNetwork } from "./place_in_part.ts";
import type { Distribution, Mixture } from "../mixture.ts";

/**
 * The networks of one run as points: their accuracy on the reference and on
 * the shifted distribution. Sizes are rounded effective numbers of images, see
 * {@linkcode accuracyOn}.
 *
 * @throws {RangeError} if the evaluated sets do not make the distributions
 */
export function placeOn(
  { name, seed, networks }: Evaluation,
  distributions: Mixture<string>,
): readonly PlacedNetwork[] {
  return networks.map((network) =>
    placeNetwork(network, { name, seed, distributions })
  );
}

/**
 * {@linkcode placeOn} with what each image adds, see {@linkcode influencesOf}.
 *
 * @throws {RangeError} if the evaluated sets do not make the distributions, or
 * sets that are mixed differ in length
 */
export function judgeOn(
  evaluation: Evaluation,
  distributions: Mixture<string>,
): readonly InfluencedNetwork[] {
  const { name, seed, labels, networks } = evaluation;
  return networks.map((network) => {
    const of = (distribution: Distribution<string>) =>
      influencesOf(network, { labels, distribution });
    return {
      ...placeNetwork(network, { name, seed, distributions }),
      referenceInfluence: of(distributions.reference),
      shiftedInfluence: of(distributions.shifted),
    };
  });
}

function placeNetwork(
  { epoch, sets }: EvaluatedNetwork,
  { name, seed, distributions }: Pick<Evaluation, "name" | "seed"> & {
    readonly distributions: Mixture<string>;
  },
): PlacedNetwork {
  const reference = accuracyOn(sets, distributions.reference);
  const shifted = accuracyOn(sets, distributions.shifted);
  return {
    model: name,
    reference: reference.accuracy,
    shifted: shifted.accuracy,
    referenceSize: Math.round(reference.size),
    shiftedSize: Math.round(shifted.size),
    seed,
    ...(epoch === undefined ? {} : { epoch }),
  };
}
