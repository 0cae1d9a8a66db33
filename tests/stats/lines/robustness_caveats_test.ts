import assert from "node:assert/strict";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";
import { caveatsOf } from "../../../stats/lines/robustness_caveats.ts";
import type { ScaleName } from "../../../stats/lines/scale.ts";
import { close } from "../reference.ts";

/** Baselines from 0.6 in steps of 0.02, and models at given reference accuracies, each a group. */
function caveats(
  references: readonly number[],
  { n = 10, spread = 0, slope = 1, size, scale = "linear" }: {
    readonly n?: number;
    readonly spread?: number;
    readonly slope?: number;
    readonly size?: number;
    readonly scale?: ScaleName;
  } = {},
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
  const sizes = size === undefined
    ? undefined
    : { referenceSize: size, shiftedSize: size };
  const options = {
    baseline: "base",
    scale,
    level: 0.95,
    sizes,
  };
  return caveatsOf(groupedRobustness(points, options));
}

Deno.test("caveatsOf() finds nothing in models within a good line but groups of one", () => {
  assert.deepEqual(caveats([0.7, 0.6, 0.78]), {
    extrapolated: [],
    isFalling: false,
    isPoorLine: false,
    hasFewBaselines: false,
    ofOne: ["new 0"],
    flattening: undefined,
  });
});

Deno.test("caveatsOf() puts models outside the baselines' range first that lie farthest", () => {
  const { extrapolated } = caveats([0.8, 0.7, 0.5]);
  assert.deepEqual(
    extrapolated.map(({ model }) => model),
    ["new 2 4", "new 2 5", "new 0 0"],
  );
});

Deno.test("caveatsOf() does not take a line for rising that does so by rounding alone", () => {
  for (const n of [5, 10, 20]) {
    const points = Array.from({ length: n + 1 }, (_, i) => ({
      model: `${i}`,
      group: i < n ? "base" : "new",
      reference: 0.2 + 0.6 * (i * 0.618 % 1),
      shifted: 0.1,
    }));
    const measured = groupedRobustness(points, {
      baseline: "base",
      scale: "probit",
      level: 0.95,
    });
    assert.ok(caveatsOf(measured).isFalling, `${n} baselines`);
  }
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

Deno.test("caveatsOf() says by how much noise of the reference examples may flatten the line, where that is much", () => {
  const { flattening } = caveats([0.7, 0.9], { size: 500 });
  // The variance of 0.60, 0.62, … 0.78 is 0.033 / 9, the mean of p(1 − p) 0.2106.
  const noise = 0.2106 / 500 / (0.033 / 9);
  assert.equal(flattening?.group, "new 1");
  close(flattening.noise, noise);
  close(flattening.bias, noise / (1 - noise) * (0.9 - 0.69));
  // The same by scipy.stats.norm and linregress(): accuracies through ppf(), slopes of the scale by pdf().
  const probit = caveats([0.7, 0.9], {
    size: 500,
    slope: 0.5,
    scale: "probit",
  }).flattening;
  close(probit?.noise ?? NaN, 0.11542266096192118);
  close(probit?.bias ?? NaN, 0.016072115144843666);
  assert.equal(caveats([0.7, 0.9], { size: 10_000 }).flattening, undefined);
  assert.equal(caveats([0.69], { size: 500 }).flattening, undefined);
});
