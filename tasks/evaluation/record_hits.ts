import type { Images } from "../../data/images/images.ts";
import { later } from "../../engine/define/later.ts";
import { defineTask } from "../../engine/define/task.ts";
import {
  byEpoch,
  type NetworksOfRun,
} from "../../models/model/networks_of_run.ts";
import { withDevice } from "../../models/device/with_device.ts";
import {
  type Hits,
  hits,
  type NetworkHits,
} from "../../shifts/measure/hits.ts";
import { largest } from "../../stats/intervals/extremes.ts";

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
      const classes = images.classes.length;
      const networks = inOrder.map(({ epoch }, k): NetworkHits => {
        const logits = all[k] as Float32Array;
        const right = Uint8Array.from(images.labels, (label, i) => {
          const row = logits.subarray(i * classes, (i + 1) * classes);
          return row.indexOf(largest(row)) === label ? 1 : 0;
        });
        return { ...(epoch === undefined ? {} : { epoch }), right };
      });
      return { name, seed, networks };
    }),
});
