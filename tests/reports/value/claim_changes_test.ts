import assert from "node:assert/strict";
import { claimChanges } from "../../../reports/value/claim_changes.ts";

/** A run of a claim with these estimates, in points. */
function runWith(
  estimates: readonly { readonly title: string; readonly value: number }[],
) {
  return {
    stages: {},
    summary: {
      claims: {
        claim: {
          verdict: "supported",
          rule: "The value is above 0.",
          estimates: estimates.map((one) => ({
            ...one,
            low: one.value - 1,
            high: one.value + 1,
            unit: "points",
          })),
        },
      },
    },
  };
}

Deno.test("claimChanges() compares estimates of one title, wherever they stand, and none with one of another", () => {
  const [a, b] = [{ title: "A", value: 1 }, { title: "B", value: 3 }];
  const changed = (
    before: Parameters<typeof runWith>[0],
    after: Parameters<typeof runWith>[0],
  ) =>
    claimChanges([runWith(before), runWith(after)])
      .flatMap(({ estimates }) => estimates)
      .map(({ title, before, after }) => [title, before, after]);
  assert.deepEqual(changed([a, b], [b]), []);
  assert.deepEqual(changed([a, b], [{ ...b, value: 4 }, a]), [["B", 3, 4]]);
  assert.deepEqual(changed([a], [b]), []);
});

Deno.test("claimChanges() has claims whose verdict changed first, and compares no estimate with one in another unit", () => {
  const run = (
    claims: Readonly<Record<string, readonly [verdict: string, value: number]>>,
    unit = "points",
  ) => ({
    stages: {},
    summary: {
      claims: Object.fromEntries(
        Object.entries(claims).map(([id, [verdict, value]]) => [id, {
          verdict,
          rule: "The value is above 0.",
          estimates: [{ value, low: value - 1, high: value + 1, unit }],
        }]),
      ),
    },
  });
  const before = run({ moved: ["supported", 1], turned: ["supported", 1] });
  const now = { moved: ["supported", 2], turned: ["contradicted", 1] } as const;
  const changed = (unit: string) =>
    claimChanges([before, run(now, unit)]).map(({ claim }) => claim);
  assert.deepEqual(changed("points"), ["turned", "moved"]);
  assert.deepEqual(changed("percent"), ["turned"]);
});
