import { residualLayout } from "../../data/asked/weights/network_layout.ts";
import { readWeightsFile } from "../../data/asked/weights/weights_file.ts";
import type { Source } from "../../engine/define/source.ts";
import { defineTask } from "../../engine/define/task.ts";
import { weights } from "../../models/model/weights.ts";

/** A file of weights, and the widths of the residual network that they are for. */
export interface LoadWeightsArgs {
  readonly source: Source;
  readonly widths: readonly number[];
}

/** Weights of one's own, without their head. */
export const loadWeights = defineTask({
  module: import.meta.url,
  name: "loadWeights",
  result: weights,
  async run({ source, widths }: LoadWeightsArgs, context) {
    const read = readWeightsFile(await context.fetch(source), {
      name: source.title,
      layout: residualLayout(widths),
    });
    if (read.kind === "weights") return read.weights;
    throw new Error(read.problems.join("\n"));
  },
});
