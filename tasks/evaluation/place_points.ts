import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { accuracyOn } from "../../shifts/measure/accuracy_on.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";

/** Evaluated networks, and the distributions to place them on. */
export interface PlacePointsArgs {
  /** Evaluations of networks, one a run. */
  readonly evaluations: readonly Evaluation[];
  /** Both distributions, as mixtures of the sets that the networks were evaluated on. */
  readonly distributions: Mixture<string>;
}

/**
 * The networks of each run as points: their accuracy on the reference and on
 * the shifted distribution. Sizes are rounded effective numbers of images, see
 * {@linkcode accuracyOn}.
 */
export const placePoints = defineTask({
  module: import.meta.url,
  name: "placePoints",
  result: json(z.array(z.array(pointSchema).readonly()).readonly()),
  run: (
    { evaluations, distributions }: PlacePointsArgs,
  ): readonly (readonly Point[])[] =>
    evaluations.map(({ name, seed, networks }) =>
      networks.map(({ epoch, sets }) => {
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
      })
    ),
});
