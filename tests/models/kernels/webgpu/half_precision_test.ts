/**
 * What tiles in half precision may differ by from single precision, over the
 * ways in which a product loads its factors.
 *
 * @module
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { NO_HALF_PRECISION } from "../../half_precision_here.ts";
import { onEachDevice } from "../../on_each_device.ts";
import { use } from "../on_kernels.ts";
import { relativeError } from "../../relative_error.ts";
import { sample, tensor } from "../samples.ts";
import { fewOf, inFull } from "../../../full.ts";

/** Eleven bits of each factor, and of sums within a tile. */
const TOLERANCE = 3e-3;

/** Rows, depth and columns: ragged, in slices, a single place. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [13, 33, 17],
  ...inFull([70, 2100, 40], [1, 1, 1]),
];

interface Convolution {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly stride: number;
  readonly pad: "same" | "valid";
}

/** Convolutions that are products of tiles, forward or in a gradient. */
const CONVOLUTIONS = inFull<Convolution>(
  { x: [2, 9, 8, 24], filter: [3, 3, 24, 32], stride: 2, pad: "same" },
  { x: [5, 16, 16, 16], filter: [3, 3, 16, 32], stride: 1, pad: "same" },
  { x: [3, 9, 10, 36], filter: [3, 3, 36, 68], stride: 1, pad: "same" },
  { x: [2, 7, 6, 24], filter: [3, 3, 24, 20], stride: 1, pad: "valid" },
  { x: [1, 4, 4, 96], filter: [5, 5, 96, 8], stride: 1, pad: "same" },
);

function agreesWithSingle(name: string, run: () => tf.Tensor[]): void {
  onEachDevice(
    `${name} in half precision is right to three digits and no more`,
    async (device) => {
      const gpu = use("hardware");
      const results: tf.Tensor[][] = [];
      for (const precision of ["single", "half"] as const) {
        gpu.precision = precision;
        results.push(tf.tidy(run));
      }
      const [single = [], half = []] = await Promise.all(
        results.map((tensors) => Promise.all(tensors.map((one) => one.data()))),
      );
      use("software");
      tf.dispose(results);
      device.tick();
      const errors = half.map((one, i) => relativeError(one, single[i] ?? []));
      assert(errors.every((error) => error < TOLERANCE), `${errors}`);
      assert(errors.some((error) => error > 1e-6), `${errors}`);
    },
    { devices: ["webgpu-software"], lacks: NO_HALF_PRECISION },
  );
}

for (const [rows, depth, columns] of SIZES) {
  agreesWithSingle(
    `tf.matMul() of ${rows}×${depth}×${columns}`,
    () =>
      fewOf(
        [[false, false], [true, false], [false, true], [true, true]],
        ([a, b]) => a !== b,
      ).map(
        ([transposeA = false, transposeB = false]) =>
          tf.matMul(
            tensor<tf.Tensor2D>(
              sample(transposeA ? [depth, rows] : [rows, depth], 1),
            ),
            tensor<tf.Tensor2D>(
              sample(transposeB ? [columns, depth] : [depth, columns], 2),
            ),
            transposeA,
            transposeB,
          ),
      ),
  );
}

for (const { x, filter, stride, pad } of CONVOLUTIONS) {
  agreesWithSingle(
    `tf.conv2d() of [${x}] and [${filter}], stride ${stride}`,
    () => {
      const convolve = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
        tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad);
      const inputs = [tensor(sample(x, 1)), tensor(sample(filter, 2))] as const;
      const y = convolve(...inputs);
      const dy: tf.Tensor = tensor(sample(y.shape, 3));
      return [y, ...tf.grads(convolve)([...inputs], dy)];
    },
  );
}
