import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "../../property.ts";
import type { LabelledPoints } from "../../../data/datasets/labelled_points.ts";
import { stream } from "../../../engine/define/random.ts";
import {
  classify,
  descend,
  distanceToMinimum,
} from "../../../models/linear/logistic_regression.ts";
import { distance, projectOnto, spanOf } from "../../../models/linear/span.ts";
import { linearProblem, newtonMinimum } from "../linear_problem.ts";

const settings = { numRuns: 200, seed: 1 } as const;

function points(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
): LabelledPoints {
  return {
    inputs: Float64Array.from(rows.flat()),
    labels: Int32Array.from(labels),
    dimension: rows[0]?.length ?? 0,
  };
}

/** The part of a vector off the span of some points. */
function off(of: LabelledPoints, vector: Float64Array): Float64Array {
  const inside = projectOnto(spanOf(of), vector);
  return vector.map((value, c) => value - (inside[c] ?? 0));
}

Deno.test("descend() ends in the same part of the span from every start", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, starts }) => {
      const span = spanOf(points);
      const [a, b] = starts.map((start) =>
        projectOnto(span, descend(points, { start }).weights)
      );
      assert.ok(a && b);
      assert.ok(distance(a, b) < 1e-9, `${distance(a, b)}`);
    }),
    settings,
  );
});

Deno.test("descend() does not touch the part of its start off the span", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, starts: [start] }) => {
      const { weights } = descend(points, { start });
      assert.ok(distance(off(points, weights), off(points, start)) < 1e-12);
    }),
    settings,
  );
});

Deno.test("descend() gives the same scores to every input in the span from every start", () => {
  fc.assert(
    fc.property(linearProblem, fc.integer(), ({ points, starts }, seed) => {
      const random = stream(seed, "new point");
      const span = spanOf(points);
      const input = projectOnto(
        span,
        Float64Array.from({ length: points.dimension }, random.normal),
      );
      const [a = NaN, b = NaN] = starts.map((start) =>
        descend(points, { start }).weights.reduce(
          (sum, value, c) => sum + value * (input[c] ?? 0),
          0,
        )
      );
      assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);
    }),
    settings,
  );
});

Deno.test("descend() ends at the minimum that Newton's method finds, within the distance that it proves", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, starts: [start] }) => {
      const newton = newtonMinimum(points);
      for (const tolerance of [1e-3, 1e-11]) {
        const { weights, distance: proven } = descend(points, {
          start,
          tolerance,
        });
        assert.ok(proven <= tolerance);
        const error = distance(projectOnto(spanOf(points), weights), newton);
        assert.ok(error <= proven + 1e-13, `${error} after ${proven}`);
      }
    }),
    settings,
  );
});

// Made by tests/models/data/logistic_regression.py with SciPy 1.15.3.
const scipy = JSON.parse(
  readFileSync(
    new URL("../data/logistic_regression.json", import.meta.url),
    "utf8",
  ),
);

Deno.test("descend() gives SciPy's minimum plus the start's part off the span", () => {
  const fixed = points(scipy.inputs, scipy.labels);
  const start = Float64Array.from(scipy.start);
  const { weights } = descend(fixed, { start });
  assert.ok(distance(weights, Float64Array.from(scipy.limit)) < 1e-10);
  const { weights: zero } = descend(fixed, { start: new Float64Array(4) });
  assert.ok(distance(zero, Float64Array.from(scipy.minimum)) < 1e-10);
});

Deno.test("descend() gives the log odds where one coordinate is all there is", () => {
  // Three of four points of the class: the minimum is ln 3.
  const { weights } = descend(points([[1], [1], [1], [1]], [1, 1, 1, -1]), {
    start: Float64Array.of(-2),
  });
  assert.ok(Math.abs((weights[0] ?? 0) - Math.log(3)) < 1e-11);
});

Deno.test("descend() takes no step from the minimum", () => {
  const fixed = points(scipy.inputs, scipy.labels);
  const start = Float64Array.from(scipy.limit);
  assert.equal(descend(fixed, { start }).steps, 0);
});

Deno.test("descend() says that the loss has no minimum when a hyperplane separates the classes", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, starts: [start, normal] }) => {
      const labels = classify(points, normal);
      assert.throws(() => descend({ ...points, labels }, { start }), {
        name: "RangeError",
        message:
          `Cannot minimise the logistic loss of ${labels.length} points: a hyperplane separates the two classes, so the loss attains no minimum`,
      });
    }),
    settings,
  );
});

Deno.test("descend() says when it gives up that there may be no minimum", () => {
  // Separated but for points on the boundary: w = (t, 0) gains for ever.
  const quasi = points([[1, 0], [-1, 0], [0, 1], [0, 1]], [1, -1, 1, -1]);
  assert.throws(
    () => descend(quasi, { start: Float64Array.of(1, 1), maxSteps: 500 }),
    {
      name: "RangeError",
      message:
        /^Cannot minimise the logistic loss of 4 points in 500 steps: the gradient still has the length \d\.\de-\d; if some w ≠ 0 puts no point on the wrong side, the loss attains no minimum$/,
    },
  );
});

Deno.test("descend() refuses a start that does not fit or is not finite", () => {
  const fixed = points(scipy.inputs, scipy.labels);
  assert.throws(() => descend(fixed, { start: Float64Array.of(1, 2) }), {
    name: "RangeError",
    message:
      "Cannot descend in 4 dimensions: the start has 2 coordinates, 2 of them finite",
  });
  const start = Float64Array.of(1, 2, NaN, 4);
  assert.throws(() => descend(fixed, { start }), /3 of them finite/);
});

Deno.test("distanceToMinimum() proves nothing far from the minimum or without one", () => {
  const fixed = points(scipy.inputs, scipy.labels);
  const far = Float64Array.from(scipy.minimum, (value: number) => 50 * value);
  assert.equal(
    distanceToMinimum(fixed, { weights: far, span: spanOf(fixed) }),
    Infinity,
  );
  const separated = points([[1], [-1]], [1, -1]);
  for (const weight of [0, 1, 10, 100]) {
    const weights = Float64Array.of(weight);
    const span = spanOf(separated);
    assert.equal(distanceToMinimum(separated, { weights, span }), Infinity);
  }
});

Deno.test("classify() gives the side of each point, and 0 on the boundary", () => {
  const three = points([[1, 2], [-1, 0], [2, -1]], [1, 1, 1]);
  assert.deepEqual(
    classify(three, Float64Array.of(1, 2)),
    Int32Array.of(1, -1, 0),
  );
});
