/**
 * The other networks of the benchmark, on images [batch, 32, 32, 3]:
 * an MLP 3072–256–256–10 and a ViT with patches of 4, width 64, four layers,
 * four heads and MLPs of 128.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Parameters } from "../models/kernels/r8_network.ts";

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
  const flat = (t: tf.Tensor): tf.Tensor2D =>
    tf.reshape(t, [batch * TOKENS, t.size / (batch * TOKENS)]);
  let y: tf.Tensor = tf.add(
    tf.reshape(tf.matMul(flat(cells), of("patches")), [batch, TOKENS, WIDTH]),
    of("positions"),
  );
  for (const i of LAYERS) {
    const a = layerNorm(y, of(`${i}.scale1`), of(`${i}.offset1`));
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
    const scores = tf.softmax(
      tf.mul(tf.matMul(q, k, false, true), (WIDTH / HEADS) ** -0.5),
    );
    const mixed = flat(tf.transpose(tf.matMul(scores, v), [0, 2, 1, 3]));
    y = tf.add(
      y,
      tf.reshape(tf.matMul(mixed, of(`${i}.project`)), [batch, TOKENS, WIDTH]),
    );
    const b = layerNorm(y, of(`${i}.scale2`), of(`${i}.offset2`));
    const inner = tf.relu(tf.matMul(flat(b), of(`${i}.up`)));
    y = tf.add(
      y,
      tf.reshape(tf.matMul(inner, of(`${i}.down`)), [batch, TOKENS, WIDTH]),
    );
  }
  return tf.matMul(tf.mean(y, 1) as tf.Tensor2D, of("head"));
}

function layerNorm(
  x: tf.Tensor,
  scale: tf.Tensor,
  offset: tf.Tensor,
): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normal, scale), offset);
}
