import assert from "node:assert/strict";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { askQuickly } from "../../ask_quickly.ts";
import type { Answer } from "../../../stats/asked/ask_findings.ts";
import { askFindingsSchema } from "../../../stats/asked/ask_findings_schemas.ts";
import { groupedSets } from "../../models/asked/grouped_sets.ts";
import { type Planted, plantedSets } from "../../models/asked/planted_sets.ts";
import { isFull, test } from "../../full.ts";

const cases: readonly [string, Answer, Omit<Planted, "seed">][] = [
  ["the sets are drawn alike", "no shift", { n: 600 }],
  ["a shade goes with the class in the reference alone", "bias", {
    n: 600,
    linked: [0.6, 0],
  }],
  ["a class is three times as frequent", "bias", {
    n: 600,
    firstClass: [0.2, 0.6],
  }],
  ["all shifted examples lie elsewhere", "extrapolation", {
    n: 600,
    outside: 1,
  }],
  ["half of the shifted examples lie elsewhere", "extrapolation", {
    n: 600,
    outside: 0.5,
  }],
  ["half lie elsewhere and a class is more frequent", "both", {
    n: 600,
    outside: 0.5,
    firstClass: [0.2, 0.6],
  }],
  ["all lie elsewhere and the shade no longer goes with the class", "both", {
    n: 600,
    outside: 1,
    linked: [0.7, 0],
  }],
  ["there are thirty of them", "undecidable", { n: 30, outside: 1 }],
];

/** Whether none before it has its answer. */
const isFirst = ([, answer]: typeof cases[number], i: number) =>
  cases.findIndex(([, other]) => other === answer) === i;

for (
  const [what, answer, planted] of isFull ? cases : cases.filter(isFirst)
) {
  Deno.test(`askQuickly() answers "${answer}" where ${what}`, () => {
    const findings = askQuickly(plantedSets({ ...planted, seed: 5 }), {
      seed: 1,
    });
    assert.equal(findings.answer, answer, JSON.stringify(findings.rule));
    assert.deepEqual(askFindingsSchema.parse(findings), findings);
    assert.equal(findings.needs.length > 0, answer === "undecidable");
  });
}

Deno.test("askQuickly() decides nothing where the test set is from elsewhere than the reference set", () => {
  const here = plantedSets({ n: 200, seed: 9, outside: 1 });
  const alike = plantedSets({ n: 200, seed: 10 });
  for (const shifted of [alike.shifted, here.shifted]) {
    const { answer, why, needs, rule, testShift, ...findings } = askQuickly({
      reference: here.reference,
      test: plantedSets({ n: 200, seed: 11, outside: 1 }).shifted,
      shifted,
    }, { seed: 1 });
    assert.equal(answer, "undecidable");
    assert.match(
      why,
      /^The examples of the test set differ from those of the reference set/,
    );
    assert.equal(needs.length, 1);
    assert.equal(rule.at(-1)?.holds, false);
    assert.ok(testShift && testShift.low > 0.9);
    const whole = { ...findings, answer, why, needs, rule, testShift };
    assert.deepEqual(askFindingsSchema.parse(whole), whole);
  }
});

Deno.test("askQuickly() says without labels what looks alone can say", () => {
  const { shifted, ...sets } = plantedSets({ n: 400, seed: 3, outside: 1 });
  const findings = askQuickly(
    { ...sets, shifted: { ...shifted, labels: null } },
    { seed: 1 },
  );
  assert.equal(findings.answer, "extrapolation");
  assert.match(findings.why, /cannot be told without labels/);
  assert.deepEqual(
    [findings.labels, findings.drop, findings.biases],
    [null, null, []],
  );
});

Deno.test("askQuickly() decides nothing where both sets are the same files", () => {
  const { reference, test } = plantedSets({ n: 200, seed: 4 });
  const findings = askQuickly({ reference, test, shifted: test }, { seed: 1 });
  assert.equal(findings.answer, "undecidable");
  assert.equal(findings.duplicates.removed, 200);
  assert.match(
    findings.why,
    /^All 200 shifted examples are in the reference or/,
  );
});

test.inFull("askQuickly() gives the same findings each time", () => {
  const sets = plantedSets({ n: 100, seed: 6, outside: 0.3 });
  assert.deepEqual(
    askQuickly(sets, { seed: 2 }),
    askQuickly(sets, { seed: 2 }),
  );
});

