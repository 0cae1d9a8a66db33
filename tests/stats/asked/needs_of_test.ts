import assert from "node:assert/strict";
import { needsOf, unlookedNeeds } from "../../../stats/asked/needs_of.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";
import { evidence, fell, found, judge, OTHER_FILES } from "./judged.ts";

Deno.test("needsOf() rounds up, so that it never asks for fewer than would do", () => {
  const some = evidence({});
  const needs = needsOf({
    ...some,
    examples: {
      ...some.examples,
      test: 203,
      shifted: 203,
      groups: { test: 203, shifted: 203 },
    },
    shift: null,
    outOfSupport: null,
    drop: null,
    labels: {
      p: 0.5,
      distance: { value: 0, low: 0, high: 0.2 },
      counts: [],
    },
  }, { beyond: false, canTrain: false });
  assert.deepEqual(
    needs.filter(({ what }) => what === "test examples"),
    // (0.2 / 0.1875)² times 203 are 231.
    [{ what: "test examples", number: 240, there: 203 }],
  );
});

Deno.test("needsOf() asks for shifted examples that no other set has where copies were removed", () => {
  const some = evidence({});
  const whatOf = (shifted: number) =>
    needsOf({
      ...some,
      examples: { ...some.examples, shifted: 0 },
      duplicates: { ...some.duplicates, removed: shifted, shifted },
    }, { beyond: false, canTrain: false }).filter(({ there }) => there === 0)
      .map(({ what }) => what);
  assert.deepEqual([0, 300].map(whatOf), [["shifted examples"], [
    "shifted examples that no other set has",
  ]]);
});

/** What is needed for class frequencies whose distance is known as well as this, of as many examples. */
function needsAt(
  examples: Partial<Evidence["examples"]>,
  { high, isHeldOut = false }: {
    readonly high: number;
    readonly isHeldOut?: boolean;
  },
) {
  const some = evidence({});
  const { test, shifted } = { ...some.examples, ...examples };
  return needsOf({
    ...some,
    examples: { ...some.examples, groups: { test, shifted }, ...examples },
    labels: { p: 0.5, distance: { value: 0, low: 0, high }, counts: [] },
    drop: null,
  }, { beyond: false, canTrain: false, isHeldOut });
}

Deno.test("needsOf() asks for no more examples than are looked at, and says what limits", () => {
  const given = { reference: null, test: 20000, shifted: 20000 };
  const drawn = { reference: null, test: 5000, shifted: 5000, given };
  assert.deepEqual(needsAt(drawn, { high: 0.4431 }), [{
    what:
      "way to look at more than 5,000 examples of a set, which no option gives (some 28,000 would do; of more that are given 5,000 are drawn)",
    number: 1,
  }]);
  // So is what too few examples would take that were all given.
  const few = { reference: null, test: 3000, shifted: 3000, given };
  assert.deepEqual(
    needsAt(few, { high: 0.375 }).map(({ number }) => number),
    [1],
  );
});

Deno.test("needsOf() says of a test set that was held out how many reference examples it takes, or test ones", () => {
  const { examples } = evidence({});
  const ofFifth = {
    reference: 128,
    test: 32,
    groups: { ...examples.groups, test: 32 },
    given: { ...examples.given, reference: 128, test: 32 },
  };
  const need = {
    what: "reference examples, of which a fifth is tested on",
    number: 1000,
    or: "200 test examples of their own (--test)",
  };
  assert.deepEqual(needsAt(ofFifth, { high: 0.1, isHeldOut: true }), [
    { ...need, there: 160 },
  ]);
  const drawn = { ...ofFifth, given: { ...ofFifth.given, test: 64 } };
  assert.deepEqual(needsAt(drawn, { high: 0.1, isHeldOut: true }), [need]);
  const [more] = needsAt({ reference: 2400 }, { high: 0.25, isHeldOut: true });
  assert.equal(more?.number, 5500);
  assert.equal(
    more?.or,
    "1100 test examples of their own (--test); so many are read with --most 5500",
  );
});

Deno.test("needsOf() asks for more than are drawn where a drop is of all that were given", () => {
  const some = evidence({});
  const { drop } = some;
  assert.ok(drop !== null);
  const needsFor = (ofDrawn: number) =>
    needsOf({
      ...some,
      examples: {
        ...some.examples,
        test: 5000,
        shifted: 5000,
        groups: { test: 5000, shifted: 5000 },
        given: { reference: null, test: 20_000, shifted: 20_000 },
      },
      drop: { ...drop, total: 0, low: -0.15, high: 0.15, ofDrawn },
    }, { beyond: false, canTrain: false }).map(({ what, there }) => ({
      what,
      there,
    }));
  assert.ok(
    needsFor(0.01).some(({ what, there }) =>
      what === "shifted examples" && there === 20_000
    ),
  );
  assert.ok(
    needsFor(0).every(({ what }) => what !== "shifted examples"),
  );
});

