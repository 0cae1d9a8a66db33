import assert from "node:assert/strict";
import fc from "../../property.ts";
import { stream } from "../../../engine/define/random.ts";
import type { ClassedInputs } from "../../../models/linear/softmax_loss.ts";
import {
  fitSoftmax,
  type SoftmaxClassifier,
  type SoftmaxPenalty,
} from "../../../models/linear/softmax_regression.ts";
import { close } from "../../stats/reference.ts";
import { centred, sklearn } from "./softmax_reference.ts";

const examples = {
  inputs: Float64Array.from(sklearn.inputs),
  labels: Int32Array.from(sklearn.labels),
  dimension: sklearn.dimension,
  classes: sklearn.classes,
};

for (const { kind, c, weighted, kernel, bias } of sklearn.fits) {
  Deno.test(`fitSoftmax() finds scikit-learn's classifier with ${kind}, C ${c}${weighted ? ", weighted" : ""}`, () => {
    const fit = fitSoftmax({
      ...examples,
      ...weighted ? { weights: Float64Array.from(sklearn.weights) } : {},
    }, { penalty: { kind, c }, tolerance: 1e-10 });
    for (const [i, w] of centred(fit.kernel, 3).entries()) {
      close(w, kernel[i] ?? NaN, 1e-6);
    }
    for (const [k, b] of centred(fit.bias, 3).entries()) {
      close(b, bias[k] ?? NaN, 1e-6);
    }
  });
}

/** Inputs of random sizes in which every class occurs; some weights are 0. */
const problem = fc.record({
  seed: fc.integer(),
  n: fc.integer({ min: 4, max: 40 }),
  dimension: fc.integer({ min: 1, max: 5 }),
  classes: fc.integer({ min: 2, max: 4 }),
  kind: fc.constantFrom("l1" as const, "l2" as const),
  c: fc.constantFrom(0.01, 0.3, 5),
}).map(({ seed, n, dimension, classes, kind, c }) => {
  const random = stream(seed, "softmax problem");
  const labels = Int32Array.from(
    { length: n },
    (_, i) => i < classes ? i : random.integer(classes),
  );
  return {
    inputs: Float64Array.from({ length: n * dimension }, () => random.normal()),
    labels,
    weights: Float64Array.from(
      labels,
      (_, i) => i < classes ? 1 : random.integer(4) / 2,
    ),
    dimension,
    classes,
    seed,
    penalty: { kind, c },
  };
});

/** Gradient of C · Σ weightᵢ · lossᵢ, plainly: by kernel and bias. */
function slopes(
  { inputs, labels, weights, dimension: d, classes }: ClassedInputs,
  { kernel, bias, c }: SoftmaxClassifier & { readonly c: number },
) {
  const result = { kernel: kernel.map(() => 0), bias: bias.map(() => 0) };
  for (let i = 0; i < labels.length; i++) {
    const x = inputs.subarray(i * d, (i + 1) * d);
    const odds = bias.map((b, k) =>
      Math.exp(
        x.reduce((sum, v, j) => sum + v * (kernel[j * classes + k] ?? 0), b),
      )
    );
    const all = odds.reduce((a, b) => a + b);
    for (const [k, odd] of odds.entries()) {
      const slope = c * (weights?.[i] ?? 1) *
        (odd / all - (labels[i] === k ? 1 : 0));
      result.bias[k] = (result.bias[k] ?? 0) + slope;
      for (const [j, v] of x.entries()) {
        const at = j * classes + k;
        result.kernel[at] = (result.kernel[at] ?? 0) + slope * v;
      }
    }
  }
  return result;
}

Deno.test("fitSoftmax() meets the conditions of a minimum, with either penalty", () => {
  fc.assert(fc.property(problem, ({ penalty, seed, ...examples }) => {
    const random = stream(seed, "centre");
    const { dimension, classes } = examples;
    const centre = random.uniform() < 0.5 ? undefined : {
      kernel: Float64Array.from({ length: dimension * classes }, random.normal),
      bias: Float64Array.from({ length: classes }, random.normal),
    };
    const fit = fitSoftmax(examples, {
      penalty: penalty.kind === "l2" && centre !== undefined
        ? { ...penalty, centre }
        : penalty,
      tolerance: 1e-9,
    });
    const { kernel, bias } = slopes(examples, { ...fit, c: penalty.c });
    const off = 1e-9 * penalty.c *
        examples.weights.reduce((a, b) => a + b, 0) + 1e-12;
    for (const [k, slope] of bias.entries()) {
      const pull = penalty.kind === "l2" && centre !== undefined
        ? (fit.bias[k] ?? NaN) - (centre.bias[k] ?? NaN)
        : 0;
      assert.ok(Math.abs(slope + pull) <= off);
    }
    for (const [i, slope] of kernel.entries()) {
      const w = fit.kernel[i] ?? NaN;
      const violation = penalty.kind === "l2"
        ? Math.abs(slope + w - (centre?.kernel[i] ?? 0))
        : w === 0
        ? Math.abs(slope) - 1
        : Math.abs(slope + Math.sign(w));
      assert.ok(violation <= off, `${i}: ${violation} above ${off}`);
    }
  }));
});

