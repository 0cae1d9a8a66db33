/**
 * Predictions of several networks of one architecture at once.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import type { Gpu } from "../kernels/webgpu/gpu/gpu.ts";
import { architectureOf, everything, type Network } from "../model/model.ts";
import {
  BATCHES_BETWEEN_READINGS,
  checkLogits,
  logitsOf,
  networkWith,
  predict,
  type PredictOptions,
  unitValuesOf,
} from "../prediction/predict.ts";
import { populationSize } from "./population_size.ts";
import { captureStep } from "../replay/capture.ts";
import { openPopulation, type Population } from "./population.ts";
import { openReplayer, type Replayer } from "../replay/replayer.ts";
import type { Weights } from "../model/weights.ts";

/** What {@linkcode predictPopulation} needs: the same images for all networks. */
export interface PredictPopulationOptions
  extends Omit<PredictOptions, "weights"> {
  readonly networks: readonly Weights[];
  /** How many networks predict at once; what suits the device where left out. */
  readonly atOnce?: number;
  /** Called with the place of each network, in order, when it has predicted all images. */
  readonly onPredicted?: (network: number) => void;
}

/** Fewest whole batches for which recording one is worth it. */
const FEWEST_BATCHES = 2;

/**
 * The logits of all images by each network, as `predict` gives them: on a GPU
 * in one set of dispatches for several networks, elsewhere one by one.
 *
 * @throws {TypeError} if weights are not of this network
 * @throws {Error} if a logit is not finite, the device reports an error, or the signal aborts
 */
export async function predictPopulation(
  options: PredictPopulationOptions,
): Promise<readonly Float32Array[]> {
  const { networks, device, images, batchSize = 128, onPredicted } = options;
  const { atOnce = populationSize({ device: device.name }) } = options;
  const batches = Math.floor(images.labels.length / batchSize);
  const { gpu } = device;
  gpu?.turnTo(architectureOf(options));
  const all: Float32Array[] = [];
  for (let start = 0; start < networks.length; start += atOnce) {
    const some = networks.slice(start, start + atOnce);
    const logits = gpu !== undefined && some.length > 1 &&
        batches >= FEWEST_BATCHES
      ? await predictAtOnce(gpu, some, { ...options, batchSize, batches })
      : await predictOneByOne(some, options);
    for (const one of logits) all.push(one);
    for (const k of some.keys()) onPredicted?.(start + k);
  }
  return all;
}

async function predictOneByOne(
  networks: readonly Weights[],
  options: PredictPopulationOptions,
): Promise<readonly Float32Array[]> {
  const all: Float32Array[] = [];
  for (const weights of networks) {
    all.push(await predict({ ...options, weights }));
  }
  return all;
}

async function predictAtOnce(
  gpu: Gpu,
  networks: readonly Weights[],
  options: Omit<Plan, "logits">,
): Promise<readonly Float32Array[]> {
  const { images } = options;
  const members: Network[] = [];
  try {
    for (const weights of networks) {
      members.push(await networkWith(weights, options));
    }
    const logits = members.map(() =>
      new Float32Array(images.labels.length * images.classes.length)
    );
    await predictWhole(gpu, members, { ...options, logits });
    await predictRest(members, { ...options, logits });
    for (const one of logits) checkLogits(one, options);
    return logits;
  } finally {
    for (const network of members) network.dispose();
  }
}

interface Plan extends PredictPopulationOptions {
  readonly batchSize: number;
  /** Number of whole batches. */
  readonly batches: number;
  /** Logits of each network, to be filled in. */
  readonly logits: readonly Float32Array[];
}

/** The whole batches, of all networks at once. */
async function predictWhole(
  gpu: Gpu,
  members: readonly Network[],
  { images, batchSize, batches, logits, device, signal }: Plan,
): Promise<void> {
  const size = batchSize * images.classes.length;
  const valuesOf = (batch: number) => {
    const start = batch * batchSize;
    return unitValuesOf(images, { start, end: start + batchSize });
  };
  const x = tf.tensor4d(valuesOf(0), [batchSize, ...images.shape]);
  const input = gpu.bufferOf(x);
  const own = members.map((network) => [
    ...Object.values(everything(network)).map(gpu.bufferOf),
    input,
  ]);
  const captured = captureStep(gpu, {
    step: () =>
      tf.tidy(() => (members[0] as Network).forward(x, { training: false })),
    carried: [],
  });
  let population: Population | undefined;
  let replayer: Replayer | undefined;
  try {
    population = openPopulation(gpu.device, captured.recording, {
      recorded: own[0] ?? [],
      members: own,
    });
    const output = gpu.bufferOf(captured.output);
    const { rangeOf } = population;
    replayer = openReplayer(gpu.device, population, {
      outputs: members.map((_, m) => ({
        ...rangeOf(output, m),
        bytes: 4 * size,
      })),
      capacity: BATCHES_BETWEEN_READINGS,
    });
    for (const m of members.keys()) population.load(m);
    let read = 0;
    for (let batch = 0; batch < batches; batch++) {
      await turnOfEventLoop();
      signal?.throwIfAborted();
      gpu.write(input, valuesOf(batch));
      replayer.step();
      device.tick();
      const { waiting } = replayer;
      if (waiting < BATCHES_BETWEEN_READINGS && batch + 1 < batches) continue;
      const rows = await replayer.read();
      device.tick();
      for (let at = 0; at < rows.length; at += size) {
        const row = at / size;
        const place = read + Math.floor(row / members.length);
        logits[row % members.length]
          ?.set(rows.subarray(at, at + size), place * size);
      }
      read += waiting;
    }
  } finally {
    replayer?.dispose();
    population?.dispose();
    captured.dispose();
    x.dispose();
  }
}

/** The images after the last whole batch. */
async function predictRest(
  members: readonly Network[],
  { images, batchSize, batches, logits, device }: Plan,
): Promise<void> {
  const start = batches * batchSize;
  const end = images.labels.length;
  if (start === end) return;
  const rest = members.map((network) =>
    logitsOf(network, images, { start, end })
  );
  try {
    for (const [m, one] of rest.entries()) {
      logits[m]?.set(await one.data(), start * images.classes.length);
    }
    device.tick();
  } finally {
    tf.dispose(rest);
  }
}
