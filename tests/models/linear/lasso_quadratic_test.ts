import assert from "node:assert/strict";
import fc from "../../property.ts";
import { stream } from "../../../engine/define/random.ts";
import {
  type LassoQuadratic,
  lassoStep,
} from "../../../models/linear/lasso_quadratic.ts";

/** Σ rows · rowsᵀ / n of so many random rows: nearly singular where they are fewer than its size. */
function randomMatrix(
  seed: number,
  { size, rows }: { readonly size: number; readonly rows: number },
): Float64Array {
  const random = stream(seed, "matrix");
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < rows; r++) {
    const row = Float64Array.from({ length: size }, () => random.normal());
    for (let k = 0; k < size * size; k++) {
      matrix[k] = (matrix[k] ?? NaN) +
        (row[Math.floor(k / size)] ?? NaN) * (row[k % size] ?? NaN) / rows;
    }
  }
  for (let k = 0; k < size; k++) {
    matrix[k * size + k] = (matrix[k * size + k] ?? NaN) + 1e-12;
  }
  return matrix;
}

const quadratic = (rows: { readonly min: number; readonly max: number }) =>
  fc.record({
    seed: fc.integer(),
    size: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer(rows),
    penalty: fc.constantFrom(0.01, 0.3),
  }).map(({ seed, size, rows, penalty }): LassoQuadratic => {
    const random = stream(seed, "quadratic");
    const matrix = randomMatrix(seed, { size, rows });
    // In the span of the matrix: it has a minimum without a penalty, too.
    const target = Array.from({ length: size }, () => random.normal());
    return {
      x: Float64Array.from(
        target,
        () => random.uniform() < 0.5 ? 0 : random.normal(),
      ),
      slopes: Float64Array.from(
        target,
        (_, i) =>
          target.reduce(
            (sum, t, k) => sum + t * (matrix[i * size + k] ?? NaN),
            0,
          ),
      ),
      matrix,
      penalties: Float64Array.from(target, (_, i) => i % 4 === 3 ? 0 : penalty),
    };
  });

/** What a step makes of the function, and the slopes of its smooth part there. */
function valueAt(
  { x, slopes, matrix, penalties }: LassoQuadratic,
  step: Float64Array,
) {
  const changes = step.map((_, i) =>
    step.reduce(
      (sum, by, k) => sum + by * (matrix[i * step.length + k] ?? NaN),
      0,
    )
  );
  const value = step.reduce(
    (sum, by, i) =>
      sum + by * ((slopes[i] ?? NaN) + (changes[i] ?? NaN) / 2) +
      (penalties[i] ?? NaN) * Math.abs((x[i] ?? NaN) + by),
    0,
  );
  return {
    value,
    slopes: slopes.map((slope, i) => slope + (changes[i] ?? NaN)),
  };
}

Deno.test("lassoStep() meets the conditions of a minimum", () => {
  fc.assert(fc.property(quadratic({ min: 24, max: 60 }), (quadratic) => {
    const { x, penalties } = quadratic;
    const step = lassoStep(quadratic, 1e-10);
    for (const [i, slope] of valueAt(quadratic, step).slopes.entries()) {
      const at = (x[i] ?? NaN) + (step[i] ?? NaN);
      const penalty = penalties[i] ?? NaN;
      const off = at === 0
        ? Math.max(0, Math.abs(slope) - penalty)
        : Math.abs(slope + Math.sign(at) * penalty);
      assert.ok(off < 1e-8, `${i} of ${x.length}: ${off}`);
    }
  }));
});

Deno.test("lassoStep() leads downhill where the matrix is nearly singular", () => {
  fc.assert(fc.property(quadratic({ min: 1, max: 3 }), (quadratic) => {
    const stay = valueAt(quadratic, quadratic.x.map(() => 0)).value;
    const { value } = valueAt(quadratic, lassoStep(quadratic, 1e-10));
    assert.ok(value <= stay + 1e-12, `${value} after ${stay}`);
  }));
});

Deno.test("lassoStep() gives zeros, exactly, where a penalty is worth more than a variable", () => {
  const x = Float64Array.of(2, -3, 0.5);
  const step = lassoStep({
    x,
    slopes: Float64Array.of(0.1, -0.1, 0.2),
    matrix: Float64Array.of(1, 0.5, 0, 0.5, 1, 0, 0, 0, 1),
    penalties: Float64Array.of(9, 9, 9),
  }, 1e-12);
  assert.deepEqual(
    step.map((by, i) => by + (x[i] ?? NaN)),
    Float64Array.of(0, 0, 0),
  );
});
