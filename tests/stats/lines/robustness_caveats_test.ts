import assert from "node:assert/strict";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";
import { caveatsOf } from "../../../stats/lines/robustness_caveats.ts";

/** Baselines from 0.6 in steps of 0.02, and models at given reference accuracies, each a group. */
function caveats(
  references: readonly number[],
  { n = 10, spread = 0, slope = 1 } = {},
) {
  const point = (group: string, reference: number, i: number) => ({
    model: `${group} ${i}`,
    group,
    reference,
    shifted: 0.5 + slope * (reference - 0.6) + (i % 2 === 0 ? spread : -spread),
  });
  const points = [
    ...Array.from({ length: n }, (_, i) => point("base", 0.6 + 0.02 * i, i)),
    ...references.flatMap((reference, i) => [
      point(`new ${i}`, reference, 2 * i),
      ...i === 0 ? [] : [point(`new ${i}`, reference, 2 * i + 1)],
    ]),
  ];
  const options = { baseline: "base", scale: "linear", level: 0.95 } as const;
  return caveatsOf(groupedRobustness(points, options));
}

Deno.test("caveatsOf() finds nothing in models within a good line but groups of one", () => {
  assert.deepEqual(caveats([0.7, 0.6, 0.78]), {
    extrapolated: [],
    isFalling: false,
    isPoorLine: false,
    hasFewBaselines: false,
    withoutSpread: ["new 0"],
  });
});

Deno.test("caveatsOf() puts models outside the baselines' range first that lie farthest", () => {
  const { extrapolated } = caveats([0.8, 0.7, 0.5]);
  assert.deepEqual(
    extrapolated.map(({ model }) => model),
    ["new 2 4", "new 2 5", "new 0 0"],
  );
});

Deno.test("caveatsOf() finds a poor line and few baselines", () => {
  const { isPoorLine, hasFewBaselines } = caveats([0.65], {
    n: 9,
    spread: 0.06,
  });
  assert.deepEqual([isPoorLine, hasFewBaselines], [true, true]);
});

Deno.test("caveatsOf() finds a line that does not rise", () => {
  for (
    const [slope, isFalling] of [[0.1, false], [0, true], [-1, true]] as const
  ) {
    assert.equal(caveats([0.65], { slope }).isFalling, isFalling);
  }
});
