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

interface Coverage {
  readonly lowest: number;
  readonly highest: number;
  readonly halfWidth: number;
  /** Mean ratio of the half-width to that of someone who knows the error. */
  readonly toIdeal: number;
}

interface Covered {
  readonly groups: readonly {
    readonly kind: string;
    readonly count: number;
    readonly methods: Readonly<Record<string, Coverage>>;
  }[];
}

const {
  groups,
  scenarios,
  groupDifferences,
  pairedDifferences,
  changes,
  parts,
  repeatedDifferences,
}: Covered & {
  readonly scenarios: readonly Scenario[];
  readonly groupDifferences: Covered;
  readonly pairedDifferences: Covered;
  readonly changes: Covered;
  readonly parts: Covered;
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

/** Lowest and highest coverage of a method over all simulated worlds. */
function extremes(tables: Covered["groups"], method: string) {
  const all = tables.map(({ methods }) => methods[method]);
  return [
    Math.min(...all.map((one) => one?.lowest ?? NaN)),
    Math.max(...all.map((one) => one?.highest ?? NaN)),
  ] as const;
}

Deno.test("in numpy the guarded interval alone holds the truth in 93 to 97 % of the simulated worlds, whatever the line and the images, with three runs or more", () => {
  const decisive = groups.filter(({ kind, count }) =>
    kind === "finished" || count >= 3
  );
  assert.equal(decisive.length, 4);
  const [lowest, highest] = extremes(decisive, "guarded");
  assert.ok(lowest >= 0.93 && highest <= 0.97);
  for (const method of ["today", "points independent", "bootstrap"]) {
    assert.ok(extremes(decisive, method)[0] < 0.93, method);
  }
  assert.ok(extremes(decisive, "howe")[1] > 0.97);
});

Deno.test("in numpy the guarded interval of a difference holds the truth in 93 to 97 % of the simulated worlds, where that of independent points does not", () => {
  for (
    const [tables, count] of [
      [groupDifferences.groups, 4],
      [pairedDifferences.groups, 2],
      [changes.groups, 4],
      [parts.groups, 4],
    ] as const
  ) {
    assert.equal(tables.length, count);
    const [lowest, highest] = extremes(tables, "guarded");
    assert.ok(lowest >= 0.93 && highest <= 0.97);
    assert.ok(extremes(tables, "points independent")[0] < 0.93);
    assert.ok(extremes(tables, "today")[1] > 0.99);
  }
});

Deno.test("in numpy the guarded interval of a difference of parts is no wider than it must be, where lines taken apart hold the truth too often", () => {
  assert.ok(extremes(parts.groups, "guarded, lines apart")[1] > 0.985);
  const ideal = (method: string) =>
    mean(parts.groups.map(({ methods }) => methods[method]?.toIdeal ?? NaN));
  assert.ok(ideal("guarded") < ideal("today"));
});
