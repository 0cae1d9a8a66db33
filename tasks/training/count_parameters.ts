import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import { parameterCount } from "../../models/model/parameter_count.ts";
import type { Weights } from "../../models/model/weights.ts";

/** A trained network. */
export interface CountParametersArgs {
  readonly weights: Weights;
}

/** How many trainable parameters a network has. */
export const countParameters = defineTask({
  module: import.meta.url,
  name: "countParameters",
  result: json(z.int()),
  run: ({ weights }: CountParametersArgs) => parameterCount(weights),
});
