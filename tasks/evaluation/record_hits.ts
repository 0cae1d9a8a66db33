import type { Images } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  byEpoch,
  type NetworksOfRun,
} from "../../models/model/networks_of_run.ts";
import { rightPredictions } from "../../models/prediction/right_predictions.ts";
import { withDevice } from "../../models/device/with_device.ts";
import {
  type Hits,
  hits,
  type NetworkHits,
} from "../../shifts/measure/hits.ts";

const prediction = later<
  typeof import("../../models/populations/predict_population.ts")
>(
  import.meta.resolve("../../models/populations/predict_population.ts"),
);

/** Networks of one run, and the images that they are tested on. */
export interface RecordHitsArgs extends NetworksOfRun {
  readonly images: Images;
}

/** Which images each network gets right: those whose largest logit is that of their class. */
export const recordHits = defineTask({
  module: import.meta.url,
  name: "recordHits",
  result: hits,
  run: (args: RecordHitsArgs, context): Promise<Hits> =>
    withDevice(context, async (device) => {
      const { predictPopulation } = await prediction();
      const { name, seed, model, modelOptions, images } = args;
      const inOrder = byEpoch(args.networks, { to: "record hits of" });
      const total = inOrder.length;
      let done = 0;
      const all = await predictPopulation({
        model,
        modelOptions,
        images,
        device,
        networks: inOrder.map(({ weights }) => weights),
        signal: context.signal,
        onPredicted: () =>
          context.progress({ unit: "network", done: ++done, total }),
      });
      const given = { labels: images.labels, classes: images.classes.length };
      const networks = inOrder.map(({ epoch }, k): NetworkHits => ({
        ...(epoch === undefined ? {} : { epoch }),
        right: rightPredictions(all[k] as Float32Array, given),
      }));
      return { name, seed, networks };
    }),
});
