import { z } from "zod";
import {
  cifarTestImages,
  type CifarTestSet,
  readCifarModels,
} from "../../data/tables/cifar_models.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { pointSchema } from "../../stats/lines/point.ts";

/** Which test set is the shifted one. */
export interface ReadCountsArgs {
  readonly shifted: Exclude<CifarTestSet, "original">;
}

/** The published networks of CIFAR-10 as points, all of them and by family. */
export const readCounts = defineTask({
  module: import.meta.url,
  name: "readCounts",
  result: {
    points: json(z.array(pointSchema).readonly()),
    /** The points of each family. */
    runs: json(z.array(z.array(pointSchema).readonly()).readonly()),
    families: json(
      z.array(z.strictObject({
        name: z.string(),
        points: z.array(pointSchema).readonly(),
      })).readonly(),
    ),
  },
  async run({ shifted }: ReadCountsArgs) {
    const [referenceSize, shiftedSize] = [
      cifarTestImages.original,
      cifarTestImages[shifted],
    ];
    const models = (await readCifarModels()).map(({ model, family, hits }) => ({
      family,
      point: {
        model,
        reference: hits.original / referenceSize,
        shifted: hits[shifted] / shiftedSize,
        referenceSize,
        shiftedSize,
      },
    }));
    const families = [...Map.groupBy(models, ({ family }) => family)]
      .map(([name, members]) => ({
        name,
        points: members.map(({ point }) => point),
      }));
    return {
      points: models.map(({ point }) => point),
      runs: families.map(({ points }) => points),
      families,
    };
  },
});
