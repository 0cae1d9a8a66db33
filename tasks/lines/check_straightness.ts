import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { formatNumber } from "../../reports/value/quantity.ts";
import { counted } from "../../reports/value/wording.ts";
import type { PointGroup } from "../../stats/lines/left_out_groups.ts";
import { type Point, pointSchema } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";
import {
  type Straightness,
  straightness,
  straightnessSchema,
} from "../../stats/lines/straightness.ts";

/** Finished networks, and the line through all of them. */
export interface CheckStraightnessArgs {
  readonly line: Line;
  /** Points by network. */
  readonly points: readonly (readonly Point[])[];
  /** On how many images each network was trained, for readers: "2,000". */
  readonly sizes: readonly string[];
}

const groupsSchema: z.ZodType<readonly PointGroup[]> = z.array(z.strictObject({
  name: z.string(),
  points: z.array(pointSchema).readonly(),
})).readonly();

/** Whether networks of one size lie off the line through those of all sizes. */
export const checkStraightness = defineTask({
  module: import.meta.url,
  name: "checkStraightness",
  result: {
    /** The networks by size. */
    groups: json(groupsSchema),
    found: json(straightnessSchema),
    /** How many networks there are of each size, and their mean height over the line. */
    heights: json(z.string()),
  },
  run({ line, points, sizes }: CheckStraightnessArgs) {
    if (points.length !== sizes.length) {
      throw new RangeError(
        `Cannot group ${points.length} networks by size: there are ${sizes.length} sizes`,
      );
    }
    const bySize = Map.groupBy(points.keys(), (i) => sizes[i] ?? "");
    const groups = [...bySize].map(([name, own]) => ({
      name,
      points: own.flatMap((i) => points[i] ?? []),
    }));
    const found = straightness(groups, line);
    return { groups, found, heights: heightsInWords(found) };
  },
});

/** `2,000 images (3 networks) −0.63, 5,000 (3) +0.23` */
function heightsInWords({ groups }: Straightness): string {
  return groups.map(({ name, n, height }, i) => {
    const [images, networks] = i === 0
      ? [`${name} images`, counted(n, "network")]
      : [name, `${n}`];
    const points = formatNumber({ value: height, unit: "points" });
    return `${images} (${networks}) ${points}`;
  }).join(", ");
}
