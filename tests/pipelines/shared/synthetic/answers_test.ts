import assert from "node:assert/strict";
import { overBothLines } from "../../../../pipelines/shared/synthetic/answers.ts";
import { type Prose, proseMarkdown } from "../../../../reports/value/prose.ts";

Deno.test("overBothLines() writes a row of a table for each thing, the line of finished networks first", () => {
  const points = (value: number) => ({
    value,
    low: value - 0.01,
    high: value + 0.01,
  });
  const rows = ["*photo*", "*narrow*"].map((title, i) => ({
    title,
    over: { checkpoints: points(0.05), sizes: points(-0.02 * i) },
  }));
  assert.equal(
    proseMarkdown(["So it is:", ...overBothLines("gain", rows)] as Prose),
    `So it is:

| gain | line of finished networks | line of checkpoints |
| --- | --- | --- |
| *photo* | 0.00 (−1.00 to +1.00) | +5.00 (+4.00 to +6.00) |
| *narrow* | −2.00 (−3.00 to −1.00) | +5.00 (+4.00 to +6.00) |`,
  );
});
