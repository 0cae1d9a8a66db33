import { type Images, take } from "../../data/images/images.ts";
import { json } from "../../engine/define/codec.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import { countCorrect } from "../../models/prediction/count_correct.ts";
import {
  byEpoch,
  type NetworksOfRun,
} from "../../models/model/networks_of_run.ts";
import { withDevice } from "../../models/device/with_device.ts";
import {
  type Counts,
  type Evaluation,
  evaluationSchema,
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
 * How often each network is right on each set of images when it may only answer
 * with some of its classes: for a shifted set that lacks a class, so that the
 * reference set is as hard.
 */
export const evaluateAmong = defineTask({
  module: import.meta.url,
  name: "evaluateAmong",
  result: json(evaluationSchema),
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
      const counted = inOrder.map(({ epoch }) => ({
        ...(epoch === undefined ? {} : { epoch }),
        sets: {} as Record<string, Counts>,
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
        for (const [k, network] of counted.entries()) {
          const logits = all[k] as Float32Array;
          network.sets[set] = countCorrect(
            logits.map((logit, i) =>
              allowed[i % classes.length] === true ? logit : -Infinity
            ),
            { labels: images.labels, classes: classes.length },
          );
        }
      }
      return { name, seed, classes, networks: counted };
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
