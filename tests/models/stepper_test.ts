import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { cropAndMirror } from "../../models/augmentations/crop_and_mirror.ts";
import { wide } from "../../models/augmentations/wide.ts";
import { readWeights } from "../../models/device_weights.ts";
import { openFeed } from "../../models/open_feed.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { startNetwork } from "../../models/start_network.ts";
import {
  eagerStepper,
  openStepper,
  type Stepper,
  type StepperOptions,
} from "../../models/stepper.ts";
import type { TrainOptions } from "../../models/training_options.ts";
import { planTraining } from "../../models/training_plan.ts";
import {
  disposeTraining,
  everything,
  startTraining,
  type TrainingState,
} from "../../models/training_state.ts";
import { onEachDevice } from "./on_each_device.ts";
import { bits, tinyTraining } from "./training_fixture.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** Takes nine steps, with a read-back after each four and after the last. */
async function take(
  options: TrainOptions,
  open: (state: TrainingState, options: StepperOptions) => Stepper,
) {
  const { images, optimizer } = options;
  const plan = planTraining(images.labels.length, {
    ...options,
    peak: optimizer.learningRate,
  });
  const state = startTraining(await startNetwork(options), options);
  const feed = openFeed(images, options);
  const stepper = open(state, { ...options, plan, feed });
  const losses: number[] = [];
  for (let step = 0; step < 9; step++) {
    const index = step % feed.batchesPerEpoch;
    if (index === 0) feed.startEpoch(1 + step / feed.batchesPerEpoch);
    feed.moveTo(index);
    stepper.take(step);
    if (stepper.waiting === 4) losses.push(...await stepper.readLosses());
  }
  losses.push(...await stepper.readLosses());
  const weights = {
    ...bits(await readWeights(everything(state.network))),
    ...bits(await readWeights(state.optimizer.state)),
    ...bits(await readWeights(state.average?.variables ?? {})),
  };
  stepper.dispose();
  feed.dispose();
  disposeTraining(state);
  return { losses, weights };
}

const TRAININGS: Readonly<Record<string, Partial<TrainOptions>>> = {
  "AdamW, clipped, averaged": { augmentation: wide },
  "SGD with momentum": {
    augmentation: cropAndMirror,
    optimizer: {
      ...{ name: "sgd", learningRate: 0.05, weightDecay: 0.01 },
      ...{ momentum: 0.9, nesterov: true },
    },
  },
  "the head alone": { trainable: "head" },
};

for (const [name, changes] of Object.entries(TRAININGS)) {
  onEachDevice(
    `a replayed training gives the bytes of an eager one: ${name}`,
    async (device) => {
      const options = tinyTraining(device, {
        model: resnet8,
        modelOptions: { widths: [2, 2, 4] },
        ...changes,
      });
      const before = tf.memory().numTensors;
      const eager = await take(options, eagerStepper);
      const replayed = await take(options, openStepper);
      assert.deepEqual(replayed.losses, eager.losses);
      assert.equal(replayed.losses.length, 9);
      assert.deepEqual(replayed.weights, eager.weights);
      assert.equal(tf.memory().numTensors, before);
      device.tick();
    },
    SOFTWARE,
  );
}
