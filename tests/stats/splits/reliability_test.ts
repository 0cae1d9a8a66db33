import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  calibrationError,
  reliabilityBins,
} from "../../../stats/splits/reliability.ts";
import { close } from "../reference.ts";
import { sklearn } from "../split_reference.ts";

Deno.test("reliabilityBins() gives scikit-learn's curve by quantiles", () => {
  const bins = reliabilityBins(sklearn.probabilities, sklearn.positive, {
    bins: 8,
  });
  assert.deepEqual(bins.map(({ n }) => n), new Array(8).fill(15));
  for (const [i, { predicted, successes, n }] of bins.entries()) {
    const [mean = NaN, share = NaN] = sklearn.reliability[i] ?? [];
    close(predicted, mean);
    close(successes / n, share);
  }
});

Deno.test("reliabilityBins() never divides equal probabilities", () => {
  const bins = reliabilityBins(
    [0.5, 0.5, 0.5, 0.5, 0.9],
    [true, false, true, false, true],
    { bins: 3 },
  );
  assert.deepEqual(bins, [
    { n: 4, successes: 2, predicted: 0.5 },
    { n: 1, successes: 1, predicted: 0.9 },
  ]);
});

Deno.test("reliabilityBins() puts every example into one of at most so many bins", () => {
  const examples = fc.array(
    fc.tuple(fc.constantFrom(0, 0.1, 0.25, 0.3, 0.8, 1), fc.boolean()),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(examples, fc.integer({ min: 1, max: 20 }), (examples, bins) => {
      const found = reliabilityBins(
        examples.map(([p]) => p),
        examples.map(([, positive]) => positive),
        { bins },
      );
      assert.ok(found.length <= bins);
      assert.equal(found.reduce((sum, { n }) => sum + n, 0), examples.length);
      assert.equal(
        found.reduce((sum, { successes }) => sum + successes, 0),
        examples.filter(([, positive]) => positive).length,
      );
    }),
  );
});

Deno.test("calibrationError() weighs the distances of the bins by size", () => {
  close(
    calibrationError([
      { n: 30, successes: 15, predicted: 0.4 },
      { n: 10, successes: 10, predicted: 1 },
    ]),
    0.075,
  );
});

Deno.test("reliabilityBins() refuses nothing to put into bins, and no bins", () => {
  assert.throws(
    () => reliabilityBins([], [], { bins: 3 }),
    new RangeError(
      "Cannot check 0 probabilities with 0 outcomes: there must be one of each, and some",
    ),
  );
  assert.throws(
    () => reliabilityBins([0.5], [true], { bins: 0 }),
    new RangeError(
      "Cannot put probabilities into 0 bins: there must be one at least",
    ),
  );
});
