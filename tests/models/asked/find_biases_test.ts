import assert from "node:assert/strict";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { findBiases } from "../../../models/asked/find_biases.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { type Grouped, groupedSets } from "./grouped_sets.ts";
import { plantedSets } from "./planted_sets.ts";
import { inFull } from "../../full.ts";

function biases(seed: number, grouped: Omit<Grouped, "seed">) {
  const sets = groupedSets({ seed, ...grouped });
  return findBiases(sets, {
    seed,
    parts: partsOf(new Array(sets.shifted.n).fill(true)),
    placebos: 199,
  }).biases;
}

const few = { groups: 10, size: 30 } as const;

for (
  const reference of ["same groups", ...inFull("none", "other groups")] as const
) {
  Deno.test(`findBiases() counts no fall where groups differ by chance alone, with a reference set of ${reference}`, () => {
    let [counted, held] = [0, 0];
    for (let seed = 0; seed < 12; seed++) {
      const found = biases(seed, { ...few, reference });
      assert.deepEqual(found.map(({ property }) => property), ["shade"]);
      if (found.some(({ counts }) => counts)) counted++;
      if (found.every(({ fall: { low, high } }) => low <= 0 && high >= 0)) {
        held++;
      }
    }
    // One of a hundred is expected to count, and 11.4 of 12 intervals to hold 0.
    assert.ok(counted <= 1, `${counted} of 12`);
    assert.ok(held >= 10, `${held} of 12`);
  });
}

Deno.test("findBiases() finds a property of groups that goes with their labels in the reference alone", () => {
  for (let seed = 0; seed < 4; seed++) {
    const [first] = biases(seed, { groups: 40, size: 10, linked: [1, 0] });
    assert.equal(first?.property, "shade");
    assert.ok(first.counts);
  }
});

Deno.test("findBiases() takes groups for a property where all sets have the same, and finds that they tell something else", () => {
  for (const reference of ["none", "same groups"] as const) {
    const same = { groups: 20, size: 30, alike: true, reference };
    const of = (found: ReturnType<typeof biases>) =>
      found.find(({ property }) => property === "group");
    assert.equal(of(biases(2, same))?.counts, false);
    const fell = of(biases(2, { ...same, broken: true }));
    assert.ok(fell?.counts);
    assert.ok(fell.test > 0.1 && fell.shifted < fell.test / 2);
    // As many examples of each group in both sets, classes weighted alike.
    assert.ok(fell.moved.high < 0.15);
  }
});

Deno.test("findBiases() takes groups for no property where one of them is missing from a set", () => {
  const sets = groupedSets({ seed: 2, groups: 20, size: 30, alike: true });
  const found = (shifted: typeof sets.shifted) =>
    findBiases({ ...sets, shifted }, {
      seed: 2,
      parts: partsOf(new Array(shifted.n).fill(true)),
      placebos: 19,
    }).biases.map(({ property }) => property).sort();
  const { groups } = sets.shifted;
  assert(groups !== null);
  const others = [...groups.keys()].filter((i) => groups[i] !== groups[0]);
  assert.deepEqual(found(sets.shifted), ["group", "shade"]);
  assert.deepEqual(found(takeExamples(sets.shifted, others)), ["shade"]);
});

Deno.test("findBiases() looks at a property alike whatever it is called, be it a group", () => {
  const sets = groupedSets({ seed: 3, groups: 40, size: 10, linked: [1, 0] });
  const found = (name: string) => {
    const called = (set: typeof sets.test) => ({
      ...set,
      groups: null,
      properties: Object.fromEntries(
        Object.values(set.properties).map((own) => [name, own]),
      ),
    });
    return findBiases({
      reference: sets.reference,
      test: called(sets.test),
      shifted: called(sets.shifted),
    }, {
      seed: 1,
      parts: partsOf(new Array(sets.shifted.n).fill(true)),
      placebos: 99,
    }).biases.map((bias) => ({ ...bias, property: "" }));
  };
  assert.deepEqual(found("group"), found("ward"));
});

Deno.test("findBiases() sees that all shifted files have another size, where the reference ones have one, and of which properties files are", () => {
  const sets = groupedSets({ seed: 1, groups: 40, size: 10 });
  const sized = (set: typeof sets.test, width: (i: number) => number) => ({
    ...set,
    properties: {
      ...set.properties,
      width: {
        values: Float64Array.from({ length: set.n }, (_, i) => width(i)),
        categories: null,
        ofFile: true as const,
      },
    },
  });
  const movedBy = (width: (i: number) => number) => {
    const found = findBiases({
      reference: sized(sets.reference, () => 32),
      test: sized(sets.test, () => 32),
      shifted: sized(sets.shifted, width),
    }, {
      seed: 1,
      parts: partsOf(new Array(sets.shifted.n).fill(true)),
      placebos: 99,
    }).biases;
    assert.equal(
      found.find(({ property }) => property === "shade")?.ofFile,
      undefined,
    );
    const own = found.find(({ property }) => property === "width");
    assert.equal(own?.ofFile, true);
    return own.moved.value;
  };
  assert.ok(movedBy(() => 64) > 0.9);
  assert.ok(movedBy(() => 16) > 0.9);
  assert.ok(Math.abs(movedBy((i) => i % 2 === 0 ? 32 : 64) - 0.5) < 0.15);
  assert.equal(movedBy(() => 32), 0);
});

