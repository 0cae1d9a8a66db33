/**
 * The training of the speedrun, on any device: captured once for each kind of
 * epoch and replayed on WebGPU, computed anew elsewhere.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Images } from "../../../data/images/images.ts";
import { stream } from "../../../engine/define/random.ts";
import type { Device } from "../../../models/device/device.ts";
import type { ImageFeed } from "../../../models/feeds/image_feed.ts";
import { openFeed } from "../../../models/feeds/device_feed.ts";
import { averageUpdate } from "../../../models/training/moving_average.ts";
import { softmaxCrossEntropy } from "../../../models/ops/cross_entropy.ts";
import "../../../models/ops/gradients.ts";
import {
  advanceSgd,
  sgdState,
  sgdUpdate,
} from "../../../models/ops/optimizer_update.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import { openReplayer } from "../../../models/replay/replayer.ts";
import type { SpeedNetwork } from "./network.ts";
import {
  BIAS_SCALE,
  LOOKAHEAD_STEPS,
  MOMENTUM,
  PEAK_RATE,
  shareOfPeak,
  slowShare,
  SMOOTHING,
  weightDecay,
  WHITENING_EPOCHS,
} from "./schedule.ts";
import { alternatingFlips, translate } from "./translate.ts";

/** How a network is trained. */
export interface SpeedOptions {
  readonly images: Images;
  /** May be a fraction. */
  readonly epochs: number;
  /** Stops after so many steps of the whole schedule. */
  readonly steps?: number | undefined;
  readonly batchSize: number;
  readonly seed: number;
  readonly device: Device;
  /** Whether steps are replayed where the device can; else each is computed by tfjs. */
  readonly replay?: boolean;
  /** Called after every reading of the losses, a few times an epoch. */
  readonly onLosses?: (losses: Float32Array, step: number) => void;
}

/** Most steps between two readings of the losses. */
const READ_EVERY = 25;

/** Takes the steps of one kind of epoch. */
interface Phase {
  take(learningRate: number): void;
  read(): Promise<Float32Array>;
  dispose(): void;
}

/** Trains a network; gives the number of steps. */
export async function speedTrain(
  network: SpeedNetwork,
  options: SpeedOptions,
): Promise<number> {
  const { images, batchSize, seed, device, epochs } = options;
  const sides = stream(seed, "flip");
  const mirrored = Uint8Array.from(images.labels, () => sides.integer(2));
  const feeds = alternatingFlips(images, { mirrored: (i) => mirrored[i] === 1 })
    .map((side) =>
      openFeed(side, { device, augmentation: translate, batchSize, seed })
    );
  const perEpoch = Math.floor(images.labels.length / batchSize);
  const whole = Math.ceil(epochs * perEpoch);
  const last = Math.min(options.steps ?? whole, whole);
  const all = { ...network.parameters, ...network.statistics };
  const fast = Object.values(all);
  const slow = tf.tidy(() =>
    fast.map((variable) => tf.variable(tf.add(variable, 0), false))
  );
  const trained = Object.values(network.parameters);
  const { velocity } = sgdState(trained);
  const phases = new Map<number, Phase>();
  let step = 0;
  let waiting = 0;
  let current: Phase | undefined;

  async function read(): Promise<void> {
    if (current === undefined || waiting === 0) return;
    waiting = 0;
    const sums = await current.read();
    options.onLosses?.(sums.map((sum) => sum / batchSize), step);
    device.tick();
  }

  for (let epoch = 1; step < last; epoch++) {
    const feed = feeds[epoch % 2] as ImageFeed;
    feed.startEpoch(epoch);
    const early = epoch <= WHITENING_EPOCHS;
    await read();
    if (epoch === WHITENING_EPOCHS + 1) {
      // Steps of another kind from here on: give the memory of the old ones back.
      for (const phase of phases.values()) phase.dispose();
      phases.clear();
    }
    const side = epoch % 2;
    const phase = phases.get(side) ??
      openPhase(network, { ...options, feed, early, velocity });
    phases.set(side, phase);
    current = phase;
    for (let index = 0; index < perEpoch && step < last; index++) {
      feed.moveTo(index);
      phase.take(PEAK_RATE * shareOfPeak(step, whole));
      step++;
      waiting++;
      if (step % LOOKAHEAD_STEPS === 0) {
        averageUpdate(slow, fast, { decay: slowShare(step, whole) });
        averageUpdate(fast, slow, { decay: 0 });
        device.gpu?.flush();
      }
      if (waiting === READ_EVERY) await read();
    }
  }
  await read();
  if (last === whole) averageUpdate(fast, slow, { decay: 0 });
  for (const phase of phases.values()) phase.dispose();
  for (const feed of feeds) feed.dispose();
  tf.dispose([...slow, ...velocity]);
  return step;
}

