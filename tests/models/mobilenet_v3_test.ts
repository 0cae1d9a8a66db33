import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../engine/define/random.ts";
import { writeWeights } from "../../models/model/device_weights.ts";
import { mobilenetV3 } from "../../models/mobilenet_v3.ts";
import { onCpu } from "./on_cpu.ts";
import { onEachDevice } from "./on_each_device.ts";
import { publishedTrunk } from "./published_trunk.ts";
import { relativeError } from "./relative_error.ts";
import { inFull } from "../full.ts";

const photographs = { inputShape: [32, 32, 3], classes: 10, seed: 0 } as const;

/** A software GPU takes half a minute to compile such networks. */
const DEVICES = {
  devices: ["cpu", "wasm", ...inFull("webgpu-software")],
} as const;

/** Where the graph has what so many layers give. */
const NODES = [
  [1, "tower_0/MobilenetV3/expanded_conv/add"],
  [7, "tower_0/MobilenetV3/expanded_conv_6/project/BatchNorm/FusedBatchNorm"],
  [12, "tower_0/MobilenetV3/expanded_conv_11/add"],
  [15, "tower_0/MobilenetV3/expanded_conv_14/add"],
  [16, "tower_0/extern1/hard_swish/mul_1"],
] as const;

onEachDevice(
  "mobilenetV3.features() are those of the published graph",
  async (device) => {
    const { weights, load } = await publishedTrunk();
    const random = stream(0, "pixels");
    const bytes = Float32Array.from(
      { length: 2 * 32 * 32 * 3 },
      () => random.integer(256),
    );
    const graph = await load();
    const before = tf.memory().numTensors;
    const pixels = tf.tensor4d(bytes, [2, 32, 32, 3]);
    const x = tf.div<tf.Tensor4D>(pixels, 255);
    const large = tf.image.resizeBilinear(pixels, [64, 64], false, true);
    const maps = graph.execute(large, NODES.map(([, node]) => node));
    assert.ok(Array.isArray(maps) && maps.length === NODES.length);
    for (const [i, [layers]] of NODES.entries()) {
      const network = await mobilenetV3.create({
        ...photographs,
        options: { layers, side: 64 },
      });
      const { parameters, head } = network;
      writeWeights(parameters, {
        weights,
        names: Object.keys(parameters).filter((name) => !head.includes(name)),
      });
      const expected: tf.Tensor = tf.mean(maps[i] as tf.Tensor, [1, 2]);
      const features = network.features(x, { training: false });
      assert.deepEqual(features.shape, expected.shape);
      const error = relativeError(
        await features.data(),
        await expected.data(),
      );
      assert.ok(error < 1e-4, `${layers} layers: ${error}`);
      tf.dispose([expected, features]);
      network.dispose();
    }
    tf.dispose([pixels, x, large, maps]);
    assert.equal(tf.memory().numTensors, before);
    graph.dispose();
    device.tick();
  },
  DEVICES,
);

onEachDevice(
  "mobilenetV3's gradient is the slope of its logits",
  async (device) => {
    const network = await mobilenetV3.create({
      ...photographs,
      options: { layers: 12, side: 32 },
    });
    const before = tf.memory().numTensors;
    const x = tf.tensor4d(
      Float32Array.from({ length: 2 * 3072 }, (_, i) => (i * 37 % 101) / 101),
      [2, 32, 32, 3],
    );
    const sum = () =>
      tf.tidy(() => tf.sum<tf.Scalar>(network.forward(x, { training: true })));
    const valueOf = async (scalar: tf.Tensor): Promise<number> => {
      const [number = NaN] = await scalar.data();
      scalar.dispose();
      return number;
    };
    const { value, grads } = tf.variableGrads(sum);
    const size = Math.abs(await valueOf(value));
    for (
      const name of [
        "stem.kernel",
        "block3.excite.bias",
        "block11.depthwise.kernel",
      ]
    ) {
      const variable = network.parameters[name] as tf.Variable;
      const gradient = grads[variable.name] as tf.Tensor;
      const start = variable.clone();
      // Along the gradient itself the slope is its length.
      const length = await valueOf(tf.norm(gradient));
      const at = async (step: number): Promise<number> => {
        tf.tidy(() =>
          variable.assign(tf.add(start, tf.mul(gradient, step / length)))
        );
        return await valueOf(sum());
      };
      const step = 1e-2 * size / length;
      const slope = (await at(step) - await at(-step)) / (2 * step);
      assert.ok(
        Math.abs(slope / length - 1) < 2e-2,
        `${name}: ${slope} of ${length}`,
      );
      variable.assign(start);
      start.dispose();
    }
    x.dispose();
    tf.dispose(grads);
    assert.equal(tf.memory().numTensors, before);
    network.dispose();
    device.tick();
  },
  DEVICES,
);

Deno.test("mobilenetV3 has 1,755,874 parameters, and 508,946 in twelve layers", async () => {
  await onCpu();
  for (const [layers, count] of [[16, 1_755_874], [12, 508_946]] as const) {
    const network = await mobilenetV3.create({
      ...photographs,
      options: { layers },
    });
    const sizes = Object.values(network.parameters).map(({ size }) => size);
    assert.equal(sizes.reduce((a, b) => a + b, 0), count);
    network.dispose();
  }
});

Deno.test("mobilenetV3.create() throws when it cannot take the images or the options", async () => {
  await onCpu();
  await assert.rejects(
    () => mobilenetV3.create({ ...photographs, inputShape: [28, 28, 1] }),
    {
      name: "TypeError",
      message:
        "Cannot create a MobileNetV3 for images of 1 channels: it takes 3",
    },
  );
  await assert.rejects(
    () => mobilenetV3.create({ ...photographs, options: { side: 48 } }),
    {
      name: "TypeError",
      message:
        "Cannot create a MobileNetV3 for images enlarged to a side of 48: it must be a multiple of 32",
    },
  );
  await assert.rejects(
    () => mobilenetV3.create({ ...photographs, options: { layers: 17 } }),
    {
      name: "TypeError",
      message: "Cannot create a MobileNetV3 of 17 layers: it has 1 to 16",
    },
  );
});
