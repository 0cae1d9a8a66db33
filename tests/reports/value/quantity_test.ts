import assert from "node:assert/strict";
import {
  formatBound,
  formatCount,
  formatCounts,
  formatDuration,
  formatNumber,
  formatQuantity,
} from "../../../reports/value/quantity.ts";
import { proseMarkdown } from "../../../reports/value/prose.ts";

Deno.test("formatQuantity() writes fractions as percentages and as signed points", () => {
  assert.equal(formatQuantity({ value: 0.8431, unit: "percent" }), "84.3%");
  assert.equal(
    formatQuantity({ value: 0.0099, unit: "points" }),
    "+0.99 points",
  );
  assert.equal(
    formatQuantity({ value: -0.0331, unit: "points" }),
    "−3.31 points",
  );
});

Deno.test("formatQuantity() groups thousands from five digits on", () => {
  assert.equal(formatQuantity({ value: 9999, unit: "count" }), "9999");
  assert.equal(formatQuantity({ value: 75274, unit: "count" }), "75,274");
  assert.equal(formatQuantity({ value: 1281167, unit: "count" }), "1,281,167");
});

Deno.test("formatCounts() groups thousands in all numbers if it does in one", () => {
  assert.deepEqual(formatCounts([10_000, 2431, 999, 1.6]), [
    ...["10,000", "2,431", "999", "2"],
  ]);
  assert.deepEqual(formatCounts([9999, 2431]), ["9999", "2431"]);
});

Deno.test("formatQuantity() gives no sign to what rounds to nothing", () => {
  assert.equal(
    formatQuantity({ value: -0.00001, unit: "points" }),
    "0.00 points",
  );
  assert.equal(
    formatQuantity({ value: 0.00001, unit: "points" }),
    "0.00 points",
  );
});

Deno.test("formatQuantity() takes decimals and signs as asked", () => {
  assert.equal(
    formatQuantity({ value: 0.12, unit: "points", digits: 1, signed: false }),
    "12.0 points",
  );
  assert.equal(formatQuantity({ value: 0.9927 }), "0.993");
  assert.equal(formatQuantity({ value: 2, signed: true, digits: 0 }), "+2");
});

Deno.test("formatQuantity() writes very small numbers as powers of ten", () => {
  const scientific = (value: number) =>
    formatQuantity({ value, unit: "scientific" });
  assert.equal(scientific(3.14e-10), "3.1\u00a0×\u00a010⁻¹⁰");
  assert.equal(scientific(-1.25e6), "−1.3\u00a0×\u00a010⁶");
  assert.equal(scientific(0), "0");
  assert.equal(
    formatQuantity({
      value: 2e-5,
      unit: "scientific",
      digits: 0,
      signed: true,
    }),
    "+2\u00a0×\u00a010⁻⁵",
  );
});

Deno.test("formatNumber() refuses what is not a number", () => {
  assert.throws(() => formatNumber({ value: NaN }), {
    name: "RangeError",
    message: "Cannot write NaN in a report: numbers must be finite",
  });
});

Deno.test("formatBound() has no zeros that say nothing", () => {
  assert.equal(formatBound({ value: -0.02, unit: "points" }), "−2");
  assert.equal(formatBound({ value: 0.0185, unit: "points" }), "1.85");
  assert.equal(formatBound({ value: 0.07, unit: "percent" }), "7");
  const scientific = (value: number) =>
    formatBound({ value, unit: "scientific" });
  assert.equal(scientific(1e-9), "10⁻⁹");
  assert.equal(scientific(-1e-9), "−10⁻⁹");
  assert.equal(scientific(2.5e-9), "2.5\u00a0×\u00a010⁻⁹");
});

Deno.test("formatDuration() names hours, minutes and seconds", () => {
  assert.equal(formatDuration(47.6), "48 s");
  assert.equal(formatDuration(812), "13 min 32 s");
  assert.equal(formatDuration(3720), "1 h 2 min");
});

Deno.test("proseMarkdown() writes the numbers among the words", () => {
  assert.equal(proseMarkdown("as *it* is"), "as *it* is");
  assert.equal(
    proseMarkdown(["a gain of ", { value: 0.0331, unit: "points" }, "."]),
    "a gain of +3.31 points.",
  );
});

Deno.test("formatCount() sets thousands apart", () => {
  assert.deepEqual([0, 999, 12_345].map(formatCount), ["0", "999", "12,345"]);
});

Deno.test("formatNumber() writes no points beyond ±100, by which accuracies cannot differ", () => {
  const points = (value: number, signed?: boolean) =>
    formatNumber({ value, unit: "points", signed });
  assert.equal(points(1), "+100.00");
  assert.equal(points(1.5), "above +100");
  assert.equal(points(-1.5), "below −100");
  assert.equal(points(1.5, false), "over 100");
  // Ends of intervals carry no plus, but a minus.
  assert.equal(points(-1.5, false), "below −100");
});
