import assert from "node:assert/strict";
import { differenceOfParts } from "../../../reports/value/part_estimates.ts";
import { errorComponent } from "../../../stats/intervals/error_component.ts";

Deno.test("differenceOfParts() counts the lines of both parts among the errors of runs", () => {
  const error = (standardError: number) =>
    errorComponent({ standardError, degreesOfFreedom: 2 }, { level: 0.95 });
  const found = {
    n: 1,
    level: 0.95,
    differences: [0.1],
    difference: 0.1,
    low: 0.08,
    high: 0.12,
  };
  const runs = (second: number | null) => {
    const estimate = differenceOfParts({
      ...found,
      components: {
        betweenPairs: null,
        testSets: null,
        firstLine: error(0.003),
        secondLine: second === null ? null : error(second),
      },
    }, {
      title: "difference",
      examples: 100,
      sources: { networks: { n: 1 }, runs: { n: 8 }, images: { n: 100 } },
    });
    return "shares" in estimate ? estimate.shares : undefined;
  };
  assert.deepEqual(runs(0.004), [
    { source: "runs", n: 8, standardError: 0.005 },
  ]);
  assert.deepEqual(runs(null), [
    { source: "runs", n: 8, standardError: 0.003 },
  ]);
});
