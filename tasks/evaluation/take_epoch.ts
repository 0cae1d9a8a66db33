import { defineTask } from "../../engine/define/task.ts";
import {
  type Evaluation,
  evaluations,
} from "../../shifts/measure/evaluation.ts";

/** The networks of a run, and which of them is wanted. */
export interface TakeEpochArgs {
  readonly evaluation: Evaluation;
  readonly epoch: number;
}

/** One checkpoint of an evaluated run alone. */
export const takeEpoch = defineTask({
  module: import.meta.url,
  name: "takeEpoch",
  inline: true,
  result: evaluations,
  run({ evaluation: { networks, ...run }, epoch }: TakeEpochArgs): Evaluation {
    const taken = networks.filter((network) => network.epoch === epoch);
    if (taken.length === 0) {
      throw new RangeError(
        `Cannot take epoch ${epoch} of "${run.name}": it was evaluated after ${
          networks.map(({ epoch }) => epoch ?? "the last").join(", ")
        }`,
      );
    }
    return { ...run, networks: taken };
  },
});
