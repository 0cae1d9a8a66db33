import assert from "node:assert/strict";
import {
  competitiveRuns,
  competitiveRunsSchema,
  type SettingOfRuns,
} from "../../../stats/lines/competitive_runs.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { checkpoints as line } from "../difference_reference.ts";

/** Networks of given reference accuracies whose effective robustness is `er` each. */
function setting(
  name: string,
  { references, er }: { references: readonly number[]; er: number },
): SettingOfRuns {
  const at = (reference: number, shifted: number): Point => ({
    model: name,
    reference,
    shifted,
  });
  const points = references.map((reference) => {
    const point = at(reference, 0.5);
    const found = meanEffectiveRobustness([point], { line });
    return at(reference, 0.5 - found.mean + er);
  });
  return { name, points, mean: meanEffectiveRobustness(points, { line }) };
}

const usual = setting("usual", { references: [0.7, 0.68], er: 0.03 });
const gentle = setting("gentle", { references: [0.64], er: 0.09 });
const low = setting("low", { references: [0.675], er: 0.01 });
const high = setting("high", { references: [0.7, 0.66], er: 0.05 });

Deno.test("competitiveRuns() finds the extremes among settings near the best mean reference accuracy", () => {
  const found = competitiveRuns([usual, gentle, low, high], {
    tolerance: 0.02,
  });
  const { extremes, ...rest } = found;
  assert.deepEqual(rest, {
    competitive: ["usual", "low", "high"],
    n: 4,
    best: 0.69,
    lowest: "low",
    highest: "high",
  });
  assert.deepEqual(extremes, [low, high]);
  assert.deepEqual(competitiveRunsSchema.parse(rest), rest);
});

Deno.test("competitiveRuns() counts a setting that is the tolerance below the best, and none below that", () => {
  const best = setting("best", { references: [0.72], er: 0 });
  // 0.72 − 0.7 is a little above 0.02 in floating point.
  const edge = setting("edge", { references: [0.7], er: 0 });
  const below = setting("below", { references: [0.6999], er: 0 });
  assert.ok(0.72 - 0.7 > 0.02);
  const { competitive } = competitiveRuns([best, edge, below], {
    tolerance: 0.02,
  });
  assert.deepEqual(competitive, ["best", "edge"]);
});

Deno.test("competitiveRuns() keeps the best setting alone at tolerance zero", () => {
  const { competitive, lowest, highest } = competitiveRuns(
    [gentle, usual, low],
    { tolerance: 0 },
  );
  assert.deepEqual([competitive, lowest, highest], [
    ["usual"],
    "usual",
    "usual",
  ]);
});

Deno.test("competitiveRuns() names the first of equals", () => {
  const twin = { ...usual, name: "twin" };
  const { lowest, highest } = competitiveRuns([usual, twin], {
    tolerance: 0.02,
  });
  assert.deepEqual([lowest, highest], ["usual", "usual"]);
});

Deno.test("competitiveRuns() refuses no settings and one without networks", () => {
  assert.throws(() => competitiveRuns([], { tolerance: 0.02 }), {
    name: "RangeError",
    message: "Cannot compare settings: there are none",
  });
  const empty = { ...usual, name: "empty", points: [] };
  assert.throws(() => competitiveRuns([usual, empty], { tolerance: 0.02 }), {
    name: "RangeError",
    message: 'Cannot compare settings: "empty" has no network',
  });
});
