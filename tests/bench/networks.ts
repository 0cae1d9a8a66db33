/**
 * The other networks of the benchmark, on images [batch, 32, 32, 3]:
 * an MLP 3072–256–256–10 and a ViT with patches of 4, width 64, four layers,
 * four heads and MLPs of 128.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { layerNorm } from "../../models/ops/layer_norm.ts";
import { scaledSoftmax } from "../../models/ops/scaled_softmax.ts";
import type { stream } from "../../engine/define/random.ts";
import {
  makeParameters,
  type Parameters,
} from "../models/kernels/r8_network.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

const PATCH = 4;
const WIDTH = 64;
const HEADS = 4;
const LAYERS = [0, 1, 2, 3];
const TOKENS = (32 / PATCH) ** 2;

/** Shapes of the MLP's parameters. */
export const MLP_SHAPES: Shapes = {
  kernel0: [3072, 256],
  bias0: [256],
  kernel1: [256, 256],
  bias1: [256],
  kernel2: [256, 10],
  bias2: [10],
};

/** Shapes of the ViT's parameters. */
export const VIT_SHAPES: Shapes = {
  patches: [PATCH * PATCH * 3, WIDTH],
  positions: [TOKENS, WIDTH],
  ...Object.assign(
    {},
    ...LAYERS.map((i): Shapes => ({
      [`${i}.scale1`]: [WIDTH],
      [`${i}.offset1`]: [WIDTH],
      [`${i}.qkv`]: [WIDTH, 3 * WIDTH],
      [`${i}.project`]: [WIDTH, WIDTH],
      [`${i}.scale2`]: [WIDTH],
      [`${i}.offset2`]: [WIDTH],
      [`${i}.up`]: [WIDTH, 128],
      [`${i}.down`]: [128, WIDTH],
    })),
  ),
  head: [WIDTH, 10],
};

/** Parameters of a network: weights drawn, scales 1, all else 0. */
export function drawParameters(
  shapes: Shapes,
  random: ReturnType<typeof stream>,
): Parameters {
  return makeParameters(shapes, (name, shape) => {
    const n = tf.util.sizeFromShape([...shape]);
    const width = Math.sqrt(2 / (n / (shape.at(-1) ?? 1)));
    return Float32Array.from(
      { length: n },
      () =>
        shape.length > 1
          ? random.normal() * width
          : name.includes("scale")
          ? 1
          : 0,
    );
  });
}

/** Logits of the MLP. */
export function mlpLogits(parameters: Parameters, x: tf.Tensor4D): tf.Tensor2D {
  let y = tf.reshape(x, [x.shape[0], 3072]) as tf.Tensor2D;
  for (const i of [0, 1, 2]) {
    const kernel = parameters[`kernel${i}`] as unknown as tf.Tensor2D;
    const bias = parameters[`bias${i}`] as unknown as tf.Tensor1D;
    y = tf.add(tf.matMul(y, kernel), bias);
    if (i < 2) y = tf.relu(y);
  }
  return y;
}

/** Logits of the ViT. */
export function vitLogits(parameters: Parameters, x: tf.Tensor4D): tf.Tensor2D {
  const of = (name: string): tf.Tensor2D =>
    parameters[name] as unknown as tf.Tensor2D;
  const batch = x.shape[0];
  const side = 32 / PATCH;
  const cells = tf.transpose(
    tf.reshape(x, [batch, side, PATCH, side, PATCH * 3]),
    [0, 1, 3, 2, 4],
  );
  const normalised = (
    x: tf.Tensor,
    { scale, offset }: { readonly scale: string; readonly offset: string },
  ) =>
    layerNorm(x, {
      scale: of(scale) as tf.Tensor as tf.Tensor1D,
      offset: of(offset) as tf.Tensor as tf.Tensor1D,
      epsilon: 1e-5,
    });
  const flat = (t: tf.Tensor): tf.Tensor2D =>
    tf.reshape(t, [batch * TOKENS, t.size / (batch * TOKENS)]);
  let y: tf.Tensor = tf.add(
    tf.reshape(tf.matMul(flat(cells), of("patches")), [batch, TOKENS, WIDTH]),
    of("positions"),
  );
  for (const i of LAYERS) {
    const a = normalised(y, { scale: `${i}.scale1`, offset: `${i}.offset1` });
    const qkv = tf.transpose(
      tf.reshape(tf.matMul(flat(a), of(`${i}.qkv`)), [
        batch,
        TOKENS,
        3,
        HEADS,
        WIDTH / HEADS,
      ]),
      [2, 0, 3, 1, 4],
    );
    const [q, k, v] = tf.unstack(qkv) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const scores = scaledSoftmax(tf.matMul(q, k, false, true), {
      scale: (WIDTH / HEADS) ** -0.5,
    });
    const mixed = flat(tf.transpose(tf.matMul(scores, v), [0, 2, 1, 3]));
    y = tf.add(
      y,
      tf.reshape(tf.matMul(mixed, of(`${i}.project`)), [batch, TOKENS, WIDTH]),
    );
    const b = normalised(y, { scale: `${i}.scale2`, offset: `${i}.offset2` });
    const inner = tf.relu(tf.matMul(flat(b), of(`${i}.up`)));
    y = tf.add(
      y,
      tf.reshape(tf.matMul(inner, of(`${i}.down`)), [batch, TOKENS, WIDTH]),
    );
  }
  return tf.matMul(tf.mean(y, 1) as tf.Tensor2D, of("head"));
}