Deno.test("findBiases() finds a property of groups that goes with their labels in the shifted set alone, which is no fall", () => {
  for (const reference of ["none", "same groups"] as const) {
    for (let seed = 0; seed < 3; seed++) {
      const [first] = biases(seed, {
        groups: 40,
        size: 10,
        linked: [0, 1],
        reference,
      });
      assert.equal(first?.property, "shade");
      assert.deepEqual([first.counts, first.gained?.counts], [false, true]);
      const { shifted = 0, test = 1, rise, inSupport } = first.gained ?? {};
      assert.ok(shifted > 0.1 && Math.abs(test) < shifted / 2);
      assert.ok((rise?.low ?? 0) > 0.02);
      assert.equal(inSupport?.counts, true);
    }
  }
});

Deno.test("findBiases() counts no rise where links are alike, and says of links whether the test set has them", () => {
  let counted = 0;
  for (let seed = 0; seed < 6; seed++) {
    for (const both of [0, 0.8]) {
      const [first] = biases(seed, {
        groups: 60,
        size: 5,
        linked: [both, both],
      });
      if (both > 0) assert.equal(first?.linked, true);
      if (first?.gained?.counts) counted++;
    }
  }
  assert.ok(counted <= 1, `${counted} of 12`);
});

Deno.test("findBiases() counts no fall of what chance alone taught, though the shifted set goes against it", () => {
  let [counted, linked] = [0, 0];
  for (let seed = 0; seed < 10; seed++) {
    const { test, shifted, reference } = plantedSets({
      n: 300,
      seed,
      linked: [0, 0.9],
    });
    const [first] = findBiases({
      reference: takeExamples(reference, []),
      test,
      shifted,
    }, {
      seed,
      parts: partsOf(new Array(shifted.n).fill(true)),
      placebos: 199,
    }).biases;
    assert.equal(first?.gained?.counts, true);
    if (first.counts) counted++;
    if (first.linked) linked++;
  }
  assert.deepEqual([counted, linked], [0, 0]);
});

Deno.test("findBiases() names the classes whose labels were exchanged, of two or more, and none of fewer with enough examples", () => {
  const { shifted: all, ...others } = plantedSets({ n: 300, seed: 1 });
  const found = (shifted: typeof all) =>
    findBiases({ ...others, shifted }, {
      seed: 1,
      parts: partsOf(new Array(shifted.n).fill(true)),
      placebos: 99,
    }).labels?.exchanged;
  const rowsOf = (below: number) =>
    [...all.labels?.entries() ?? []].flatMap(([i, label]) =>
      label < below ? [i] : []
    );
  for (const count of [2, all.classes.length]) {
    const shifted = takeExamples(all, rowsOf(count));
    const labels = shifted.labels?.map((label, i) =>
      i % 3 === 0 && label < 2 ? 1 - label : label
    ) ?? null;
    const exchanged = found({ ...shifted, labels });
    assert.deepEqual(exchanged?.classes, all.classes.slice(0, 2));
    assert.equal(exchanged.p, 0.01);
  }
  assert.equal(found(takeExamples(all, rowsOf(1))), null);
});

Deno.test("findBiases() compares class frequencies among the examples in support as well, where there are fifty", () => {
  const sets = plantedSets({ n: 300, seed: 3, firstClass: [0.25, 0.6] });
  const { test, shifted } = sets;
  const labels = shifted.labels ?? assert.fail();
  const first = test.labels?.filter((label) => label === 0).length ?? 0;
  const of = (isWithin: (i: number) => boolean, some = sets) =>
    findBiases(some, {
      seed: 3,
      parts: partsOf(Array.from(labels.keys(), isWithin)),
      placebos: 199,
    }).labels;
  const whole = of(() => true);
  assert.ok(whole?.inSupport);
  assert.equal(whole.p, 0.005);
  assert.equal(whole.inSupport.p, 0.005);
  assert.ok(
    Math.abs(whole.inSupport.distance.value - whole.distance.value) < 0.02,
  );
  // As many of the first class for each of the others as the test set has.
  let left = Math.round(
    first / (test.n - first) * labels.filter((label) => label > 0).length,
  );
  const ofNew = of((i) => labels[i] !== 0 || left-- > 0);
  assert.equal(ofNew?.p, 0.005);
  assert.ok((ofNew.inSupport?.p ?? 0) > 0.1);
  assert.ok((ofNew.inSupport?.distance.high ?? 1) < 0.2);
  assert.equal(of((i) => i < 49)?.inSupport, null);
  assert.notEqual(of((i) => i < 50)?.inSupport, null);
  const untold = <Set extends typeof test>(set: Set) => ({
    ...set,
    features: {},
  });
  assert.equal(
    of(() => true, {
      reference: untold(sets.reference),
      test: untold(test),
      shifted: untold(shifted),
    })?.inSupport,
    null,
  );
});
