import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Distribution } from "../../shifts/mixture.ts";
import {
  placeInPart,
  type SplitRun,
} from "../../shifts/measure/place_in_part.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";

/** Networks that were judged image by image on the shifted set. */
export interface PlaceHitsArgs {
  readonly runs: readonly SplitRun[];
  /** The reference distribution, as a mixture of the sets of the evaluations. */
  readonly reference: Distribution<string>;
  /** Name of the unit that each shifted image belongs to: images of one unit are not independent. */
  readonly units: readonly string[];
}

/**
 * The networks of each run as points on the whole shifted set. The number of
 * shifted images behind a point is that of independent ones with as much noise
 * as so many units have.
 */
export const placeHits = defineTask({
  module: import.meta.url,
  name: "placeHits",
  result: json(z.array(z.array(pointSchema).readonly()).readonly()),
  run: (
    { runs, reference, units }: PlaceHitsArgs,
  ): readonly (readonly Point[])[] => {
    const weights = new Float64Array(units.length).fill(1);
    return runs.map((run) => placeInPart([run], { reference, weights, units }));
  },
});
