import { defineTask } from "../../engine/define/task.ts";
import { type Weights, weights } from "../../models/model/weights.ts";

/** Checkpoints of a training, and which of them is wanted. */
export interface TakeCheckpointArgs {
  /** Averaged weights by epoch. */
  readonly checkpoints: Readonly<Record<string, Weights>>;
  readonly epoch: number;
}

/** The averaged weights of one epoch. */
export const takeCheckpoint = defineTask({
  module: import.meta.url,
  name: "takeCheckpoint",
  inline: true,
  result: weights,
  run({ checkpoints, epoch }: TakeCheckpointArgs) {
    const taken = checkpoints[epoch];
    if (taken === undefined) {
      throw new RangeError(
        `Cannot take the checkpoint of epoch ${epoch}: there are those of ${
          Object.keys(checkpoints).join(", ")
        }`,
      );
    }
    return taken;
  },
});
