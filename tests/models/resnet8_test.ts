import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";
import { readWeights } from "../../models/model/device_weights.ts";
import { softmaxCrossEntropy } from "../../models/ops/cross_entropy.ts";
import { resnet8 } from "../../models/resnet8.ts";
import { onEachDevice } from "./on_each_device.ts";
import {
  reference,
  referenceGroup,
  referenceImages,
  referenceModel,
} from "./resnet8_reference.ts";
import { relativeError } from "./relative_error.ts";

const TOLERANCE = 1e-5;
const options = { inputShape: [8, 8, 3], classes: 5, seed: 0 } as const;

function batch(): { x: tf.Tensor4D; labels: tf.Tensor1D } {
  const { images, labels } = referenceImages;
  const values = Float32Array.from(images, (byte) => byte / 255);
  return {
    x: tf.tensor4d(values, [6, 8, 8, 3]),
    labels: tf.tensor1d(Int32Array.from(labels), "int32"),
  };
}

onEachDevice(
  "resnet8.forward() gives PyTorch's logits and running statistics in training",
  async (device) => {
    const network = await referenceModel.create(options);
    const { x, labels } = batch();
    const logits = network.forward(x, { training: true });
    const expected = reference("logits").data;
    assert.ok(relativeError(await logits.data(), expected) < TOLERANCE);
    const statistics = await readWeights(network.statistics);
    for (const [name, { data }] of Object.entries(statistics)) {
      const error = relativeError(data, reference(`statistics/${name}`).data);
      assert.ok(error < TOLERANCE, `${name}: ${error}`);
    }
    tf.dispose([x, labels, logits]);
    network.dispose();
    device.tick();
  },
);

onEachDevice(
  "resnet8's loss and gradients are PyTorch's",
  async (device) => {
    const network = await referenceModel.create(options);
    const { x, labels } = batch();
    const { value, grads } = tf.variableGrads(
      () =>
        softmaxCrossEntropy(
          network.forward(x, { training: true }),
          labels,
          { smoothing: 0.1 },
        ),
      Object.values(network.parameters),
    );
    const [loss = NaN] = await value.data();
    const [expected = NaN] = reference("losses").data;
    assert.ok(Math.abs(loss / expected - 1) < 1e-6, `${loss} ${expected}`);
    for (const [name, variable] of Object.entries(network.parameters)) {
      const gradient = await (grads[variable.name] as tf.Tensor).data();
      const { data } = reference(`gradient/${name}`);
      const error = relativeError(gradient, data);
      assert.ok(error < TOLERANCE, `${name}: ${error}`);
    }
    tf.dispose([x, labels, value]);
    tf.dispose(grads);
    network.dispose();
    device.tick();
  },
);

Deno.test("resnet8 has 75,274 parameters, and with half the channels 19,210", async () => {
  await startDevice(await chooseDevice("cpu"));
  for (
    const [widths, count] of [
      [[16, 32, 64], 75274],
      [[8, 16, 32], 19210],
    ] as const
  ) {
    const network = await resnet8.create({
      inputShape: [32, 32, 3],
      classes: 10,
      seed: 0,
      options: { widths },
    });
    const sizes = Object.values(network.parameters).map(({ size }) => size);
    assert.equal(sizes.reduce((a, b) => a + b, 0), count);
    network.dispose();
  }
});

Deno.test("resnet8 refuses to train where a channel has one value alone", async () => {
  await startDevice(await chooseDevice("cpu"));
  const network = await resnet8.create({
    inputShape: [4, 4, 3],
    classes: 2,
    seed: 0,
  });
  const forward = (images: number) =>
    tf.tidy(() => {
      network.forward(tf.ones([images, 4, 4, 3]), { training: true });
    });
  forward(2);
  assert.throws(() => forward(1), {
    name: "RangeError",
    message: /^Cannot normalise a batch of one value a channel: /,
  });
  network.dispose();
});

Deno.test("resnet8.create() names its variables as the reference does", async () => {
  await startDevice(await chooseDevice("cpu"));
  const network = await referenceModel.create(options);
  const names = Object.keys({ ...network.parameters, ...network.statistics });
  assert.deepEqual(names.sort(), Object.keys(referenceGroup("initial")).sort());
  network.dispose();
});

Deno.test("resnet8.create() gives a layer the same weights whatever the other layers are", async () => {
  await startDevice(await chooseDevice("cpu"));
  const create = (widths: readonly number[]) =>
    resnet8.create({ ...options, options: { widths } });
  const small = await create([4, 6, 8]);
  const large = await create([4, 6, 16]);
  const [a, b] = [
    await readWeights(small.parameters),
    await readWeights(large.parameters),
  ];
  assert.deepEqual(a["stem.kernel"], b["stem.kernel"]);
  assert.deepEqual(
    a["block2.convolution2.kernel"],
    b["block2.convolution2.kernel"],
  );
  small.dispose();
  large.dispose();
});

Deno.test("resnet8.create() draws He-normal kernels and a small head", async () => {
  await startDevice(await chooseDevice("cpu"));
  const network = await resnet8.create({ ...options, inputShape: [32, 32, 3] });
  const weights = await readWeights(network.parameters);
  const deviation = (name: string) => {
    const data = weights[name]?.data ?? new Float32Array();
    return Math.sqrt(data.reduce((sum, w) => sum + w * w, 0) / data.length);
  };
  const he = Math.sqrt(2 / (9 * 64));
  assert.ok(Math.abs(deviation("block3.convolution2.kernel") / he - 1) < 0.02);
  assert.ok(Math.abs(deviation("head.kernel") / 0.01 - 1) < 0.2);
  assert.equal(deviation("stem.bias"), 0);
  network.dispose();
});

Deno.test("resnet8.create() refuses falling widths, odd sides and unknown options", async () => {
  const refuses = (
    change: Partial<Parameters<typeof resnet8.create>[0]>,
    message: string,
  ) =>
    assert.rejects(() => resnet8.create({ ...options, ...change }), {
      name: "TypeError",
      message,
    });
  await refuses(
    { options: { widths: [8, 4, 8] } },
    "Cannot create a residual network of widths [8,4,8]: they must be whole numbers that never fall",
  );
  await refuses(
    { inputShape: [30, 32, 3] },
    "Cannot create a residual network for images of 30×32: both sides must be multiples of 4",
  );
  await refuses(
    { options: { depth: 3 } },
    'Cannot create a network with option "depth": the options are "widths"',
  );
  await refuses(
    { options: { widths: [8, 16] } },
    "Cannot create a network with widths [8,16]: it must look like [16,32,64]",
  );
});
