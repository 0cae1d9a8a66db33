/**
 * The yardstick of the field: one network on all 50,000 training images of
 * CIFAR-10 to 94 % test accuracy, in as little time as possible, by the design
 * of arXiv:2404.00498 (2.6 s on an A100 there):
 *
 *     deno run -A tests/bench/speedrun.ts [--epochs 9.9] [--images N] [--steps N] [--batch N] [--device auto] [--seed 0] [--no-half] [--no-torch]
 *
 * A batch is 1,024 images, on wasm 500. Prints accuracy, seconds, images per second and the device; then the time of
 * the same network's step in PyTorch, where python3 has it. With `--images` or
 * `--steps` it can be tried on a slow machine, and reaches no accuracy.
 *
 * @module
 */
import { benchOptions } from "./bench_options.ts";
import { readCifar10 } from "../../data/datasets/cifar10.ts";
import type { Images } from "../../data/images/images.ts";
import {
  chooseDevice,
  type DeviceRequest,
} from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { HALF_PRECISION } from "../../models/kernels/webgpu/gpu/tiling.ts";
import { mirroredAccuracy } from "./speedrun/evaluate.ts";
import { speedNetwork } from "./speedrun/network.ts";
import { speedTrain } from "./speedrun/train.ts";
import { whiteningFilters } from "./speedrun/whitening.ts";

const TARGET = 0.94;
/** Images of a batch. */
const BATCH = 1024;
/** The same on wasm: a step on 1,024 images does not fit into its 4 GiB. */
const WASM_BATCH = 500;

const { values } = benchOptions({
  epochs: { type: "string", default: "9.9" },
  images: { type: "string" },
  steps: { type: "string" },
  batch: { type: "string" },
  device: { type: "string", default: "auto" },
  seed: { type: "string", default: "0" },
  half: { type: "boolean", default: true },
  torch: { type: "boolean", default: true },
}, { numbers: ["epochs", "images", "steps", "batch", "seed"] });

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

function first(images: Images, n: number): Images {
  const [height, width, channels] = images.shape;
  return {
    ...images,
    images: images.images.subarray(0, n * height * width * channels),
    labels: images.labels.subarray(0, n),
  };
}

/** Milliseconds of PyTorch's steps, and where it computed them. */
async function torchStep(
  batch: number,
): Promise<
  { readonly device: string; readonly milliseconds: number } | undefined
> {
  const script = new URL("./speedrun/train_torch.py", import.meta.url).pathname;
  for (const python of ["/usr/bin/python3", "python3"]) {
    // It throws, not rejects, where there is no such command.
    const run = async () =>
      await new Deno.Command(python, {
        args: [script, String(batch)],
        env: { OMP_WAIT_POLICY: "PASSIVE" },
      }).output();
    const output = await run().catch(() => undefined);
    if (output?.success) {
      return JSON.parse(new TextDecoder().decode(output.stdout));
    }
  }
  return undefined;
}

const seed = Number(values.seed);
const device = await startDevice(
  await chooseDevice(values.device as DeviceRequest),
);
const batchSize = Number(
  values.batch ?? (device.name === "wasm" ? WASM_BATCH : BATCH),
);
if (values.batch === undefined && device.name === "wasm") {
  print(
    `batches of ${WASM_BATCH} images: a step on ${BATCH} does not fit into the 4 GiB of wasm`,
  );
}
const { gpu } = device;
const isHalf = gpu?.tiling.name === "hardware" &&
  gpu.device.features.has(HALF_PRECISION) && values.half;
if (gpu !== undefined && isHalf) gpu.precision = "half";
print(
  `device: ${device.name} (${device.facts["adapter"] ?? "CPU"}), products in ${
    isHalf ? "half" : "single"
  } precision`,
);
const { train, test } = await readCifar10();
const images = first(train, Number(values.images ?? train.labels.length));

const start = performance.now();
const network = speedNetwork(whiteningFilters(images), {
  classes: images.classes.length,
  seed,
});
const whitened = performance.now();
let firstLosses = 0;
const steps = await speedTrain(network, {
  images,
  epochs: Number(values.epochs),
  steps: values.steps === undefined ? undefined : Number(values.steps),
  batchSize,
  seed,
  device,
  onLosses(losses, step) {
    firstLosses ||= performance.now();
    const mean = losses.reduce((a, b) => a + b, 0) / losses.length;
    print(`step ${step}: loss ${mean.toFixed(3)}`);
  },
});
const trained = performance.now();
const tested = first(
  test,
  Math.min(test.labels.length, images.labels.length),
);
const accuracy = await mirroredAccuracy(network, { images: tested, batchSize });
const end = performance.now();
device.tick();

const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
print(
  `accuracy ${
    (100 * accuracy).toFixed(2)
  }% of ${tested.labels.length} test images after ${steps} steps of ${batchSize}: ${
    accuracy >= TARGET ? "the 94% are reached" : "below the 94% aimed at"
  }`,
);
print(
  `${seconds(start, end)} s in all: whitening ${
    seconds(start, whitened)
  } s, training ${seconds(whitened, trained)} s (to the first losses ${
    seconds(whitened, firstLosses)
  } s, compiling included), test ${seconds(trained, end)} s`,
);
print(
  `${
    Math.round(1000 * steps * batchSize / (trained - whitened))
  } images/s in training`,
);
network.dispose();

if (values.torch) {
  const peer = await torchStep(batchSize);
  print(
    peer === undefined
      ? "PyTorch: not installed, skipped"
      : `PyTorch on ${peer.device}, the same network: ${
        peer.milliseconds.toFixed(1)
      } ms a step, ${
        (peer.milliseconds * steps / 1000).toFixed(2)
      } s for ${steps} steps, ${
        Math.round(1000 * batchSize / peer.milliseconds)
      } images/s`,
  );
}
device.dispose();
