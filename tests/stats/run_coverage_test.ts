/**
 * Draws runs, networks and their hits image by image, and counts how often the
 * interval of a mean effective robustness, or of a difference, holds the truth;
 * beside the same simulation in numpy, which draws accuracies and has the
 * formulas written out again (`data/make_run_coverage.py`).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mean, standardDeviation } from "../../stats/intervals/mean.ts";
import { fewOf, isFull } from "../full.ts";
import {
  measured,
  OTHER_TRUTH,
  type Scenario,
  TRUTH,
} from "./simulated_world.ts";

const { scenarios, repeatedDifferences }: {
  readonly scenarios: readonly Scenario[];
  readonly repeatedDifferences: readonly Scenario[];
} = JSON.parse(
  readFileSync(new URL("./data/run_coverage.json", import.meta.url), "utf8"),
);

/** Of few draws it is the width that tells. */
const DRAWS = isFull ? 200 : 10;
for (
  const scenario of fewOf(
    [...scenarios, ...repeatedDifferences],
    ({ difference, kind }) => kind === "finished" && difference !== "parts",
  )
) {
  const { difference, kind, count, networks, images } = scenario;
  const what = difference === undefined
    ? `a mean of ${networks} networks`
    : `a difference of ${difference}`;
  Deno.test(`the interval of ${what} over ${count} ${kind} holds the truth as often as in numpy, and is as wide, with images that are ${images}`, () => {
    const truth = difference === undefined ? TRUTH : TRUTH - OTHER_TRUTH;
    // Of two lines a world takes twice as long.
    const draws = difference === "pairs" ? DRAWS / 2 : DRAWS;
    const worlds = Array.from(
      { length: draws },
      (_, i) => measured(scenario, i),
    );
    const held = worlds.filter(({ low, high }) => low <= truth && truth <= high)
      .length;
    const { coverage, halfWidth } = scenario;
    const error = Math.sqrt(coverage * (1 - coverage) / draws);
    assert.ok(
      Math.abs(held / draws - coverage) < 3 * error,
      `held ${held / draws} instead of ${coverage}`,
    );
    const widths = worlds.map(({ low, high }) => (high - low) / 2);
    const width = mean(widths);
    assert.ok(
      Math.abs(width - halfWidth) <
        3 * standardDeviation(widths) / Math.sqrt(draws),
      `half-width ${width} instead of ${halfWidth}`,
    );
  });
}
