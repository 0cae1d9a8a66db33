import assert from "node:assert/strict";
import { decimalSignOf } from "../../../data/tables/decimal_sign.ts";

const cellsOf = (text: string) =>
  text.split(" ").map((cell, i) => ({ line: i + 2, cell }));

for (
  const [text, sign] of [
    ["52,1 39,85 n/a", ","],
    ["0.5 39.85%", "."],
    ["50 60 x.y", "."],
    ["52,1% 1,5e-1", ","],
  ] as const
) {
  Deno.test(`decimalSignOf() finds "${sign}" in ${text}`, () => {
    assert.equal(decimalSignOf(cellsOf(text), { name: "t.csv" }), sign);
  });
}

for (
  const [text, state] of [
    ["50 1.234,5", "line 3 has 1.234,5, so the decimal sign may be"],
    ["0.5 52,1", "line 3 has 52,1 and line 2 has 0.5, so the decimal sign may"],
  ] as const
) {
  Deno.test(`decimalSignOf() refuses ${text}`, () => {
    assert.throws(
      () => decimalSignOf(cellsOf(text), { name: "t.csv" }),
      (error: Error) =>
        error.message.startsWith(`Cannot read table "t.csv": ${state}`),
    );
  });
}