function openPhase(
  network: SpeedNetwork,
  { feed, early, velocity, device, replay = true, batchSize }:
    & SpeedOptions
    & {
      readonly feed: ImageFeed;
      /** Whether the bias of the whitening layer is trained. */
      readonly early: boolean;
      readonly velocity: readonly tf.Variable[];
    },
): Phase {
  const chosen = Object.entries(network.parameters)
    .map(([name, variable], i) => ({
      name,
      variable,
      velocity: velocity[i] as tf.Variable,
    }))
    .filter(({ name }) => early || name !== "whitening.bias");
  const variables = chosen.map(({ variable }) => variable);
  const state = { velocity: chosen.map(({ velocity }) => velocity) };
  const fixed = {
    momentum: MOMENTUM,
    nesterov: true,
    weightDecay: chosen.map(() => weightDecay(batchSize)),
  };

  function compute(learningRate: number): tf.Scalar {
    const { x, labels } = feed.batch();
    try {
      return tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () =>
            // The sum, not the mean: gradients are then large enough for half precision.
            tf.mul(
              softmaxCrossEntropy(
                network.logits(x, { training: true }),
                labels,
                { smoothing: SMOOTHING },
              ),
              batchSize,
            ) as tf.Scalar,
          variables,
        );
        // Momentum is linear: a rate of its own is a gradient that is as many times larger.
        const gradients = variables.map((variable) => {
          const gradient = grads[variable.name] as tf.Tensor;
          return variable.rank === 1 ? tf.mul(gradient, BIAS_SCALE) : gradient;
        });
        sgdUpdate(variables, gradients, state, { ...fixed, learningRate });
        return value;
      });
    } finally {
      tf.dispose([x, labels]);
    }
  }

  const gpu = replay ? device.gpu : undefined;
  if (gpu === undefined) {
    const losses: tf.Scalar[] = [];
    return {
      take: (learningRate) => void losses.push(compute(learningRate)),
      async read() {
        const values: Float32Array[] = [];
        for (const loss of losses.splice(0)) {
          values.push(await loss.data() as Float32Array);
          loss.dispose();
        }
        return Float32Array.from(values.flatMap((one) => [...one]));
      },
      dispose: () => tf.dispose(losses),
    };
  }
  const carried = [
    ...variables,
    ...state.velocity,
    ...Object.values(network.statistics),
  ];
  let captured: ReturnType<typeof captureStep> | undefined;
  let replayer: ReturnType<typeof openReplayer> | undefined;
  return {
    take(learningRate) {
      if (replayer !== undefined) {
        advanceSgd({ ...fixed, learningRate });
        replayer.step();
        carried.forEach(gpu.touched);
        return;
      }
      captured = captureStep(gpu, {
        step: () => compute(learningRate),
        carried,
      });
      const loss = gpu.bufferOf(captured.output);
      replayer = openReplayer(gpu.device, captured.recording, {
        outputs: [{ buffer: loss, offset: 0, bytes: 4 }],
        capacity: READ_EVERY,
      });
      replayer.keep(); // the step has just been taken
    },
    read: () => replayer?.read() ?? Promise.resolve(new Float32Array()),
    dispose() {
      replayer?.dispose();
      captured?.dispose();
    },
  };
}