for (
  const [low, high, ofDrawn, number] of [
    // (0.105 / 0.075)² times 600 are 1176.
    [-0.005, 0.205, 0.1, 1200],
    [-0.205, 0.005, 0.1, 1200],
    // (0.0775 / 0.075)² times as many as are there are not a tenth more.
    [-0.005, 0.15, 0.2, undefined],
  ] as const
) {
  Deno.test(
    `needsOf() asks for ${
      number ?? "no"
    } examples for a drop of ${low} to ${high}, of ${ofDrawn} where 0.1 is that of all`,
    () => {
      const some = evidence({});
      assert.ok(some.drop !== null);
      const needs = needsOf({
        ...some,
        shift: null,
        outOfSupport: null,
        labels: null,
        drop: { ...some.drop, total: 0.1, low, high, ofDrawn },
      }, { beyond: false, canTrain: false });
      for (const set of ["test", "shifted"]) {
        const need = needs.find(({ what }) => what === `${set} examples`);
        assert.equal(need?.number, number);
      }
    },
  );
}

Deno.test("needsOf() and unlookedNeeds() ask for labels of the shifted examples that are left without duplicates, and needsOf() for more where these are few", () => {
  const some = evidence({});
  const of = (shifted: number) => ({
    ...some,
    labels: null,
    duplicates: { ...some.duplicates, shifted: 1 },
    examples: {
      ...some.examples,
      given: { reference: null, test: 9000, shifted },
    },
  });
  const options = { beyond: false, canTrain: false };
  const [all] = needsOf(of(4322), options);
  assert.deepEqual(all, {
    what: "labels, one for each shifted example",
    number: 4321,
    exact: true,
  });
  const [more] = needsOf(of(101), options);
  assert.deepEqual(more, {
    what: "labelled shifted examples that no other set has",
    number: 200,
  });
  assert.deepEqual(
    unlookedNeeds(of(101)).map(({ what, number }) => [what, number]),
    [["labels, one for each shifted example", 100]],
  );
});

Deno.test("needsOf() asks once for shifted examples where these are few and have no labels, for the larger number", () => {
  const some = evidence({});
  assert.ok(some.shift !== null);
  const wide = { auroc: 0.5, low: 0.42, high: 0.65, placebo: 0.6, p: 0.5 };
  const shift = { ...some.shift, ...wide, withinClass: null };
  const of = (shifted: number, groups = shifted) =>
    needsOf({
      ...some,
      shift,
      labels: null,
      drop: null,
      outOfSupport: null,
      examples: {
        ...some.examples,
        test: 3000,
        shifted,
        groups: { test: 3000, shifted: groups },
        given: { reference: null, test: 3000, shifted },
      },
    }, { beyond: false, canTrain: false });
  assert.deepEqual(of(40), [
    { what: "labelled shifted examples", number: 200 },
  ]);
  // (0.15 / 0.08)² times 120 are 422.
  assert.deepEqual(of(120), [
    { what: "labelled shifted examples", number: 430 },
  ]);
  assert.deepEqual(of(120, 60), [
    { what: "labelled shifted examples", number: 200 },
    { what: "groups of shifted examples", number: 220, there: 60 },
  ]);
});

Deno.test("needsOf() counts groups where there are fewer of them than examples", () => {
  const groups = { test: 18, shifted: 39 };
  assert.deepEqual(needsAt({ groups }, { high: 0.375 }), [
    { what: "groups of test examples", number: 72, there: 18 },
    { what: "groups of shifted examples", number: 72, there: 39 },
  ]);
  // Four times 50 examples are 100 groups of two.
  const few = { test: 20, shifted: 20 };
  assert.deepEqual(
    needsAt({ test: 40, shifted: 40, groups: few }, { high: 0.1 })
      .map(({ number }) => number),
    [100, 100],
  );
  // A few copies make no groups of the others.
  assert.deepEqual(
    needsAt({ groups: { test: 600, shifted: 599 } }, { high: 0.375 })
      .map(({ what }) => what),
    ["test examples", "shifted examples"],
  );
  const [held] = needsAt({ groups }, { high: 0.375, isHeldOut: true });
  assert.deepEqual(held, {
    what: "groups of reference examples, of which a fifth is tested on",
    number: 360,
    or:
      "72 groups of test examples of their own (--test); so many are read with --most 12000",
  });
});

Deno.test("needsOf() leaves out what is there but for a tenth, and asks for four times as many where that is all", () => {
  const { examples } = evidence({});
  const of = (shifted: number) =>
    needsAt({ test: 600, shifted }, { high: 0.375 }).map(({ what }) => what);
  assert.deepEqual(of(2200), ["test examples"]);
  assert.deepEqual(of(2000), ["test examples", "shifted examples"]);
  assert.equal(examples.test, 600);
  assert.deepEqual(
    needsAt({}, { high: 0.19 }).map(({ number }) => number),
    [2400, 2400],
  );
});