/** Classifiers give the same probabilities, up to a tolerance. */
function alike(
  a: SoftmaxClassifier,
  b: SoftmaxClassifier,
  classes: number,
): void {
  for (const part of ["kernel", "bias"] as const) {
    const others = centred(b[part], classes);
    for (const [i, value] of centred(a[part], classes).entries()) {
      close(value, others[i] ?? NaN, 1e-4);
    }
  }
}

Deno.test("fitSoftmax() is the same in any order of the inputs and from any start", () => {
  fc.assert(fc.property(problem, ({ penalty: { c }, seed, ...examples }) => {
    const { dimension: d, labels, classes } = examples;
    const random = stream(seed, "order");
    const order = random.permutation(labels.length);
    const options = { penalty: { kind: "l2", c }, tolerance: 1e-9 } as const;
    const plain = fitSoftmax(examples, options);
    const other = fitSoftmax({
      ...examples,
      inputs: Float64Array.from(
        [...order].flatMap((i) => [
          ...examples.inputs.subarray(i * d, (i + 1) * d),
        ]),
      ),
      labels: Int32Array.from(order, (i) => labels[i] ?? -1),
      weights: Float64Array.from(order, (i) => examples.weights[i] ?? NaN),
    }, {
      ...options,
      start: {
        kernel: Float64Array.from({ length: d * classes }, random.normal),
        bias: Float64Array.from({ length: classes }, random.normal),
      },
    });
    alike(plain, other, classes);
  }));
});

Deno.test("fitSoftmax() takes a weight of 2 for an input that is there twice, and one of 0 for none", () => {
  for (const kind of ["l1", "l2"] as const) {
    const options = { penalty: { kind, c: 1 }, tolerance: 1e-10 };
    const { inputs, labels, dimension: d, classes } = examples;
    const weighted = fitSoftmax({
      ...examples,
      weights: Float64Array.from(labels, (_, i) => i < 10 ? 2 : i < 80 ? 1 : 0),
    }, options);
    const repeated = fitSoftmax({
      ...examples,
      inputs: Float64Array.of(
        ...inputs.subarray(0, 80 * d),
        ...inputs.subarray(0, 10 * d),
      ),
      labels: Int32Array.of(
        ...labels.subarray(0, 80),
        ...labels.subarray(0, 10),
      ),
    }, options);
    alike(weighted, repeated, classes);
  }
});

Deno.test("fitSoftmax() with little weight on the losses stays at its centre, or at zero with L1", () => {
  const centre = {
    kernel: Float64Array.from({ length: 15 }, (_, i) => i - 7),
    bias: Float64Array.of(2, 0, -1),
  };
  const near = fitSoftmax(examples, {
    penalty: { kind: "l2", c: 1e-6, centre },
    tolerance: 1e-6,
  });
  for (const part of ["kernel", "bias"] as const) {
    for (const [i, w] of near[part].entries()) {
      close(w, centre[part][i] ?? NaN, 1e-3);
    }
  }
  const none = fitSoftmax(examples, { penalty: { kind: "l1", c: 1e-4 } });
  assert.deepEqual(none.kernel, new Float64Array(15));
});

Deno.test("fitSoftmax() refuses what has no minimum and what does not fit", () => {
  const l2: SoftmaxPenalty = { kind: "l2", c: 1 };
  const refused = (
    changes: Partial<ClassedInputs>,
    penalty: SoftmaxPenalty,
    state: string,
  ) =>
    assert.throws(
      () => fitSoftmax({ ...examples, ...changes }, { penalty }),
      new RangeError(`Cannot fit a softmax regression: ${state}`),
    );
  refused({}, { kind: "l1", c: 0 }, "C is 0, and must be above 0");
  refused(
    {},
    {
      kind: "l1",
      c: 1,
      centre: { kernel: new Float64Array(15), bias: new Float64Array(3) },
    },
    "only the L2 penalty can have a centre",
  );
  refused(
    { classes: 4 },
    l2,
    "class 3 has no input of positive weight among 90; each class needs one",
  );
  refused(
    { dimension: 4 },
    l2,
    "450 numbers, 90 labels, 90 weights do not fit 4 inputs and 3 classes",
  );
  refused(
    {},
    {
      ...l2,
      centre: { kernel: new Float64Array(14), bias: new Float64Array(3) },
    },
    "450 numbers, 90 labels, 90 weights and a centre of 14 and 3 do not fit 5 inputs and 3 classes",
  );
  refused(
    { weights: new Float64Array(90).fill(-1) },
    l2,
    `input 0 has label ${examples.labels[0]} of 3 classes and weight -1`,
  );
});
