import assert from "node:assert/strict";
import {
  apart,
  hundredths,
  numberTicks,
} from "../../../../reports/figures/drawing/ticks.ts";

Deno.test("numberTicks() takes the finest round step that leaves room", () => {
  assert.deepEqual(numberTicks([-3.2, 11], { length: 300, gap: 30 }), [
    -2,
    0,
    2,
    4,
    6,
    8,
    10,
  ]);
  assert.deepEqual(numberTicks([-3.2, 11], { length: 300, gap: 60 }), [
    0,
    5,
    10,
  ]);
  assert.deepEqual(numberTicks([0, 1], { length: 100, gap: 20 }), [
    0,
    0.2,
    0.4,
    0.6,
    0.8,
    1,
  ]);
});

Deno.test("numberTicks() has no decimals that say nothing and no negative zero", () => {
  for (const tick of numberTicks([-0.35, 0.35], { length: 700, gap: 90 })) {
    assert.ok(String(tick).length <= 4, String(tick));
    assert.ok(!Object.is(tick, -0));
  }
});

Deno.test("apart() keeps what keeps its distance from the one kept before", () => {
  assert.deepEqual(
    apart([0, 3, 9, 10, 21], { at: (value) => value, gap: () => 8 }),
    [0, 9, 21],
  );
});

Deno.test("hundredths() has as many decimals as tell its ticks apart", () => {
  const labels = hundredths([-0.012, 0.012], { length: 1600, gap: 32 })
    .map(({ label }) => label);
  assert.ok(labels.length > 40);
  assert.equal(new Set(labels).size, labels.length);
});
