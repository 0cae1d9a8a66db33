import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { safetensors } from "../../engine/define/safetensors.ts";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { type Device, startDevice } from "../../models/device/device.ts";
import { writeWeights } from "../../models/model/device_weights.ts";
import type { Network } from "../../models/model/model.ts";
import { softmaxCrossEntropy } from "../../models/ops/cross_entropy.ts";
import { composedKernels } from "../../models/ops/fused_kernel.ts";
import { train } from "../../models/training/train.ts";
import { trainPopulation } from "../../models/populations/train_population.ts";
import type { Trained, TrainOptions } from "../../models/training/options.ts";
import { vit } from "../../models/vit.ts";
import { TILINGS, use } from "./kernels/on_kernels.ts";
import { relativeError } from "./relative_error.ts";
import { TOLERANCE } from "./kernels/samples.ts";
import { onEachDevice } from "./on_each_device.ts";
import { bits, randomImages, tinyTraining } from "./training_fixture.ts";
import { inFull } from "../full.ts";

/** What PyTorch 2.6 computes in double precision; made by data/vit_reference.py. */
const { arrays } = safetensors.decode(
  await Deno.readFile(
    new URL("data/vit_reference.safetensors", import.meta.url),
  ),
);

function reference(name: string): ArrayLike<number> {
  return arrays[name]?.data as ArrayLike<number>;
}

const options = {
  inputShape: [8, 8, 3],
  classes: 5,
  seed: 0,
  options: { width: 8, layers: 2, heads: 2, inner: 12 },
} as const;

/** The network of the reference, with its initial weights. */
async function referenceNetwork(): Promise<Network> {
  const network = await vit.create(options);
  const weights = Object.fromEntries(
    Object.keys(network.parameters).map((name) => {
      const { shape = [], data = [] } = arrays[`initial/${name}`] ?? {};
      return [name, { shape, data: Float32Array.from(data) }];
    }),
  );
  writeWeights(network.parameters, { weights });
  return network;
}

onEachDevice(
  "vit's logits, loss and gradients are PyTorch's",
  async (device) => {
    const network = await referenceNetwork();
    const images = Float32Array.from(reference("images"), (byte) => byte / 255);
    const x = tf.tensor4d(images, [5, 8, 8, 3]);
    const labels = tf.tensor1d(Int32Array.from(reference("labels")), "int32");
    const logits = network.forward(x, { training: false });
    assert(
      relativeError(await logits.data(), reference("logits")) < TOLERANCE,
    );
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(network.forward(x, { training: true }), labels, {
          smoothing: 0.1,
        }),
      Object.values(network.parameters),
    );
    assert(relativeError(await value.data(), reference("loss")) < 1e-6);
    for (const [name, variable] of Object.entries(network.parameters)) {
      const gradient = await (grads[variable.name] as tf.Tensor).data();
      const error = relativeError(gradient, reference(`gradient/${name}`));
      assert(error < TOLERANCE, `${name}: ${error}`);
    }
    tf.dispose([x, labels, logits, value]);
    tf.dispose(grads);
    network.dispose();
    device.tick();
  },
);

/** A training on images whose classes differ in brightness. */
function training(device: Device, changes: Partial<TrainOptions> = {}) {
  return tinyTraining(device, {
    model: vit,
    modelOptions: options.options,
    images: randomImages(48),
    batchSize: 5, // as above, so that WebGPU compiles few programs more
    epochs: 6,
    labelSmoothing: 0,
    averageDecay: 0.5,
    keepEpochs: [],
    ...changes,
  });
}

onEachDevice("vit learns classes of different brightness", async (device) => {
  const { history } = await train(training(device));
  const losses = history.map(({ loss }) => loss);
  assert.equal(losses.length, 6);
  assert((losses.at(-1) as number) < 0.9 * (losses[0] as number), `${losses}`);
  device.tick();
}, { devices: ["wasm", ...inFull("cpu", "webgpu-software")] });

/** Final weights, to be compared to the bit. */
function text({ final }: Trained): string {
  return JSON.stringify(bits(final));
}

for (const tiling of inFull(...TILINGS)) {
  onEachDevice(
    `vit gets in a population what it gets alone, with the kernels for ${tiling}`,
    async ({ gpu: own, ...device }) => {
      const gpu = use(tiling, own?.tape);
      const composedBefore = composedKernels("webgpu"); // by tests of this group
      const both = () =>
        [1, 2].map((seed) => training({ ...device, gpu }, { seed, epochs: 1 }));
      const alone: string[] = [];
      for (const each of both()) alone.push(text(await train(each)));
      const together = await trainPopulation(both());
      for (const [i, end] of together.entries()) {
        assert(end.status === "fulfilled");
        assert.equal(text(end.value), alone[i]);
      }
      assert.deepEqual(
        composedKernels("webgpu"),
        composedBefore,
        "all kernels are ours",
      );
      use("software", own?.tape);
      device.tick();
    },
    { devices: ["webgpu-software"] },
  );
}

Deno.test("vit has 141,898 parameters", async () => {
  await startDevice(await chooseDevice("cpu"));
  const network = await vit.create({
    inputShape: [32, 32, 3],
    classes: 10,
    seed: 0,
  });
  const sizes = Object.values(network.parameters).map(({ size }) => size);
  assert.equal(sizes.reduce((a, b) => a + b, 0), 141898);
  network.dispose();
});

Deno.test("vit.create() refuses sizes that do not divide", async () => {
  const refuses = (
    change: Partial<Parameters<typeof vit.create>[0]>,
    message: string,
  ) =>
    assert.rejects(() => vit.create({ ...options, ...change }), {
      name: "TypeError",
      message,
    });
  await refuses(
    { options: { layers: 0 } },
    "Cannot create a vision transformer of layers 0: it must be a positive integer",
  );
  await refuses(
    { options: { heads: 3 } },
    "Cannot create a vision transformer of width 64: 3 heads cannot share it evenly",
  );
  await refuses(
    { inputShape: [10, 8, 3] },
    "Cannot create a vision transformer for images of 10×8: both sides must be multiples of the patch, 4",
  );
});
