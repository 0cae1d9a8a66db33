import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { placeboSplits } from "../../../stats/asked/placebo_splits.ts";

const random = stream(1, "placebos");
const draw = (n: number) => random.permutation(n);

Deno.test("placeboSplits() keep as many examples of each class in each set", () => {
  const shifted = Uint8Array.from(
    { length: 90 },
    (_, i) => i % 3 === 0 ? 1 : 0,
  );
  const strata = Int32Array.from(shifted, (_, i) => i % 4);
  const count = (split: Uint8Array) =>
    [0, 1, 2, 3].map((c) =>
      split.filter((set, i) => set === 1 && strata[i] === c).length
    );
  const examples = { shifted, strata, groups: null };
  const [split = shifted, ...others] = placeboSplits(examples, {
    count: 3,
    draw,
  });
  assert.deepEqual(count(split), count(shifted));
  assert.notDeepEqual(split, shifted);
  assert.equal(others.length, 2);
  assert.notDeepEqual(split, others[0]);
});

Deno.test("placeboSplits() leave examples of one group and set together", () => {
  const shifted = Uint8Array.from({ length: 60 }, (_, i) => i < 30 ? 0 : 1);
  const groups = Array.from(shifted, (_, i) => `${Math.floor(i / 3)}`);
  const examples = { shifted, strata: null, groups };
  for (const split of placeboSplits(examples, { count: 10, draw })) {
    for (let i = 0; i < 60; i += 3) {
      assert.equal(split[i], split[i + 1]);
      assert.equal(split[i], split[i + 2]);
    }
    assert.equal(split.filter((set) => set === 1).length, 30);
  }
});
