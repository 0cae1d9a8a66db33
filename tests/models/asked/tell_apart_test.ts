import assert from "node:assert/strict";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { foundShiftSchema } from "../../../stats/asked/ask_findings_schemas.ts";
import { meanOf } from "../../../stats/asked/placebo_splits.ts";
import { stratifiedArea } from "../../../stats/asked/stratified_area.ts";
import { test } from "../../full.ts";
import { plantedSets } from "./planted_sets.ts";

Deno.test("tellApart() gives probabilities within 0 and 1 where all is told apart, whatever the sizes of the sets", () => {
  const sets = plantedSets({ n: 400, seed: 1, outside: 1 });
  const nothing = takeExamples(sets.reference, []);
  const first = (set: typeof sets.test, n: number) =>
    takeExamples(set, Array.from({ length: n }, (_, i) => i));
  for (const [test, shifted] of [[203, 121], [121, 203], [300, 217]] as const) {
    const { shift, scores } = tellApart({
      reference: nothing,
      test: first(sets.test, test),
      shifted: first(sets.shifted, shifted),
    }, { seed: 1, placebos: 9 });
    assert.doesNotThrow(() => foundShiftSchema.parse(shift));
    const all = [
      ...scores.probability,
      ...scores.placebos.flatMap(({ probability }) => [...probability]),
    ];
    assert.ok(all.every((p) => p >= 0 && p <= 1));
  }
});

/** The interval of AUROC within classes, and how many times as wide it is as DeLong's. */
function withinClass(sets: AskedSets, placebos: number) {
  const { shift, scores } = tellApart(sets, { seed: 1, placebos });
  const area = shift?.withinClass;
  const own = scores.scores["all"];
  assert.ok(area && own);
  const labels = [sets.reference, sets.test, sets.shifted]
    .flatMap((set) => Array.from(set.labels ?? []));
  const { error = NaN } = stratifiedArea({
    scores: own,
    shifted: scores.shifted,
    strata: Int32Array.from(labels),
  }) ?? {};
  return { ...area, widening: (area.auroc - area.low) / (1.96 * error) };
}

Deno.test("tellApart() takes AUROC for as uncertain as that of random splits as far as its scores are those of chance, and all of it where there are groups", () => {
  const sets = (outside: number) => plantedSets({ n: 200, seed: 3, outside });
  const [alike, half] = [0, 0.5].map((outside) =>
    withinClass(sets(outside), 99).widening
  );
  assert.ok(alike !== undefined && half !== undefined);
  assert.ok(alike > 1.25 && half > 1 && half < 1.1, `${alike} ${half}`);
  let k = 0;
  const grouped = (set: AskedSets["test"]) => ({
    ...set,
    groups: Array.from({ length: set.n }, () => `${k++}`),
  });
  const { reference, test, shifted } = sets(0.5);
  const { widening } = withinClass({
    reference: grouped(reference),
    test: grouped(test),
    shifted: grouped(shifted),
  }, 99);
  assert.ok(widening > 1.25, `${widening}`);
});

test.inFull("tellApart() holds the AUROC of a mixture in about 95% of draws, whether nothing or half is new", () => {
  for (const outside of [0, 0.5]) {
    const areas = Array.from(
      { length: 200 },
      (_, seed) => withinClass(plantedSets({ n: 100, seed, outside }), 39),
    );
    const truth = meanOf(areas.map(({ auroc }) => auroc));
    const held = areas.filter(({ low, high }) => low <= truth && truth <= high);
    assert.ok(
      held.length >= 182 && held.length <= 197,
      `${held.length} of 200 where ${outside} is new`,
    );
  }
});