Deno.test("askQuickly() explains predictions alone, without features", () => {
  const { reference, test, shifted } = plantedSets({ n: 200, seed: 7 });
  const bare = (set: typeof test, from: number) => ({
    ...set,
    features: {},
    right: {
      r50: Uint8Array.from({ length: set.n }, (_, i) => i % 10 >= from ? 1 : 0),
    },
  });
  const findings = askQuickly({
    reference: { ...reference, features: {} },
    test: bare(test, 1),
    shifted: bare(shifted, 3),
  }, { seed: 1 });
  assert.equal(findings.shift, null);
  assert.equal(findings.outOfSupport, null);
  assert.ok(Math.abs((findings.drop?.total ?? 0) - 0.2) < 1e-12);
  assert.deepEqual(findings.drop?.terms, []);
});

test.inFull("askQuickly() calls no table of ten groups a set a bias where groups differ by chance", () => {
  for (let seed = 0; seed < 3; seed++) {
    const { reference, test, shifted } = groupedSets({
      seed,
      groups: 10,
      size: 60,
    });
    const bare = (set: typeof test) => ({ ...set, properties: {} });
    const { answer, biases } = askQuickly(
      { reference, test: bare(test), shifted: bare(shifted) },
      { seed },
    );
    assert.equal(answer, "undecidable");
    assert.deepEqual(biases, []);
  }
});

Deno.test("askQuickly() counts and measures all examples where some of them are drawn, and says both numbers", () => {
  const { reference, test, shifted } = plantedSets({ n: 500, seed: 8 });
  const table = (set: typeof test, wrong: number) => ({
    ...set,
    properties: {},
    right: {
      r50: Uint8Array.from(
        { length: set.n },
        (_, i) => i % 10 >= wrong ? 1 : 0,
      ),
    },
  });
  const sets = {
    reference: takeExamples(reference, []),
    test: table(test, 1),
    shifted: table(shifted, 3),
  };
  const all = askQuickly(sets, { seed: 1, canTrain: false });
  const some = askQuickly(sets, { seed: 1, canTrain: false, atMost: 100 });
  assert.deepEqual(some.examples, {
    reference: null,
    test: 100,
    shifted: 100,
    given: { reference: null, test: 500, shifted: 500 },
    groups: { test: 100, shifted: 100 },
    atMost: 100,
  });
  assert.deepEqual(askFindingsSchema.parse(some), some);
  assert.deepEqual(some.labels?.counts, all.labels?.counts);
  const { drop } = some;
  assert.ok(drop !== null && all.drop !== null);
  for (
    const [mine, its] of [
      [drop.total, all.drop.total],
      [drop.accuracy.reference.value, 0.9],
      [drop.accuracy.shifted.value, 0.7],
    ] as const
  ) {
    assert.ok(Math.abs(mine - its) < 1e-12);
  }
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  assert.ok(Math.abs(width(drop) / width(all.drop) - 1) < 0.2);
  // Terms and what they add up to are of those that were drawn.
  assert.notEqual(drop.ofDrawn, drop.total);
  assert.equal(all.drop.ofDrawn, all.drop.total);
  const sum = drop.terms.reduce((total, { value }) => total + value, 0);
  assert.ok(Math.abs(sum - drop.ofDrawn) < 1e-9);
  assert.equal(
    some.worstGroups.reduce((total, { n }) => total + n, 0),
    500,
  );
});

Deno.test("askQuickly() measures all examples of groups by their groups", () => {
  const { test, shifted } = plantedSets({ n: 400, seed: 8 });
  const table = (set: typeof test, wrong: number) => ({
    ...set,
    properties: {},
    features: {},
    groups: Array.from({ length: set.n }, (_, i) => `${wrong} ${i % 40}`),
    right: {
      r50: Uint8Array.from(
        { length: set.n },
        (_, i) => i % 10 >= wrong ? 1 : 0,
      ),
    },
  });
  const sets = {
    reference: takeExamples(test, []),
    test: table(test, 1),
    shifted: table(shifted, 3),
  };
  const [some, all] = [100, 5000].map((atMost) =>
    askQuickly(sets, { seed: 1, canTrain: false, atMost }).drop
  );
  assert.ok(some && all);
  assert.ok(Math.abs(some.total - 0.2) < 1e-12);
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  assert.ok(Math.abs(width(some) / width(all) - 1) < 0.2);
});
