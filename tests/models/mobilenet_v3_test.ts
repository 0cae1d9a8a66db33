import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../engine/define/random.ts";
import {
  readWeights,
  writeWeights,
} from "../../models/model/device_weights.ts";
import { everything } from "../../models/model/model.ts";
import type { Weights } from "../../models/model/weights.ts";
import {
  mobilenetV3,
  mobilenetV3Normalised,
} from "../../models/mobilenet_v3.ts";
import { onCpu } from "./on_cpu.ts";
import { onEachDevice } from "./on_each_device.ts";
import { publishedTrunk } from "./published_trunk.ts";
import { relativeError } from "./relative_error.ts";
import { inFull } from "../full.ts";

const photographs = { inputShape: [32, 32, 3], classes: 10, seed: 0 } as const;

/** A software GPU takes half a minute to compile such networks, tfjs on the CPU many seconds to compute them. */
const DEVICES = {
  devices: ["wasm", ...inFull("cpu", "webgpu-software")],
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

/** Which of the parameters are tried, by model. */
const TRIED = [
  [mobilenetV3, [
    "stem.kernel",
    "block3.excite.bias",
    "block11.depthwise.kernel",
  ]],
  [mobilenetV3Normalised, [
    "stem.norm.scale",
    "block3.excite.bias",
    "block5.depthwise.kernel",
    "block11.depthwise.norm.offset",
  ]],
] as const;

for (const [model, names] of TRIED) {
  onEachDevice(
    `the gradient of ${model.name} is the slope of its squared logits`,
    async (device) => {
      const network = await model.create({
        ...photographs,
        options: { layers: 12, side: 32 },
      });
      const before = tf.memory().numTensors;
      const x = tf.tensor4d(
        Float32Array.from({ length: 2 * 3072 }, (_, i) => (i * 37 % 101) / 101),
        [2, 32, 32, 3],
      );
      const sum = () =>
        tf.tidy(() =>
          tf.sum<tf.Scalar>(
            tf.square(network.forward(x, { training: true })),
          )
        );
      const valueOf = async (scalar: tf.Tensor): Promise<number> => {
        const [number = NaN] = await scalar.data();
        scalar.dispose();
        return number;
      };
      const { value, grads } = tf.variableGrads(
        sum,
        Object.values(network.parameters),
      );
      const size = Math.abs(await valueOf(value));
      for (const name of names) {
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
}

/** The weights of the folded network that computes the same. */
function folded(weights: Weights): Weights {
  const of = (name: string) => weights[name]?.data as Float32Array;
  const layers = Object.keys(weights).flatMap((name) => {
    const [, layer] = /^(.*)\.norm\.scale$/.exec(name) ?? [];
    return layer === undefined ? [] : [layer];
  });
  assert.equal(layers.length, 1 + 2 + 3 * 7);
  const kept = Object.entries(weights).filter(([name]) =>
    !name.includes(".norm.")
  );
  const changed = layers.flatMap((layer) => {
    const factor = of(`${layer}.norm.scale`).map((scale, i) =>
      scale / Math.sqrt((of(`${layer}.norm.variance`)[i] as number) + 1e-5)
    );
    const bias = of(`${layer}.norm.offset`).map((offset, i) =>
      offset -
      (of(`${layer}.norm.mean`)[i] as number) * (factor[i] as number)
    );
    const kernel = weights[`${layer}.kernel`] as Weights[string];
    const data = kernel.data.map((value, i) =>
      value * (factor[i % factor.length] as number)
    );
    return [
      [`${layer}.kernel`, { ...kernel, data }],
      [`${layer}.bias`, { shape: [bias.length], data: bias }],
    ] as const;
  });
  return Object.fromEntries([...kept, ...changed]);
}

onEachDevice(
  "mobilenetV3Normalised in use is mobilenetV3 with what training has gathered folded in",
  async (device) => {
    const options = { layers: 8, side: 32 };
    const network = await mobilenetV3Normalised.create({
      ...photographs,
      options,
    });
    const plain = await mobilenetV3.create({ ...photographs, options });
    const random = stream(0, "pixels");
    const x = tf.tensor4d(
      Float32Array.from({ length: 4 * 3072 }, () => random.uniform()),
      [4, 32, 32, 3],
    );
    const begun = await readWeights(network.statistics);
    network.forward(x, { training: true }).dispose();
    const moved = await readWeights(network.statistics);
    for (const name of Object.keys(begun)) {
      assert.notDeepEqual(moved[name], begun[name], name);
    }
    const weights = Object.fromEntries(
      Object.entries(await readWeights(everything(network))).map((
        [name, array],
      ) => [
        name,
        name.includes(".norm.")
          ? {
            ...array,
            data: array.data.map((value) => value + 0.5 * random.uniform()),
          }
          : array,
      ]),
    );
    writeWeights(everything(network), { weights });
    writeWeights(plain.parameters, { weights: folded(weights) });
    const [found, expected] = [network, plain].map((one) =>
      one.forward(x, { training: false })
    ) as [tf.Tensor2D, tf.Tensor2D];
    const error = relativeError(await found.data(), await expected.data());
    assert.ok(error < 1e-4, `${error}`);
    assert.deepEqual(await readWeights(everything(network)), weights);
    tf.dispose([x, found, expected]);
    network.dispose();
    plain.dispose();
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
