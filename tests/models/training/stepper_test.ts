import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { cropAndMirror } from "../../../models/augmentations/crop_and_mirror.ts";
import { wide } from "../../../models/augmentations/wide.ts";
import { readWeights } from "../../../models/model/device_weights.ts";
import { everything } from "../../../models/model/model.ts";
import { resnet8 } from "../../../models/resnet8.ts";
import {
  eagerStepper,
  openStepper,
  type Stepper,
} from "../../../models/training/stepper.ts";
import type { TrainOptions } from "../../../models/training/options.ts";
import {
  disposeTraining,
  startTraining,
  type Training,
} from "../../../models/training/state.ts";
import { onCpu } from "../on_cpu.ts";
import { onEachDevice } from "../on_each_device.ts";
import { bits, tinyTraining } from "../training_fixture.ts";
import { fewOf } from "../../full.ts";

const SOFTWARE = { devices: ["webgpu-software"] } as const;

/** Takes nine steps, with a read-back after each four and after the last. */
async function take(
  options: TrainOptions,
  open: (training: Training) => Stepper,
) {
  const training = await startTraining(options);
  const { feed, network, optimizer, average } = training;
  const stepper = open(training);
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
    ...bits(await readWeights(everything(network))),
    ...bits(await readWeights(optimizer.state)),
    ...bits(await readWeights(average?.variables ?? {})),
  };
  stepper.dispose();
  disposeTraining(training);
  return { losses, weights };
}

Deno.test("eagerStepper() gives the losses in order and keeps none", async () => {
  const options = tinyTraining(await onCpu());
  const before = tf.memory().numTensors;
  const open = async () => {
    const training = await startTraining(options);
    const stepper = eagerStepper(training);
    training.feed.startEpoch(1);
    const take = (step: number) => {
      training.feed.moveTo(step);
      stepper.take(step);
    };
    return { training, stepper, take };
  };
  const [together, apart] = [await open(), await open()];
  const losses: number[] = [];
  for (const step of [0, 1, 2]) {
    together.take(step);
    apart.take(step);
    losses.push(...await apart.stepper.readLosses());
  }
  assert.equal(together.stepper.waiting, 3);
  assert.deepEqual([...await together.stepper.readLosses()], losses);
  assert.equal(together.stepper.waiting, 0);
  together.take(3);
  for (const { training, stepper } of [together, apart]) {
    stepper.dispose();
    disposeTraining(training);
  }
  assert.equal(tf.memory().numTensors, before);
});

const TRAININGS: Readonly<Record<string, Partial<TrainOptions>>> = {
  "AdamW, clipped, averaged": { augmentation: wide },
  "SGD with momentum": {
    augmentation: cropAndMirror,
    optimizer: {
      name: "sgd",
      learningRate: 0.05,
      weightDecay: 0.01,
      momentum: 0.9,
      nesterov: true,
    },
  },
  "the head alone": { trainable: "head" },
};

for (
  const [name, changes] of fewOf(
    Object.entries(TRAININGS),
    ([name]) => name === "the head alone",
  )
) {
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
