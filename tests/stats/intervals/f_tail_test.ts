import assert from "node:assert/strict";
import { upperTailOfF } from "../../../stats/intervals/f_tail.ts";
import { close } from "../reference.ts";
import { values } from "../straightness_reference.ts";

Deno.test("upperTailOfF() is SciPy's, relatively to 1e-10 also where it is small", () => {
  for (const [f, first, second, p] of values.tails) {
    close(upperTailOfF(f, [first, second]) / p, 1, 1e-10);
  }
});

Deno.test("upperTailOfF() ends at 1 and at 0", () => {
  assert.equal(upperTailOfF(0, [3, 13]), 1);
  assert.equal(upperTailOfF(Infinity, [3, 13]), 0);
});

Deno.test("upperTailOfF() refuses what is no ratio, and degrees that are not whole", () => {
  assert.throws(() => upperTailOfF(NaN, [3, 13]), {
    message:
      "Cannot take the tail of an F distribution at NaN: F is a ratio of variances, 0 or more",
  });
  for (const [first, second] of [[0, 13], [3, 1.5]] as const) {
    assert.throws(() => upperTailOfF(1, [first, second]), {
      message:
        `Cannot take the tail of an F distribution with ${first} and ${second} degrees of freedom: both must be whole and positive`,
    });
  }
});
