import * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "../../../models/ops/batch_norm.ts";
import { softmaxCrossEntropy } from "../../../models/ops/cross_entropy.ts";
import "../../../models/ops/gradients.ts";
import {
  adamWState,
  adamWUpdate,
} from "../../../models/ops/optimizer_update.ts";

/** Names and shapes of the parameters of R8, in the order in which they are made and kept. */
export const R8_SHAPES: Readonly<Record<string, readonly number[]>> = {
  "stem.filter": [3, 3, 3, 16],
  ...block("block1", 16, 16),
  ...block("block2", 16, 32),
  ...block("block3", 32, 64),
  "dense.kernel": [64, 10],
  "dense.bias": [10],
};

function block(
  name: string,
  from: number,
  to: number,
): Record<string, readonly number[]> {
  return {
    [`${name}.filter1`]: [3, 3, from, to],
    [`${name}.scale1`]: [to],
    [`${name}.offset1`]: [to],
    [`${name}.filter2`]: [3, 3, to, to],
    [`${name}.scale2`]: [to],
    [`${name}.offset2`]: [to],
  };
}

/** Parameters of a network as variables. */
export type Parameters = Readonly<Record<string, tf.Variable>>;

/** Parameters of these shapes and of given initial values. The caller disposes the variables. */
export function makeParameters(
  shapes: Readonly<Record<string, readonly number[]>>,
  values: (name: string, shape: readonly number[]) => Float32Array,
): Parameters {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      tf.tidy(() => tf.variable(tf.tensor(values(name, shape), [...shape]))),
    ]),
  );
}

/** R8 of given initial values. The caller disposes the variables. */
export function makeR8(
  values: (name: string, shape: readonly number[]) => Float32Array,
): Parameters {
  return makeParameters(R8_SHAPES, values);
}

/** Logits of R8 in training mode, x [batch, 32, 32, 3]. */
export function r8Logits(parameters: Parameters, x: tf.Tensor4D): tf.Tensor2D {
  const of = <T extends tf.Tensor>(name: string): T =>
    parameters[name] as unknown as T;
  let y = tf.relu(tf.conv2d(x, of<tf.Tensor4D>("stem.filter"), 1, "same"));
  for (const [i, name] of ["block1", "block2", "block3"].entries()) {
    const first = tf.conv2d(y, of<tf.Tensor4D>(`${name}.filter1`), 1, "same");
    const inner = batchNorm(first, {
      scale: of(`${name}.scale1`),
      offset: of(`${name}.offset1`),
      epsilon: 1e-5,
      relu: true,
    });
    const second = tf.conv2d(
      inner.y,
      of<tf.Tensor4D>(`${name}.filter2`),
      1,
      "same",
    );
    const more = second.shape[3] - y.shape[3];
    const residual = more === 0
      ? y
      : tf.pad(y, [[0, 0], [0, 0], [0, 0], [0, more]]);
    y = batchNorm(second, {
      scale: of(`${name}.scale2`),
      offset: of(`${name}.offset2`),
      epsilon: 1e-5,
      relu: true,
      residual,
    }).y;
    if (i < 2) y = tf.avgPool(y, 2, 2, "valid");
  }
  const pooled = tf.mean(y, [1, 2]) as tf.Tensor2D;
  return tf.add(
    tf.matMul(pooled, of<tf.Tensor2D>("dense.kernel")),
    of<tf.Tensor1D>("dense.bias"),
  );
}

/** A training loop of AdamW on `parameters`: each call is one step and gives its loss. */
export function r8Trainer(
  parameters: Parameters,
  { logits = r8Logits, learningRate = 1e-3 }: {
    readonly logits?: (parameters: Parameters, x: tf.Tensor4D) => tf.Tensor2D;
    readonly learningRate?: number;
  } = {},
): {
  step(x: tf.Tensor4D, labels: tf.Tensor1D): tf.Scalar;
  dispose(): void;
} {
  const variables = Object.values(parameters);
  const state = adamWState(variables);
  let step = 0;
  return {
    step(x, labels) {
      return tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () =>
            softmaxCrossEntropy(logits(parameters, x), labels, {
              smoothing: 0,
            }),
          variables,
        );
        step += 1;
        adamWUpdate(
          variables,
          variables.map((variable) => grads[variable.name] as tf.Tensor),
          state,
          {
            step,
            learningRate,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weightDecay: variables.map((v) => v.rank > 1 ? 0.01 : 0),
          },
        );
        return value;
      });
    },
    dispose() {
      tf.dispose([...variables, ...state.first, ...state.second]);
    },
  };
}