Deno.test("needsOf() asks for no more than are drawn where nothing says how many it takes", () => {
  const given = { reference: null, test: 2000, shifted: 2000 };
  assert.deepEqual(
    needsAt({ ...given, given }, { high: 0.1 }).map(({ number }) => number),
    [5000, 5000],
  );
  const groups = { test: 1000, shifted: 2000 };
  assert.deepEqual(
    needsAt({ ...given, given, groups }, { high: 0.1 })
      .map(({ number }) => number),
    [2500, 2500],
  );
});

const SEEN = { auroc: 0.7, low: 0.66, high: 0.74, placebo: 0.53, p: 0.01 };

/** Evidence of a shift that is seen, and how much of it is out of support. */
function seen(support: Parameters<typeof found>[0]): Evidence {
  const some = evidence({});
  assert.ok(some.shift !== null);
  return {
    ...some,
    shift: { ...some.shift, ...SEEN, withinClass: SEEN, remainders: [] },
    outOfSupport: found({
      trained: false,
      atLeast: true,
      high: 1,
      ...support,
    }),
  };
}

const TRIAL = "trial (the same command without --quick)";

for (
  const [what, support] of [
    ["disagree", { share: 0.99, low: 0.98, agreement: 0.08 }],
    ["see too little", { share: 0.09, low: 0 }],
  ] as const
) {
  Deno.test(`judge() asks for a trial, and no number of examples, where linear classifiers ${what}`, () => {
    const { answer, needs } = judge(seen(support));
    assert.equal(answer, "undecidable");
    assert.deepEqual(needs, [{ what: TRIAL, number: 1 }]);
  });
}

Deno.test("needsOf() asks for more examples, and for other features only where an area is clearly above chance", () => {
  const some = evidence({});
  const { shift, labels } = some;
  assert.ok(shift !== null && labels !== null);
  const area = (low: number) => ({
    auroc: 0.564,
    low,
    high: 0.62,
    placebo: 0.55,
    p: 0.01,
  });
  const more = ["test examples", "shifted examples"];
  const other = [
    'other kind of features ("features" in the file of the question)',
  ];
  const whatOf = (
    own: Partial<NonNullable<Evidence["shift"]>>,
    options: Partial<Parameters<typeof needsOf>[1]> = {},
  ) =>
    needsOf({
      ...some,
      drop: null,
      labels: { ...labels, distance: { value: 0, low: 0, high: 0.1 } },
      shift: { ...shift, withinClass: null, remainders: [], ...own },
      outOfSupport: found({ trained: false, atLeast: true, high: 1 }),
    }, { beyond: false, canTrain: false, ...options }).map(({ what }) => what);
  assert.deepEqual(whatOf(area(0.508)), more);
  assert.deepEqual(whatOf(area(0.551)), other);
  const alike = { auroc: 0.49, low: 0.46, high: 0.52, placebo: 0.53, p: 0.8 };
  const spread = (low: number) => ({ ...alike, ofSecondOrder: area(low) });
  const options = { near: true, spread: true };
  assert.deepEqual(whatOf(spread(0.508), options), more);
  assert.deepEqual(whatOf(spread(0.551), options), other);
  assert.deepEqual(
    whatOf(spread(0.508), { ...options, moved: fell({}) }),
    other,
  );
});

Deno.test("judge() asks for no number of examples where two ways to look disagree and no trial is left", () => {
  const disagree = { share: 0.99, low: 0.98, agreement: 0.08 };
  const needsFor = (some: Evidence) =>
    judge(some, { canTrain: false }).needs.map(({ what }) => what);
  const ofImages = seen({ ...disagree, trained: true });
  assert.deepEqual(needsFor(ofImages), [
    "look of your own at the least typical shifted images, which the page shows",
  ]);
  const ofTable = seen(disagree);
  assert.deepEqual(
    needsFor({
      ...ofTable,
      examples: { ...ofTable.examples, reference: null },
    }),
    ['other kind of features ("features" in the file of the question)'],
  );
});

Deno.test("judge() asks for examples where a trial has looked and saw too little", () => {
  const { needs } = judge(seen({ share: 0.09, low: 0, trained: true }), {
    canTrain: false,
  });
  assert.deepEqual(needs.map(({ what }) => what), [
    "test examples",
    "shifted examples",
  ]);
});

Deno.test("judge() asks first for files that are stored alike where nearly all of them are not", () => {
  const some = seen({ share: 0.01, low: 0 });
  const { needs, why } = judge({
    ...some,
    biases: [fell({ ...OTHER_FILES, property: "file type" })],
  });
  assert.deepEqual(needs.map(({ what }) => what), [
    "question with files of the same type in both sets, made from originals in the same way",
    TRIAL,
  ]);
  assert.match(
    why,
    /files are of another type than the reference ones, which alone may make them look different: make the files of both sets from originals in the same way and ask again/,
  );
});
