/**
 * The network of arXiv:2404.00498: a frozen layer that whitens 2×2
 * patches, three blocks of two convolutions with batch normalisation and GELU,
 * a dense layer. Written from its description.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import { stream } from "../../../engine/define/random.ts";
import type { Variables } from "../../../models/model/model.ts";
import { normalise } from "../../../models/networks/normalise.ts";
import { batchNorm } from "../../../models/ops/batch_norm.ts";
import { gelu } from "../../../models/ops/gelu.ts";
import type { whiteningFilters } from "./whitening.ts";

/** Channels of the blocks. */
export const WIDTHS = [64, 256, 256] as const;
/** Multiplies the logits. */
const SCALING = 1 / 9;
/** The batch normalisation moves its running statistics by this much. */
const MOVE = 0.4;
const NORM_EPSILON = 1e-12;

/** A network of the speedrun. */
export interface SpeedNetwork {
  /** What is trained, by name; `whitening.bias` only at first. */
  readonly parameters: Variables;
  /** Running means and variances. */
  readonly statistics: Variables;
  /** Logits [n, class] of images [n, 32, 32, 3], 0…1. */
  logits(x: tf.Tensor4D, options: { readonly training: boolean }): tf.Tensor2D;
  /** Frees everything. */
  dispose(): void;
}

/** A new network whose first layer has these filters. */
export function speedNetwork(
  whitening: ReturnType<typeof whiteningFilters>,
  { classes, seed, widths = WIDTHS }: {
    readonly classes: number;
    readonly seed: number;
    readonly widths?: readonly number[];
  },
): SpeedNetwork {
  const parameters: Record<string, tf.Variable> = {};
  const statistics: Record<string, tf.Variable> = {};
  const filled = (n: number, value: number, trainable = true) =>
    tf.tidy(() => tf.variable(tf.fill([n], value), trainable));
  const frozen = tf.tidy(() =>
    tf.variable(tf.tensor(whitening.values, [...whitening.shape]), false)
  ) as tf.Variable<tf.Rank.R4>;
  parameters["whitening.bias"] = filled(whitening.shape[3], 0);

  function convolution(name: string, from: number, to: number): void {
    parameters[name] = tf.tidy(() =>
      tf.variable(tf.tensor(
        initialFilter({ from, to, random: stream(seed, "init", name) }),
        [3, 3, from, to],
      ))
    );
  }
  function normalisation(name: string, channels: number): void {
    parameters[`${name}.offset`] = filled(channels, 0);
    statistics[`${name}.mean`] = filled(channels, 0, false);
    statistics[`${name}.variance`] = filled(channels, 1, false);
  }
  const blocks = widths.map((to, i) => {
    const name = `block${i + 1}`;
    convolution(
      `${name}.filter1`,
      i === 0 ? whitening.shape[3] : widths[i - 1] as number,
      to,
    );
    normalisation(`${name}.norm1`, to);
    convolution(`${name}.filter2`, to, to);
    normalisation(`${name}.norm2`, to);
    return { name, ones: filled(to, 1, false) };
  });
  const last = widths.at(-1) as number;
  parameters["head"] = tf.tidy(() => {
    const random = stream(seed, "init", "head");
    const bound = 1 / Math.sqrt(last);
    return tf.variable(tf.tensor(
      Float32Array.from(
        { length: last * classes },
        () => bound * (2 * random.uniform() - 1),
      ),
      [last, classes],
    ));
  });

  const of = <T extends tf.Tensor>(name: string) =>
    parameters[name] as unknown as T;

  function normalised(
    x: tf.Tensor4D,
    { name, ones, training }: {
      readonly name: string;
      readonly ones: tf.Variable;
      readonly training: boolean;
    },
  ): tf.Tensor4D {
    const mean = statistics[`${name}.mean`] as tf.Variable;
    const variance = statistics[`${name}.variance`] as tf.Variable;
    const offset = of<tf.Tensor1D>(`${name}.offset`);
    if (!training) {
      const root = tf.rsqrt(tf.add(variance, NORM_EPSILON));
      return gelu(tf.add(tf.mul(tf.sub(x, mean), root), offset) as tf.Tensor4D);
    }
    const batch = batchNorm(x, {
      scale: ones as tf.Tensor as tf.Tensor1D,
      offset,
      epsilon: NORM_EPSILON,
      relu: false,
    });
    for (
      const [running, now] of [[mean, batch.mean], [
        variance,
        batch.variance,
      ]] as const
    ) {
      running.assign(
        tf.add(tf.mul(running, 1 - MOVE), tf.mul(now, MOVE)),
      );
    }
    return gelu(batch.y);
  }

  return {
    parameters,
    statistics,
    logits: (x, { training }) =>
      tf.tidy(() => {
        let y: tf.Tensor4D = gelu(
          tf.add(
            tf.conv2d(normalise(x), frozen, 1, "valid"),
            of("whitening.bias"),
          ) as tf.Tensor4D,
        );
        for (const { name, ones } of blocks) {
          y = tf.conv2d(y, of(`${name}.filter1`), 1, "same");
          y = tf.maxPool(y, 2, 2, "valid");
          y = normalised(y, { name: `${name}.norm1`, ones, training });
          y = tf.conv2d(y, of(`${name}.filter2`), 1, "same");
          y = normalised(y, { name: `${name}.norm2`, ones, training });
        }
        y = tf.maxPool(y, 3, 3, "valid");
        const flat = tf.reshape(y, [x.shape[0], last]) as tf.Tensor2D;
        return tf.mul(tf.matMul(flat, of<tf.Tensor2D>("head")), SCALING);
      }),
    dispose: () =>
      tf.dispose([
        parameters,
        statistics,
        frozen,
        ...blocks.map((b) => b.ones),
      ]),
  };
}

/**
 * Uniform weights of a bound of 1/√fan-in, the first output channels passing
 * the input on unchanged ("identity initialization").
 */
function initialFilter(
  { from, to, random }: {
    readonly from: number;
    readonly to: number;
    readonly random: ReturnType<typeof stream>;
  },
): Float32Array {
  const bound = 1 / Math.sqrt(9 * from);
  const values = Float32Array.from(
    { length: 9 * from * to },
    () => bound * (2 * random.uniform() - 1),
  );
  for (let d = 0; d < Math.min(from, to); d++) {
    for (let tap = 0; tap < 9; tap++) {
      for (let c = 0; c < from; c++) {
        values[(tap * from + c) * to + d] = tap === 4 && c === d ? 1 : 0;
      }
    }
  }
  return values;
}
