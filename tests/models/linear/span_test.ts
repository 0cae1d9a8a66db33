import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "../../property.ts";
import { Matrix } from "ml-matrix";
import { distance, projectOnto, spanOf } from "../../../models/linear/span.ts";
import { linearProblem } from "../linear_problem.ts";

const settings = { numRuns: 200, seed: 1 } as const;

Deno.test("spanOf() finds an orthonormal basis of as many vectors as the points span", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, span }) => {
      const { basis } = spanOf(points);
      assert.equal(basis.rows, span);
      const gram = basis.mmul(basis.transpose());
      const error = Matrix.sub(gram, Matrix.eye(span)).abs().max();
      assert.ok(error < 1e-13, `${error}`);
    }),
    settings,
  );
});

Deno.test("projectOnto() leaves every point as it is and changes nothing twice", () => {
  fc.assert(
    fc.property(linearProblem, ({ points, starts: [vector] }) => {
      const span = spanOf(points);
      const { inputs, labels, dimension: d } = points;
      for (const i of labels.keys()) {
        const point = inputs.slice(i * d, (i + 1) * d);
        assert.ok(distance(projectOnto(span, point), point) < 1e-12);
      }
      const once = projectOnto(span, vector);
      assert.ok(distance(projectOnto(span, once), once) < 1e-13);
    }),
    settings,
  );
});

Deno.test("spanOf() gives NumPy's operator norm", () => {
  // Made by tests/models/data/logistic_regression.py with NumPy 2.2.4.
  const { inputs, labels, norm } = JSON.parse(
    readFileSync(
      new URL("../data/logistic_regression.json", import.meta.url),
      "utf8",
    ),
  );
  const span = spanOf({
    inputs: Float64Array.from(inputs.flat()),
    labels: Int32Array.from(labels),
    dimension: 4,
  });
  assert.ok(Math.abs(span.norm - norm) < 1e-13);
  assert.equal(span.basis.rows, 2);
});

Deno.test("spanOf() works for fewer points than dimensions", () => {
  const { basis, norm } = spanOf({
    inputs: Float64Array.of(3, 0, 4, 0),
    labels: Int32Array.of(1),
    dimension: 4,
  });
  assert.equal(basis.rows, 1);
  assert.ok(Math.abs(norm - 5) < 1e-14);
  const inside = projectOnto({ basis, norm }, Float64Array.of(1, 1, 0, 0));
  assert.ok(distance(inside, Float64Array.of(0.36, 0, 0.48, 0)) < 1e-14);
});

Deno.test("spanOf() refuses points that span nothing", () => {
  for (const n of [0, 2]) {
    assert.throws(
      () =>
        spanOf({
          inputs: new Float64Array(n * 3),
          labels: new Int32Array(n).fill(1),
          dimension: 3,
        }),
      {
        name: "RangeError",
        message: `Cannot find the span of ${n} points: none differs from zero`,
      },
    );
  }
});
