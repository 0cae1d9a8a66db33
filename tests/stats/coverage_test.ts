/**
 * Draws lines and networks whose truth is known, and counts how often the
 * intervals hold it; beside the same simulation in numpy, which has the
 * formulas written out again (`data/make_coverage.py`).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { stream } from "../../engine/define/random.ts";
import { groupDifference } from "../../stats/lines/difference.ts";
import { meanEffectiveRobustness } from "../../stats/lines/mean_effective_robustness.ts";
import { pairedDifference } from "../../stats/lines/paired_difference.ts";
import type { Point } from "../../stats/lines/point.ts";
import { fitLine, type Line } from "../../stats/lines/regression.ts";
import { scales } from "../../stats/lines/scale.ts";

interface Scenario {
  readonly kind: "mean" | "group" | "paired";
  readonly spread: number;
  readonly scatter: number;
  readonly common: number;
  readonly networks: number;
  readonly baselines: number;
  readonly combined: { readonly coverage: number };
}

const { scenarios }: { readonly scenarios: readonly Scenario[] } = JSON.parse(
  readFileSync(new URL("./data/coverage.json", import.meta.url), "utf8"),
);

const DRAWS = 1500;
const SIZE = 10_000;
const { forward, inverse } = scales.probit;
const onLine = (reference: number) => inverse(forward(reference) - 0.4);

for (
  const [spread, scatter, common] of [
    [0.01, 0.02, 0.5],
    [0.03, 0.005, 1],
    [0.003, 0.05, 0],
  ] as const
) {
  for (const kind of ["mean", "group", "paired"] as const) {
    const scenario = scenarios.find((one) =>
      one.kind === kind && one.spread === spread &&
      one.scatter === scatter && one.common === common
    );
    Deno.test(`the combined interval (${kind}) holds the truth as often as in numpy when networks spread by ${spread}, baselines scatter by ${scatter} and ${common} of the image noise is common`, () => {
      assert.ok(scenario);
      const expected = scenario.combined.coverage;
      const coverage = covered(scenario) / DRAWS;
      const error = Math.sqrt(expected * (1 - expected) / DRAWS) + 0.001;
      assert.ok(
        Math.abs(coverage - expected) < 4 * error,
        `${coverage} instead of ${expected}`,
      );
    });
  }
}

/** In how many of the simulated worlds the interval holds the truth. */
function covered(scenario: Scenario): number {
  const { normal } = stream(20_261_124, "coverage", scenario.kind);
  const { kind, spread, scatter, common, networks, baselines } = scenario;

  const drawLine = (): Line => {
    const [from, to] = [forward(0.45), forward(0.65)];
    return fitLine(Array.from({ length: baselines }, (_, i) => {
      const x = from + (to - from) * i / (baselines - 1);
      return {
        model: `baseline ${i}`,
        reference: inverse(x),
        shifted: inverse(x - 0.4 + scatter * normal()),
      };
    }));
  };
  const drawGroup = (reference: number, truth: number): readonly Point[] => {
    const shared = [normal(), normal()] as const;
    const measured = (accuracy: number, which: 0 | 1) =>
      accuracy + Math.sqrt(accuracy * (1 - accuracy) / SIZE) *
        (Math.sqrt(common) * shared[which] +
          Math.sqrt(1 - common) * normal());
    return Array.from({ length: networks }, (_, i) => {
      const own = reference + 0.004 * normal();
      return {
        model: `network ${i}`,
        reference: measured(own, 0),
        shifted: measured(onLine(own) + truth + spread * normal(), 1),
        referenceSize: SIZE,
        shiftedSize: SIZE,
      };
    });
  };

  let count = 0;
  for (let i = 0; i < DRAWS; i++) {
    const line = drawLine();
    const a = drawGroup(0.75, 0.08);
    const { low, high } = kind === "mean"
      ? meanEffectiveRobustness(a, { line })
      : kind === "group"
      ? groupDifference([a, drawGroup(0.76, 0.01)], { line })
      : pairedDifference([
        { line, points: a },
        { line: drawLine(), points: drawGroup(0.72, 0.01) },
      ]);
    const truth = kind === "mean" ? 0.08 : 0.07;
    if (low <= truth && truth <= high) count++;
  }
  return count;
}
