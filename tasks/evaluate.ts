import type { Images } from "../data/images.ts";
import { json } from "../engine/codec.ts";
import { defineTask } from "../engine/task.ts";
import { countCorrect } from "../models/count_correct.ts";
import type { Model, ModelOptions } from "../models/model.ts";
import { predictPopulation } from "../models/predict_population.ts";
import type { Weights } from "../models/weights.ts";
import { withDevice } from "../models/with_device.ts";
import {
  type Counts,
  type Evaluation,
  evaluationSchema,
} from "../shifts/evaluation.ts";

/** Networks of one run, and the images that they are tested on. */
export interface EvaluateArgs {
  /** Name of the run, e.g. `scratch, seed 101`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Weights by epoch, or under `final`. */
  readonly networks: Readonly<Record<string, Weights>>;
  /** Sets of test images with the same classes. */
  readonly sets: Readonly<Record<string, Images>>;
}

/** How often each network is right on each set of images, by class. */
export const evaluate = defineTask({
  module: import.meta.url,
  name: "evaluate",
  runsIn: "worker",
  result: json(evaluationSchema),
  run: (args: EvaluateArgs, context): Promise<Evaluation> =>
    withDevice(context, async (device) => {
      const { name, seed, model, modelOptions, sets } = args;
      const classes = classesOf(sets);
      const inOrder = byEpoch(args.networks);
      const total = inOrder.length * Object.keys(sets).length;
      let done = 0;
      const networks = inOrder.map(({ epoch }) => ({
        ...(epoch === undefined ? {} : { epoch }),
        sets: {} as Record<string, Counts>,
      }));
      for (const [set, images] of Object.entries(sets)) {
        const all = await predictPopulation({
          ...{ model, modelOptions, images, device },
          networks: inOrder.map(({ weights }) => weights),
          signal: context.signal,
          onPredicted: () =>
            context.progress({ unit: "test set", done: ++done, total }),
        });
        for (const [k, network] of networks.entries()) {
          network.sets[set] = countCorrect(all[k] as Float32Array, {
            labels: images.labels,
            classes: classes.length,
          });
        }
      }
      return { name, seed, classes, networks };
    }),
});

function classesOf(sets: EvaluateArgs["sets"]): readonly string[] {
  const [classes = [], ...others] = Object.values(sets)
    .map(({ classes }) => classes);
  if (others.some((other) => other.join("\n") !== classes.join("\n"))) {
    throw new TypeError(
      "Cannot evaluate networks: the sets of images differ in class names",
    );
  }
  return classes;
}

/** By epoch as a number ("10" would come before "9" as text), the finished network last. */
function byEpoch(
  networks: EvaluateArgs["networks"],
): readonly {
  readonly epoch: number | undefined;
  readonly weights: Weights;
}[] {
  return Object.entries(networks)
    .map(([name, weights]) => {
      if (name === "final") return { epoch: undefined, weights };
      if (!/^\d+$/.test(name)) {
        throw new TypeError(
          `Cannot evaluate network "${name}": it is named neither after an epoch nor "final"`,
        );
      }
      return { epoch: Number(name), weights };
    })
    .sort((a, b) => (a.epoch ?? Infinity) - (b.epoch ?? Infinity) || 0);
}
