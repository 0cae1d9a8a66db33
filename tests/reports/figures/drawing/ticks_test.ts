import assert from "node:assert/strict";
import fc from "../../../property.ts";
import {
  apart,
  hundredths,
  numberTicks,
  ticks,
} from "../../../../reports/figures/drawing/ticks.ts";
import { type ScaleName, scales } from "../../../../stats/lines/scale.ts";

function between(
  low: number,
  high: number,
  options: { scale?: ScaleName; length?: number; gap?: number } = {},
) {
  const { scale = "probit", length = 600, gap = 50 } = options;
  const { forward } = scales[scale];
  return ticks([forward(low), forward(high)], { scale, length, gap });
}

Deno.test("ticks() are round percentages", () => {
  assert.deepEqual(
    between(0.432, 0.779).map(({ label }) => label),
    ["45%", "50%", "55%", "60%", "65%", "70%", "75%"],
  );
});

Deno.test("ticks() have one of a finer step near the upper end where there is room", () => {
  assert.deepEqual(
    between(0.66, 0.895, { length: 190 }).map(({ label }) => label),
    ["70%", "80%", "88%"],
  );
});

Deno.test("ticks() get finer in a small range", () => {
  assert.deepEqual(
    between(0.731, 0.7526).map(({ label }) => label),
    [
      "73.2%",
      "73.4%",
      "73.6%",
      "73.8%",
      "74%",
      "74.2%",
      "74.4%",
      "74.6%",
      "74.8%",
      "75%",
      "75.2%",
    ],
  );
});

Deno.test("ticks() go on towards 0 and 100 % where a probit axis has room", () => {
  assert.deepEqual(
    between(0.0005, 0.9995, { length: 700, gap: 40 }).map(({ label }) => label),
    [
      "0.1%",
      "0.5%",
      "2%",
      "5%",
      "20%",
      "40%",
      "60%",
      "80%",
      "95%",
      "98%",
      "99.5%",
      "99.9%",
    ],
  );
});

Deno.test("ticks() never collide, never leave the axis and are never fewer than there is room for", () => {
  const accuracy = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(fc.property(
    fc.constantFrom<ScaleName>("probit", "logit", "linear"),
    accuracy,
    accuracy,
    fc.integer({ min: 200, max: 900 }),
    fc.integer({ min: 25, max: 60 }),
    (scale, a, b, length, gap) => {
      fc.pre(Math.abs(a - b) > 0.01);
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const { forward } = scales[scale];
      const all = between(low, high, { scale, length, gap });
      const span = forward(high) - forward(low);
      const pixels = all.map(({ at }) => (at - forward(low)) / span * length);
      assert.ok(all.length >= 1);
      pixels.forEach((pixel, i) => {
        assert.ok(pixel >= -1e-6 && pixel <= length + 1e-6);
        const next = pixels[i + 1];
        if (next !== undefined) assert.ok(next - pixel >= gap - 1e-6);
      });
    },
  ));
});

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
