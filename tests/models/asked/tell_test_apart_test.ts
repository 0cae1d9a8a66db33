import assert from "node:assert/strict";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { stream } from "../../../engine/define/random.ts";
import { tellTestApart } from "../../../models/asked/tell_test_apart.ts";
import { withTestShift } from "../../../stats/asked/with_test_shift.ts";
import { inFull } from "../../full.ts";
import { type Planted, plantedSets } from "./planted_sets.ts";

const options = (seed: number) => ({ seed, placebos: 99, permutations: 199 });

/** A reference set and a test set that was drawn as the shifted set is. */
function elsewhere(planted: Planted) {
  const { reference, shifted } = plantedSets(planted);
  return { reference, test: shifted };
}

Deno.test("tellTestApart() tells a test set from elsewhere, and none by its classes alone", () => {
  const found = tellTestApart(
    elsewhere({ n: 200, seed: 3, outside: 1 }),
    options(1),
  );
  assert.ok(found !== null && found.low > 0.9 && found.p === 0.01);
  const classes = tellTestApart(
    elsewhere({ n: 200, seed: 3, firstClass: [0.2, 0.8] }),
    options(1),
  );
  assert.ok(classes !== null && classes.low < 0.5);
  assert.equal(classes.labelChance, 1 / 200);
  assert.deepEqual(classes.lost, []);
});

Deno.test("tellTestApart() names a property that tells less of the label in the test set, and one that goes with it newly", () => {
  const { reference, test } = plantedSets({ n: 400, seed: 5 });
  assert.ok(reference.labels !== null);
  const random = stream(1, "shade");
  const shade = (told: boolean, labels: Int32Array) => ({
    shade: {
      values: Float64Array.from(
        labels,
        (label) => random.normal() + (told && label === 0 ? 3 : 0),
      ),
      categories: null,
    },
  });
  const foundIn = (told: boolean, before = true) => {
    const { lost, gained } = tellTestApart({
      reference: {
        ...reference,
        properties: shade(before, reference.labels as Int32Array),
      },
      test: { ...test, properties: shade(told, test.labels as Int32Array) },
    }, options(1)) ?? {};
    return { lost, gained };
  };
  const none: readonly string[] = [];
  assert.deepEqual(foundIn(false), { lost: ["shade"], gained: none });
  assert.deepEqual(foundIn(true), { lost: none, gained: none });
  assert.deepEqual(foundIn(true, false), { lost: none, gained: ["shade"] });
});

Deno.test("tellTestApart() finds nothing out without labels, features or a reference set, or with few groups", () => {
  const { reference, test } = plantedSets({ n: 100, seed: 3 });
  const groups = Array.from({ length: 100 }, (_, i) => `${i % 9}`);
  for (
    const sets of [
      { reference: { ...reference, labels: null }, test },
      { reference, test: { ...test, features: {} } },
      { reference: takeExamples(reference, []), test },
      { reference, test: { ...test, groups } },
    ]
  ) {
    assert.equal(tellTestApart(sets, options(1)), null);
  }
});

for (const n of [100, ...inFull(200, 400)]) {
  Deno.test(`tellTestApart() makes at most 4 of 50 questions undecidable whose test set of ${n} was drawn as the reference set was`, () => {
    const judged = {
      answer: "no shift",
      why: "",
      needs: [],
      rule: [{ condition: "enough is left", holds: true }],
    } as const;
    const answers = Array.from({ length: 50 }, (_, seed) =>
      withTestShift(
        judged,
        tellTestApart(plantedSets({ n, seed: 700 + seed }), options(seed)),
      ).answer);
    const lost = answers.filter((answer) => answer === "undecidable").length;
    assert.ok(lost <= 4, `${lost} of 50`);
  });
}
