import assert from "node:assert/strict";
import { unitOf, writtenNumber } from "../../../data/tables/accuracy_unit.ts";

for (
  const [cell, value, hasSign] of [
    ["0.85", 0.85, false],
    [" 85.1 ", 85.1, false],
    ["85.1%", 85.1, true],
    ["85 %", 85, true],
    ["1,013.01", 1013.01, false],
    ["12,345,678", 12345678, false],
    [".5", 0.5, false],
    ["5.", 5, false],
    ["-0.1", -0.1, false],
    ["8.5e-1", 0.85, false],
    ["+1", 1, false],
  ] as const
) {
  Deno.test(`writtenNumber() reads "${cell}"`, () => {
    assert.deepEqual(writtenNumber(cell), { value, hasSign });
  });
}

for (
  const cell of [
    ...["", "%", ".", "-", "nan", "NaN", "inf", "Infinity", "n/a", "0x10"],
    ...["0,85", "85,1", "1,01", "1,0000", "1 013", "0.8.5", "1e", "85%%", "１"],
    "1e999",
  ]
) {
  Deno.test(`writtenNumber() finds no number in "${cell}"`, () => {
    assert.equal(writtenNumber(cell), undefined);
  });
}

function decide(reference: string, shifted: string): string {
  const numbers = (text: string) =>
    text.split(" ").flatMap((cell) => writtenNumber(cell) ?? []);
  const decision = unitOf({
    before: numbers(reference),
    after: numbers(shifted),
  });
  return decision.kind === "decided"
    ? `${decision.unit}: ${decision.because}`
    : decision.state;
}

for (
  const [what, reference, shifted, expected] of [
    ["fractions", "0.5 0.8 1", "0.4 0.6 0", "fraction: no value is above 1"],
    [
      "percentages",
      "50 80 100",
      "40 60 1.1",
      "percent: the values are above 1",
    ],
    [
      "percentages of which few are small",
      "50 80 90",
      "0.9 5 30",
      "percent: 5 of 6 values are above 1",
    ],
    [
      "per cent signs",
      "0.5% 80%",
      "0.4% 0.3%",
      "percent: the values carry a % sign",
    ],
    [
      "per cent signs in one column",
      "50% 80%",
      "40 60",
      "percent: 2 of 4 values carry a % sign",
    ],
    [
      "a per cent among fractions",
      "0.5 80 0.9",
      "0.4 0.6 0.7",
      "fraction: 5 of 6 values are at most 1",
    ],
    [
      "a column without numbers",
      "50 80",
      "x y",
      "percent: the values are above 1",
    ],
    [
      "a column of each",
      "50 80 90",
      "0.4 0.6 0.7",
      'column "after" is nowhere above 1, but the other column is; write both as fractions, or both in per cent with % signs',
    ],
    [
      "values of which half are percentages",
      "50 0.8",
      "60 0.7",
      "half of the values are above 1; write all as fractions, or all in per cent with % signs",
    ],
  ] as const
) {
  Deno.test(`unitOf() decides about ${what}`, () => {
    assert.equal(decide(reference, shifted), expected);
  });
}

Deno.test("unitOf() takes no group for percentages of at most 1 beside one that is wholly above", () => {
  const numbers = (...values: readonly number[]) =>
    values.map((value) => ({ value, hasSign: false }));
  const decide = (small: number) =>
    unitOf(
      { before: numbers(50, 60, 70, 0.7), after: numbers(40, 50, 60, small) },
      new Map([
        ["base", numbers(50, 60, 70, 40, 50, 60)],
        ["new", numbers(0.7, small)],
      ]),
    );
  assert.deepEqual(decide(0.6), {
    kind: "undecided",
    state:
      'no value of group "new" is above 1, and all of group "base" are; write all as fractions, or all in per cent with % signs',
  });
  assert.equal(decide(1.1).kind, "decided");
});
