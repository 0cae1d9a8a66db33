import { z } from "zod";
import type { Images } from "../data/images.ts";
import { json } from "../engine/codec.ts";
import { defineTask } from "../engine/task.ts";
import { accuracy, countCorrect } from "../models/accuracy.ts";
import { deviceOf } from "../models/environment.ts";
import type { Model, ModelOptions } from "../models/model.ts";
import { predict } from "../models/predict.ts";
import type { Weights } from "../models/weights.ts";
import { mixedAccuracy, type Mixture } from "../shifts/mixture.ts";
import { type Point, pointSchema } from "../stats/point.ts";

/** Networks of one run, and the images that they are tested on. */
export interface EvaluateArgs {
  /** Name of the run, e.g. `scratch seed 0`. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Weights by epoch, or under `final`. */
  readonly networks: Readonly<Record<string, Weights>>;
  /** Sets of test images; the two distributions are mixtures of them. */
  readonly sets: Readonly<Record<string, Images>>;
  readonly mixture: Mixture<string>;
}

/** Accuracy of each network on the reference and on the shifted distribution. */
export const evaluate = defineTask({
  module: import.meta.url,
  name: "evaluate",
  runsIn: "worker",
  result: json(z.array(pointSchema).readonly()),
  async run(args: EvaluateArgs, context): Promise<readonly Point[]> {
    const { model, modelOptions, networks, sets, mixture } = args;
    const device = await deviceOf(context.environment);
    const sizes = Object.values(sets).map(({ labels }) => labels.length);
    const size = Math.min(...sizes);
    const total = Object.keys(networks).length * sizes.length;
    let done = 0;
    const points: Point[] = [];
    for (const [epoch, weights] of inOrder(networks)) {
      const accuracies: Record<string, number> = {};
      for (const [set, images] of Object.entries(sets)) {
        const { labels, classes } = images;
        const logits = await predict({
          model,
          modelOptions,
          weights,
          images,
          device,
          signal: context.signal,
        });
        accuracies[set] = accuracy(
          countCorrect(logits, { labels, classes: classes.length }),
        );
        context.progress({ unit: "test set", done: ++done, total });
      }
      const number = Number(epoch);
      points.push({
        model: Number.isInteger(number)
          ? `${args.name} epoch ${epoch}`
          : args.name,
        reference: mixedAccuracy(accuracies, mixture.reference),
        shifted: mixedAccuracy(accuracies, mixture.shifted),
        referenceSize: size,
        shiftedSize: size,
        seed: args.seed,
        ...(Number.isInteger(number) ? { epoch: number } : {}),
      });
    }
    return points;
  },
});

/** By epoch as a number: names are text, and "10" comes before "9". */
function inOrder(
  networks: Readonly<Record<string, Weights>>,
): readonly (readonly [string, Weights])[] {
  return Object.entries(networks).sort(([a], [b]) => Number(a) - Number(b));
}
