import { z } from "zod";
import type { LabelledPoints } from "../../data/datasets/labelled_points.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

/** Points of a plane. */
export interface ListPointsArgs {
  readonly points: LabelledPoints;
}

/** The points of a plane one by one, to be drawn. */
export const listPoints = defineTask({
  module: import.meta.url,
  name: "listPoints",
  result: json(
    z.array(z.strictObject({
      at: z.tuple([z.number(), z.number()]).readonly(),
      label: z.int(),
    })).readonly(),
  ),
  run({ points: { inputs, labels, dimension } }: ListPointsArgs) {
    if (dimension !== 2) {
      throw new RangeError(
        `Cannot draw points of ${dimension} dimensions in a plane: 2 are needed`,
      );
    }
    return Array.from(labels, (label, i) => ({
      at: [inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0] as const,
      label,
    }));
  },
});
