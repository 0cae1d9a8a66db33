import { z } from "zod";
import {
  readTimmAccuracies,
  timmAccuracies,
} from "../../data/tables/timm_accuracies.ts";
import { ofEachTable } from "../../data/tables/timm_results.ts";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";

const rowsSchema = z.array(z.strictObject({
  model: z.string(),
  imageSize: z.number(),
  accuracy: z.number(),
  printed: z.string(),
})).readonly();

/** The accuracies of published networks that are kept with the code, by table. */
export const loadAccuracies = defineTask({
  module: import.meta.url,
  name: "loadAccuracies",
  result: ofEachTable(() => json(rowsSchema)),
  run: async (_: Readonly<Record<string, never>>) =>
    readTimmAccuracies(await timmAccuracies()),
});
