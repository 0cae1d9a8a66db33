import assert from "node:assert/strict";
import {
  parts,
  partsOf,
  sizeOf,
  weightsIn,
} from "../../../shifts/measure/parts.ts";
import {
  domainScores,
  supportSplit,
} from "../../../shifts/measure/support_split.ts";

const split = partsOf([true, false, true]);
const empty = new TextEncoder().encode("\x02\0\0\0\0\0\0\0{}");

Deno.test("partsOf() counts every example once, in its part", () => {
  assert.deepEqual([...weightsIn(split, "in support")], [1, 0, 1]);
  assert.deepEqual([...weightsIn(split, "out of support")], [0, 1, 0]);
  assert.equal(sizeOf(split, "in support"), 2);
  assert.equal(sizeOf(split, "out of support"), 1);
});

Deno.test("parts, domainScores and supportSplit read what they write, infinite ratios too", () => {
  assert.deepEqual(parts.decode(parts.encode(split)), split);
  const scores = {
    reference: Float64Array.of(1, 2),
    shifted: Float64Array.of(3),
    folds: { reference: Uint8Array.of(0, 1), shifted: Uint8Array.of(1) },
  };
  assert.deepEqual(domainScores.decode(domainScores.encode(scores)), scores);
  const found = {
    probability: {
      reference: Float64Array.of(1),
      shifted: Float64Array.of(0, 1),
    },
    ratio: Float64Array.of(0, Infinity),
  };
  assert.deepEqual(supportSplit.decode(supportSplit.encode(found)), found);
});

Deno.test("parts, domainScores and supportSplit refuse other files", () => {
  assert.throws(
    () => parts.decode(empty),
    new TypeError(
      'Cannot decode parts: the file needs arrays "in_support" of 8 bits and "weights" of 64-bit floats of one length',
    ),
  );
  assert.throws(
    () => supportSplit.decode(empty),
    new TypeError(
      'Cannot decode a split: there is no array "reference.probability" of 64-bit floats',
    ),
  );
  const floats = Float64Array.of(1);
  const wrong = supportSplit.encode({
    probability: { reference: floats, shifted: floats },
    ratio: floats,
  });
  assert.throws(
    () => domainScores.decode(wrong),
    new TypeError(
      'Cannot decode a split: there is no array "reference" of 64-bit floats',
    ),
  );
});
