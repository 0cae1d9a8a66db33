import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import {
  adamWState,
  adamWUpdate,
  sgdState,
  sgdUpdate,
} from "../../../models/ops/optimizer_update.ts";
import { type Values } from "../kernels/reference.ts";
import { relativeError } from "../relative_error.ts";
import { sample, tensor } from "../kernels/samples.ts";
import { onBackends } from "./on_backends.ts";

const SHAPES = [[3, 3, 3, 5], [7], [1]];
const DECAY = [0.1, 0, 0.01];
const STEPS = 4;

function start(): { expected: Values[]; variables: tf.Variable[] } {
  const expected = SHAPES.map((shape, i) => sample(shape, i));
  const variables = expected.map((values) =>
    tf.variable(tensor<tf.Tensor>(values))
  );
  return { expected, variables };
}

function gradients(step: number): Values[] {
  return SHAPES.map((shape, i) => sample(shape, 100 * step + i));
}

async function compare(
  variables: readonly tf.Variable[],
  expected: Values[],
): Promise<void> {
  for (const [i, { data }] of expected.entries()) {
    const error = relativeError(
      await (variables[i] as tf.Variable).data(),
      data,
    );
    assert(error < 1e-6, `relative error ${error}`);
  }
}

for (const scale of [undefined, 0.5]) {
  onBackends(
    `adamWUpdate() agrees with algorithm 2 of AdamW in double precision, gradients times ${scale}`,
    async () => {
      const { expected, variables } = start();
      const state = adamWState(variables);
      const moments = expected.map(({ data }) =>
        Array.from(data, () => ({ m: 0, v: 0 }))
      );
      for (let step = 1; step <= STEPS; step++) {
        const g = gradients(step);
        adamWUpdate(variables, g.map((values) => tensor(values)), state, {
          step,
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.99,
          epsilon: 1e-8,
          weightDecay: DECAY,
          ...(scale === undefined ? {} : { scale: tf.scalar(scale) }),
        });
        for (const [i, { data }] of expected.entries()) {
          for (let k = 0; k < data.length; k++) {
            const moment = moments[i]?.[k] as { m: number; v: number };
            const value = (g[i]?.data[k] as number) * (scale ?? 1);
            moment.m = 0.9 * moment.m + 0.1 * value;
            moment.v = 0.99 * moment.v + 0.01 * value ** 2;
            data[k] = (data[k] as number) * (1 - 0.01 * (DECAY[i] as number)) -
              0.01 * moment.m / (1 - 0.9 ** step) /
                (Math.sqrt(moment.v / (1 - 0.99 ** step)) + 1e-8);
          }
        }
      }
      await compare(variables, expected);
      tf.dispose([...variables, ...state.first, ...state.second]);
    },
  );
}

for (const nesterov of [false, true]) {
  for (const scale of [undefined, 0.5]) {
    onBackends(
      `sgdUpdate() agrees with a double loop, nesterov ${nesterov}, gradients times ${scale}`,
      async () => {
        const { expected, variables } = start();
        const state = sgdState(variables);
        const velocities = expected.map(({ data }) => data.map(() => 0));
        for (let step = 1; step <= STEPS; step++) {
          const g = gradients(step);
          sgdUpdate(variables, g.map((values) => tensor(values)), state, {
            learningRate: 0.1,
            momentum: 0.9,
            nesterov,
            weightDecay: DECAY,
            ...(scale === undefined ? {} : { scale: tf.scalar(scale) }),
          });
          for (const [i, { data }] of expected.entries()) {
            const velocity = velocities[i] as Float64Array;
            for (let k = 0; k < data.length; k++) {
              const value = (g[i]?.data[k] as number) * (scale ?? 1);
              velocity[k] = 0.9 * (velocity[k] as number) + value;
              const direction = nesterov
                ? value + 0.9 * (velocity[k] as number)
                : velocity[k] as number;
              data[k] = (data[k] as number) * (1 - 0.1 * (DECAY[i] as number)) -
                0.1 * direction;
            }
          }
        }
        await compare(variables, expected);
        tf.dispose([...variables, ...state.velocity]);
      },
    );
  }
}

onBackends(
  "adamWUpdate() leaves clones of a variable as they were",
  async () => {
    const variable = tf.variable(tf.tensor1d([1, 2, 3, 4, 5]));
    const clone = variable.clone();
    const state = adamWState([variable]);
    adamWUpdate([variable], [tf.ones([5])], state, {
      step: 1,
      learningRate: 0.5,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 0,
      weightDecay: [0],
    });
    assert.deepEqual([...await clone.data()], [1, 2, 3, 4, 5]);
    assert(
      relativeError(await variable.data(), [0.5, 1.5, 2.5, 3.5, 4.5]) < 1e-6,
    );
    tf.dispose([variable, ...state.first, ...state.second]);
  },
);

onBackends(
  "sgdUpdate() refuses lists that do not fit the parameters",
  () => {
    const variable = tf.variable(tf.zeros([2]), true);
    const state = sgdState([variable]);
    const options = {
      learningRate: 1,
      momentum: 0,
      nesterov: false,
      weightDecay: [0],
    };
    const name = variable.name;
    assert.throws(() => sgdUpdate([variable], [], state, options), {
      message:
        `Cannot update "${name}" of shape [2]: its gradient or state is missing`,
    });
    assert.throws(
      () => sgdUpdate([variable], [tf.zeros([3])], state, options),
      {
        message:
          `Cannot update "${name}" of shape [2]: its gradient or state is of shape [3]`,
      },
    );
    assert.throws(
      () =>
        sgdUpdate([variable], [tf.zeros([2])], state, {
          ...options,
          weightDecay: [],
        }),
      {
        message: `Cannot update "${name}": it has no weight decay (0 for none)`,
      },
    );
    tf.dispose([variable, ...state.velocity]);
  },
);
