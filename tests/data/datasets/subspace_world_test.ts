import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  basisOf,
  drawSample,
  type SubspaceWorld,
} from "../../../data/datasets/subspace_world.ts";
import { classify } from "../../../models/linear/logistic_regression.ts";
import { scales } from "../../../stats/lines/scale.ts";

const world: SubspaceWorld = {
  dimension: 6,
  span: 3,
  spurious: true,
  signal: { within: 0.7, beyond: 0.9 },
  seed: 5,
};
const phi = scales.probit.inverse;

/** Coordinates of each point in the basis of its world: [n, dimension]. */
function coordinates(
  inputs: Float64Array,
  of: SubspaceWorld,
): readonly (readonly number[])[] {
  const basis = basisOf(of);
  const d = of.dimension;
  return Array.from(
    { length: inputs.length / d },
    (_, i) =>
      Array.from(
        { length: d },
        (_, j) =>
          Array.from({ length: d }).reduce<number>(
            (sum, _, c) =>
              sum + (inputs[i * d + c] ?? 0) * (basis[j * d + c] ?? 0),
            0,
          ),
      ),
  );
}

Deno.test("basisOf() gives orthonormal vectors", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const rows = coordinates(basisOf({ ...world, seed }), { ...world, seed });
    for (const [i, row] of rows.entries()) {
      for (const [j, value] of row.entries()) {
        assert.ok(Math.abs(value - (i === j ? 1 : 0)) < 1e-14);
      }
    }
  }));
});

Deno.test("drawSample() stays in W unless told to leave it", () => {
  const sample = (leavesSpan: boolean) =>
    coordinates(
      drawSample(world, { n: 50, correlation: 0, leavesSpan, name: "a" })
        .inputs,
      world,
    );
  assert.ok(
    sample(false).every((row) =>
      row.slice(3).every((value) => Math.abs(value) < 1e-14)
    ),
  );
  assert.ok(
    sample(true).every((row) =>
      row.slice(3).every((value) => Math.abs(value) > 1e-9)
    ),
  );
});

Deno.test("drawSample() makes the first coordinate of W the label as often as the correlation says", () => {
  const n = 20_000;
  for (const correlation of [-1, -0.8, 0, 0.8, 1]) {
    const { inputs, labels } = drawSample(world, {
      n,
      correlation,
      leavesSpan: false,
      name: "spurious",
    });
    const products = coordinates(inputs, world).map(([first = NaN], i) =>
      first * (labels[i] ?? NaN)
    );
    assert.ok(
      products.every((value) => Math.abs(Math.abs(value) - 1) < 1e-14),
    );
    const mean = products.reduce((sum, value) => sum + value, 0) / n;
    const error = Math.sqrt((1 - correlation ** 2) / n);
    assert.ok(Math.abs(mean - correlation) <= 4 * error + 1e-12, `${mean}`);
  }
});

Deno.test("drawSample() gives the true log odds the accuracy that the normal distribution predicts", () => {
  const n = 20_000;
  const { within, beyond } = world.signal;
  const basis = basisOf(world);
  // ln 9 on the spurious coordinate, twice the class mean on the others.
  const odds = [
    Math.log(9),
    ...Array(2).fill(2 * within / Math.SQRT2),
    ...Array(3).fill(2 * beyond / Math.sqrt(3)),
  ];
  const weights = Float64Array.from(
    { length: 6 },
    (_, c) =>
      odds.reduce((sum, odd, j) => sum + odd * (basis[j * 6 + c] ?? 0), 0),
  );
  for (const correlation of [0.8, -0.8]) {
    for (const leavesSpan of [false, true]) {
      const points = drawSample(world, {
        n,
        correlation,
        leavesSpan,
        name: "odds",
      });
      const right = classify(points, weights)
        .filter((side, i) => side === points.labels[i]).length / n;
      const square = within ** 2 + (leavesSpan ? beyond ** 2 : 0);
      // Off W the weights meet zeros: mean 2 m², variance 4 m² of the margin.
      const given = (sign: number) =>
        phi((2 * square + sign * Math.log(9)) / (2 * Math.sqrt(square)));
      const expected = (1 + correlation) / 2 * given(1) +
        (1 - correlation) / 2 * given(-1);
      const error = Math.sqrt(expected * (1 - expected) / n);
      assert.ok(Math.abs(right - expected) < 4 * error, `${right} ${expected}`);
    }
  }
});

Deno.test("drawSample() draws other points for another name and the same for the same", () => {
  const draw = (name: string) =>
    drawSample(world, { n: 4, correlation: 0, leavesSpan: true, name });
  assert.deepEqual(draw("a"), draw("a"));
  assert.notDeepEqual(draw("a").inputs, draw("b").inputs);
});

Deno.test("basisOf() refuses a subspace that does not fit", () => {
  for (const span of [0, 6, NaN]) {
    assert.throws(() => basisOf({ ...world, span }), {
      name: "RangeError",
      message:
        `Cannot make a world of 6 dimensions: a subspace of ${span} is not between 1 and 5`,
    });
  }
  assert.throws(() => basisOf({ ...world, span: 1 }), {
    name: "RangeError",
    message:
      "Cannot make a world with a spurious coordinate: its subspace has no dimension for another one",
  });
});

Deno.test("drawSample() refuses a correlation that is none", () => {
  const sample = { n: 1, leavesSpan: false, name: "odd", correlation: 1.5 };
  assert.throws(() => drawSample(world, sample), {
    name: "RangeError",
    message:
      'Cannot draw the sample "odd": its correlation is 1.5, not between −1 and 1',
  });
});
