import assert from "node:assert/strict";
import { auroc, aurocInterval } from "../../../stats/intervals/auroc.ts";
import { close } from "../reference.ts";
import { sklearn } from "../split_reference.ts";

const { scores, positive } = sklearn;

Deno.test("auroc() gives scikit-learn's area, equal scores included", () => {
  close(
    auroc(
      scores.filter((_, i) => positive[i]),
      scores.filter((_, i) => !positive[i]),
    ),
    sklearn.auroc,
  );
});

Deno.test("aurocInterval() is DeLong's", () => {
  const { low, high } = aurocInterval(
    scores.filter((_, i) => positive[i]),
    scores.filter((_, i) => !positive[i]),
  );
  close(high - low, 2 * 1.959963984540054 * sklearn.aurocError);
  close((low + high) / 2, sklearn.auroc);
});

Deno.test("aurocInterval() where all pairs are right is that of as many pairs as share no example", () => {
  // Of three pairs all are right with 2.5% if one is with 0.025^(1/3).
  const { low, high } = aurocInterval([2, 3, 4, 5], [0, 1, 1]);
  close(low, 0.025 ** (1 / 3));
  assert.equal(high, 1);
  const wrong = aurocInterval([0, 1], [2, 3]);
  assert.equal(wrong.low, 0);
  close(wrong.high, 1 - 0.025 ** (1 / 2));
});

Deno.test("auroc() is 1, 0 and a half where all pairs are right, wrong and equal", () => {
  assert.equal(auroc([2, 3], [0, 1]), 1);
  assert.equal(auroc([0, 1], [2, 3]), 0);
  assert.equal(auroc([1, 1], [1]), 0.5);
});

Deno.test("auroc() counts an infinite score as the highest", () => {
  assert.equal(auroc([Infinity], [1, Infinity]), 0.75);
});

Deno.test("auroc() refuses examples of one kind", () => {
  assert.throws(
    () => auroc([1], []),
    new RangeError(
      "Cannot take an area under the curve of 1 positive and 0 negative examples: there must be some of both",
    ),
  );
});

Deno.test("aurocInterval() is wide where one example stands for a set, and where all scores are equal", () => {
  const others = Array.from({ length: 1000 }, (_, i) => i);
  const one = aurocInterval([499.5], others);
  assert.ok(one.low < 0.05 && one.high > 0.95, `${one.low} to ${one.high}`);
  const equal = aurocInterval([1, 1, 1], [1, 1, 1]);
  // Wilson's of one and a half in three.
  close(equal.low, 0.5 - (equal.high - 0.5), 1e-12);
  assert.ok(equal.low < 0.15, `${equal.low}`);
});
