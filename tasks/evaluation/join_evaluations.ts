import { defineTask } from "../../engine/define/task.ts";
import {
  type Evaluation,
  evaluations,
} from "../../shifts/measure/evaluation.ts";

/** The networks of one run, tested on some sets of images and on others. */
export interface JoinEvaluationsArgs {
  readonly first: Evaluation;
  readonly second: Evaluation;
}

/** The same networks on all of these sets. */
export const joinEvaluations = defineTask({
  module: import.meta.url,
  name: "joinEvaluations",
  inline: true,
  result: evaluations,
  run({ first, second }: JoinEvaluationsArgs): Evaluation {
    const [a, b] = [runOf(first), runOf(second)];
    if (a !== b) {
      throw new TypeError(
        `Cannot join evaluations: they are of other networks or classes, ${a} and ${b}`,
      );
    }
    return {
      ...first,
      labels: { ...first.labels, ...second.labels },
      networks: first.networks.map(({ sets, ...network }, k) => ({
        ...network,
        sets: { ...sets, ...second.networks[k]?.sets },
      })),
    };
  },
});

/** What two evaluations of one run have in common. */
function runOf({ name, seed, classes, networks }: Evaluation): string {
  const epochs = networks.map(({ epoch }) => epoch ?? null);
  return JSON.stringify({ name, seed, epochs, classes });
}
