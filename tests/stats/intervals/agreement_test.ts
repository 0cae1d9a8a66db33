import assert from "node:assert/strict";
import { agreementOf } from "../../../stats/intervals/agreement.ts";
import { close } from "../reference.ts";
import { sklearn } from "../split_reference.ts";

Deno.test("agreementOf() gives scikit-learn's kappa and Jaccard index", () => {
  const { kappa, overlap, ...counts } = agreementOf(
    sklearn.positive,
    sklearn.second,
  );
  close(kappa ?? NaN, sklearn.kappa);
  close(overlap ?? NaN, sklearn.jaccard);
  assert.equal(
    counts.both + counts.onlyFirst + counts.onlySecond + counts.neither,
    sklearn.positive.length,
  );
  close(counts.agreement, (counts.both + counts.neither) / counts.n);
});

Deno.test("agreementOf() has no kappa where chance agrees on all, and no overlap of nothing", () => {
  const { agreement, kappa, overlap } = agreementOf([false, false], [
    false,
    false,
  ]);
  assert.deepEqual({ agreement, kappa, overlap }, {
    agreement: 1,
    kappa: null,
    overlap: null,
  });
  assert.equal(agreementOf([true, false], [true, true]).overlap, 1 / 2);
});

Deno.test("agreementOf() refuses splits of different examples", () => {
  assert.throws(
    () => agreementOf([true], [true, false]),
    new RangeError(
      "Cannot compare a split of 1 examples with one of 2: both must be of the same examples, and some",
    ),
  );
});
