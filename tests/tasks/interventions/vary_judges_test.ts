import assert from "node:assert/strict";
import type { Evaluation } from "../../../shifts/measure/evaluation.ts";
import { compareCorrections } from "../../../tasks/interventions/compare_corrections.ts";
import { varyJudges } from "../../../tasks/interventions/vary_judges.ts";
import { hitsOf } from "../../shifts/evaluations.ts";
import { runTask } from "../run_task.ts";

const N = 2000;

/** In every block of images as many of each of four kinds. */
const kindOf = (i: number) => Math.floor(i / 50) % 4;

/** Networks that are right on some kinds of images, all alike. */
function networks(n: number, kinds: readonly number[]): Evaluation[] {
  return Array.from(
    { length: n },
    (_, seed) =>
      hitsOf({ name: `network ${seed}`, seed }, [{
        right: Uint8Array.from(
          { length: N },
          (_, i) => kinds.includes(kindOf(i)) ? 1 : 0,
        ),
      }]),
  );
}

/** Of four judges, one of them in `scratch`, kind 0 is got wrong by two, kind 1 by three, kind 2 by all and kind 3 by none. */
const trials = {
  scratch: networks(3, [0, 3]),
  others: [...networks(2, [3]), ...networks(1, [0, 1, 3])],
  intervened: networks(3, [1, 2, 3]),
  pretrained: networks(2, [0, 1, 3]),
  both: networks(2, [0, 1, 3]),
  set: "shifted",
  level: 0.95,
};

Deno.test("varyJudges() tells how far overlap and what is kept move from half of the judges to all", async () => {
  const over = "over how many of the 4 judges must be wrong (2 to 4)";
  assert.deepEqual(await runTask(varyJudges, trials), {
    judges: "4",
    // Both correct one kind of three where two networks from scratch are the same; then one of two where these correct none.
    overlap: { low: 1 / 3 - 1, high: 1 / 2, over },
    overlapWords: "+50.0 (+50.0 to +50.0) with 3, 0.0 (0.0 to 0.0) with 4",
    overlapValues: "+50.0, 0.0",
    overlapSides: "below zero with 2, above it with 3, around it with 4",
    overlapRange: "−66.67 to +50.00 points",
    kept: { low: 0, high: 1 / 2, over },
    keptWords: "50.0 (50.0 to 50.0) with 3, 0.0 (0.0 to 0.0) with 4",
    keptSides: "around 50% with 2 and 3, below it with 4",
  });
});

Deno.test("varyJudges() begins with the larger half of an odd number of judges", async () => {
  const others = trials.others.slice(1);
  const { overlap } = await runTask(varyJudges, { ...trials, others });
  assert.match(`${overlap.over}`, /of the 3 judges must be wrong \(2 to 3\)$/);
});

Deno.test("varyJudges() begins with what compareCorrections() tells", async () => {
  const { beyondAlike, keptOfIntervened } = await runTask(
    compareCorrections,
    trials,
  );
  assert.equal(beyondAlike.value, 1 / 3 - 1);
  assert.equal(keptOfIntervened.value, 1 / 2);
});
