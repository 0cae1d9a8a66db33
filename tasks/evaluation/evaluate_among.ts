import { type Images, take } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { rightPredictions } from "../../models/prediction/right_predictions.ts";
import {
  byEpoch,
  type NetworksOfRun,
} from "../../models/model/networks_of_run.ts";
import { withDevice } from "../../models/device/with_device.ts";
import {
  type Evaluation,
  evaluations,
  type JudgedSet,
  judgedSet,
} from "../../shifts/measure/evaluation.ts";

const prediction = later<
  typeof import("../../models/populations/predict_population.ts")
>(
  import.meta.resolve("../../models/populations/predict_population.ts"),
);

/** Networks of one run, the images that they are tested on, and the classes among which they must choose. */
export interface EvaluateAmongArgs extends NetworksOfRun {
  /** Sets of test images with the same classes. */
  readonly sets: Readonly<Record<string, Images>>;
  /** Names of the classes that count: images of others are left out, and others are never predicted. */
  readonly among: readonly string[];
}

/**
 * Which images of each set each network gets right when it may only answer with
 * some of its classes: for a shifted set that lacks a class, so that the
 * reference set is as hard.
 */
export const evaluateAmong = defineTask({
  module: import.meta.url,
  name: "evaluateAmong",
  result: evaluations,
  run: (args: EvaluateAmongArgs, context): Promise<Evaluation> =>
    withDevice(context, async (device) => {
      const { predictPopulation } = await prediction();
      const { name, seed, model, modelOptions, networks, among } = args;
      const [first] = Object.values(args.sets);
      const classes = first?.classes ?? [];
      const missing = among.find((label) => !classes.includes(label));
      if (missing !== undefined) {
        throw new RangeError(
          `Cannot evaluate among class "${missing}": the images have the classes ${
            classes.map((label) => `"${label}"`).join(", ")
          }`,
        );
      }
      const allowed = classes.map((label) => among.includes(label));
      const sets = Object.entries(args.sets).map(([set, images]) =>
        [set, takeAllowed(images, allowed)] as const
      );
      const inOrder = byEpoch(networks, { to: "evaluate" });
      const total = inOrder.length * sets.length;
      let done = 0;
      const judged = inOrder.map(({ epoch }) => ({
        ...(epoch === undefined ? {} : { epoch }),
        sets: {} as Record<string, JudgedSet>,
      }));
      for (const [set, images] of sets) {
        const all = await predictPopulation({
          model,
          modelOptions,
          images,
          device,
          networks: inOrder.map(({ weights }) => weights),
          signal: context.signal,
          onPredicted: () =>
            context.progress({ unit: "test set", done: ++done, total }),
        });
        for (const [k, network] of judged.entries()) {
          const logits = all[k] as Float32Array;
          const given = { labels: images.labels, classes: classes.length };
          const right = rightPredictions(
            logits.map((logit, i) =>
              allowed[i % classes.length] === true ? logit : -Infinity
            ),
            given,
          );
          network.sets[set] = judgedSet(right, given);
        }
      }
      const labels = Object.fromEntries(
        sets.map(([set, { labels }]) => [set, labels]),
      );
      return { name, seed, classes, labels, networks: judged };
    }),
});

function takeAllowed(images: Images, allowed: readonly boolean[]): Images {
  return take(
    images,
    [...images.labels.keys()].filter((i) =>
      allowed[images.labels[i] as number] === true
    ),
  );
}
