import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { placeOn } from "../../shifts/measure/place_on.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";

/** Evaluated networks, and the distributions to place them on. */
export interface PlacePointsArgs {
  /** Evaluations of networks, one a run. */
  readonly evaluations: readonly Evaluation[];
  /** Both distributions, as mixtures of the sets that the networks were evaluated on. */
  readonly distributions: Mixture<string>;
}

/** The networks of each run as points, see {@linkcode placeOn}. */
export const placePoints = defineTask({
  module: import.meta.url,
  name: "placePoints",
  result: json(z.array(z.array(pointSchema).readonly()).readonly()),
  run: (
    { evaluations, distributions }: PlacePointsArgs,
  ): readonly (readonly Point[])[] =>
    evaluations.map((evaluation) => placeOn(evaluation, distributions)),
});
