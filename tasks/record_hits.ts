import type { Images } from "../data/images.ts";
import { later } from "../engine/later.ts";
import { defineTask } from "../engine/task.ts";
import type { Model, ModelOptions } from "../models/model.ts";
import type { Weights } from "../models/weights.ts";
import { withDevice } from "../models/with_device.ts";
import { type Hits, hits, type NetworkHits } from "../shifts/hits.ts";

const prediction = later<typeof import("../models/predict_population.ts")>(
  import.meta.resolve("../models/predict_population.ts"),
);

/** Networks of one run, and the images that they are tested on. */
export interface RecordHitsArgs {
  /** Name of the run, as in its evaluation. */
  readonly name: string;
  /** Seed of the run. */
  readonly seed: number;
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  /** Weights by epoch, or under `final`. */
  readonly networks: Readonly<Record<string, Weights>>;
  readonly images: Images;
}

/** Which images each network gets right: those whose largest logit is that of their class. */
export const recordHits = defineTask({
  module: import.meta.url,
  name: "recordHits",
  runsIn: "worker",
  result: hits,
  run: (args: RecordHitsArgs, context): Promise<Hits> =>
    withDevice(context, async (device) => {
      const { predictPopulation } = await prediction();
      const { name, seed, model, modelOptions, images } = args;
      const inOrder = Object.entries(args.networks)
        .map(([key, weights]) => ({ epoch: epochOf(key), weights }))
        .sort((a, b) => (a.epoch ?? Infinity) - (b.epoch ?? Infinity) || 0);
      const total = inOrder.length;
      let done = 0;
      const all = await predictPopulation({
        ...{ model, modelOptions, images, device },
        networks: inOrder.map(({ weights }) => weights),
        signal: context.signal,
        onPredicted: () =>
          context.progress({ unit: "network", done: ++done, total }),
      });
      const classes = images.classes.length;
      const networks = inOrder.map(({ epoch }, k): NetworkHits => {
        const logits = all[k] as Float32Array;
        const right = Uint8Array.from(images.labels, (label, i) => {
          const row = logits.subarray(i * classes, (i + 1) * classes);
          return row.indexOf(Math.max(...row)) === label ? 1 : 0;
        });
        return { ...(epoch === undefined ? {} : { epoch }), right };
      });
      return { name, seed, networks };
    }),
});

function epochOf(key: string): number | undefined {
  if (key === "final") return undefined;
  if (/^\d+$/.test(key)) return Number(key);
  throw new TypeError(
    `Cannot record hits of network "${key}": it is named neither after an epoch nor "final"`,
  );
}
