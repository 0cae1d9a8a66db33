/**
 * The rule of the answer, a case for each of its conditions: long, since they
 * are those of one function, on evidence that is found once.
 */
import assert from "node:assert/strict";
import { inFull } from "../../full.ts";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import type {
  FoundBias,
  FoundSupport,
  ShiftArea,
} from "../../../stats/asked/ask_findings_schemas.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { plantedSets } from "../../models/asked/planted_sets.ts";
import {
  between,
  evidence,
  fell,
  found,
  gained,
  half,
  judge,
  OTHER_FILES,
} from "./judged.ts";

/** How far a property's own values moved: surely, and perhaps not at all. */
const MOVED = { value: 0.3, low: 0.2, high: 0.4 };
const STAYED = { value: 0.03, low: 0, high: 0.08 };

Deno.test("judge() takes the share of fine-tuned networks, with its interval, in the answer and in the rule", () => {
  const { answer, why, rule } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found(half),
  });
  assert.equal(answer, "extrapolation");
  assert.match(why, /^About 48% \(42% to 55%\) of the shifted examples/);
  assert.ok(rule.some(({ condition, holds }) =>
    holds === true &&
    condition.includes("(48%, 42% to 55%, by a fine-tuned network)")
  ));
});

Deno.test("judge() says of which examples it tells a share where others were copies", () => {
  const { examples, ...rest } = evidence({ outside: 1 });
  const { why } = judge({
    ...rest,
    examples: { ...examples, shifted: 100 },
    duplicates: { removed: 900, reference: 0, test: 0, shifted: 900 },
  });
  assert.match(
    why,
    /^At least [\d.]+% of the 100 shifted examples left \(without 900 that another set has as well\) are of a kind/,
  );
  // Copies within the reference set alone are not told here.
  const duplicates = { removed: 5, reference: 5, test: 0, shifted: 0 };
  assert.match(
    judge({ ...rest, examples, duplicates }).why,
    /^At least [\d.]+% of the shifted examples are of a kind/,
  );
});

Deno.test("judge() says at least where fine-tuned networks find no upper end", () => {
  const { why } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found({ ...half, high: 1, atLeast: true }),
  });
  assert.match(why, /^At least 42% of the shifted examples/);
});

Deno.test("judge() says of few examples, and where nearly all are new, that a bias beside them may go unnoticed", () => {
  const { examples, ...rest } = evidence({ outside: 1 });
  const whyOf = (shifted: number) =>
    judge({ ...rest, examples: { ...examples, shifted } }).why;
  assert.match(whyOf(499), /fewer than 500 examples a set, a bias may/);
  assert.match(
    whyOf(500),
    /looked at, but where nearly all is new, wrong labels, and a bias that none of them shows, go unnoticed\./,
  );
  assert.doesNotMatch(judge(evidence({ outside: 0.5 })).why, /unnoticed/);
});

Deno.test("judge() answers by fine-tuned networks where linear classifiers see nothing, and not by linear ones", () => {
  const none = evidence({});
  assert.equal(judge(none).answer, "no shift");
  assert.equal(
    judge({ ...none, outOfSupport: found({}) }).answer,
    "no shift",
  );
  assert.equal(
    judge({ ...none, outOfSupport: found(half) }).answer,
    "extrapolation",
  );
  assert.equal(
    judge({ ...none, outOfSupport: found({ ...half, trained: false }) })
      .answer,
    "undecidable",
  );
});

Deno.test("judge() is undecided where fine-tuned networks do not agree", () => {
  const { answer, why, rule } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found({ ...half, agreement: 0.4 }),
  });
  assert.equal(answer, "undecidable");
  assert.match(why, /disagree/);
  const told = JSON.stringify([why, rule]);
  assert.doesNotMatch(told, /48%|42%/);
  assert.match(told, /no share where two ways to look contradict each other/);
});

Deno.test("judge() tells beside the share by the network that isolates most that by the other one", () => {
  const told = (some: Partial<FoundSupport>) => {
    const other = { share: 0.31, low: 0.2, high: 1, features: "photo" };
    const { why, rule } = judge({
      ...evidence({ outside: 0.5 }),
      outOfSupport: found({
        ...half,
        others: [{ ...other, atLeast: some.atLeast ?? false }],
        ...some,
      }),
    });
    return [
      why,
      rule.find(({ condition }) => condition.startsWith("a part is")),
    ]
      .map((words) => JSON.stringify(words));
  };
  const [why, rule] = told({});
  assert.match(
    why ?? "",
    /^"About 48% \(42% to 55%; by the other of two networks 31%\) of/,
  );
  assert.match(
    rule ?? "",
    /by a fine-tuned network; by the other of two networks 31%\)/,
  );
  assert.match(
    told({ atLeast: true })[0] ?? "",
    /^"At least 42% \(by the other of two networks at least 20%\) of/,
  );
  for (const some of [{ trained: false }, { others: [] }, { agreement: 0.4 }]) {
    assert.doesNotMatch(told(some).join(), /by the other/);
  }
});

Deno.test("judge() tells no share without labels where two ways to look disagree", () => {
  const { answer, why } = judge({
    ...evidence({ outside: 0.5 }),
    labels: null,
    outOfSupport: found({ ...half, agreement: 0.4 }),
  });
  assert.equal(answer, "undecidable");
  assert.match(why, /disagree .* without labels/);
  assert.doesNotMatch(why, /\d%/);
});

Deno.test("judge() answers without labels only where half are out of support for sure", () => {
  const at = (low: number) =>
    judge({
      ...evidence({ outside: 0.5 }),
      labels: null,
      outOfSupport: found({ share: 0.55, low, high: 0.65 }),
    });
  assert.equal(at(0.5).answer, "extrapolation");
  assert.equal(at(0.49).answer, "undecidable");
  assert.match(at(0.49).why, /, but only 49% of them are surely of a kind/);
  assert.match(at(0).why, /, but hardly any of them is surely of a kind/);
});

/** Whether conditions hold, by how they begin, of sets whose AUROC is this. */
function held(area: Partial<ShiftArea>, some: Evidence) {
  const { shift } = some;
  assert.ok(shift !== null);
  const withinClass = { ...shift.withinClass ?? shift, ...area };
  const { rule } = judge({ ...some, shift: { ...shift, withinClass } });
  return (begin: string) =>
    rule.find(({ condition }) => condition.startsWith(begin))?.holds;
}

Deno.test("judge() counts what is at a bound of the rule as within it", () => {
  const some = evidence({ outside: 0.5 });
  const at = (test: number, p: number, agreement: number) => {
    const holds = held({ p }, {
      ...some,
      examples: { ...some.examples, test },
      outOfSupport: found({ ...half, agreement }),
    });
    return ["enough", "a shift is seen", "a part is out"].map(holds);
  };
  assert.deepEqual(at(50, 0.02, 0.5), [true, true, true]);
  assert.deepEqual(at(49, 0.03, 0.49), [false, false, false]);
});

Deno.test("judge() calls examples alike where neither random splits nor networks say otherwise", () => {
  const none = evidence({});
  const area = { auroc: 0.55, low: 0.49, high: 0.575, placebo: 0.56, p: 0.04 };
  const of = (placebo: number, outOfSupport = none.outOfSupport) => {
    const holds = held({ ...area, placebo }, { ...none, outOfSupport });
    return [" are nearly alike", " are alike"].map((end) =>
      holds(`examples of the same class${end}`)
    );
  };
  assert.deepEqual(of(0.56), [true, true]);
  assert.deepEqual(of(0.54), [true, false]);
  assert.deepEqual(of(0.56, found(half)), [false, false]);
});

Deno.test("judge() says of few examples without groups that they are few, and of a set that is another one that its rows are the same", () => {
  const { test, ...sets } = plantedSets({ n: 300, seed: 5 });
  const reference = takeExamples(sets.reference, []);
  const asked = (shifted: typeof test) =>
    askQuickly({ reference, test, shifted }, { seed: 1 });
  const few = asked(takeExamples(sets.shifted, [0, 1, 2, 3, 4]));
  const same = asked(test);
  for (
    const [{ answer, needs, rule }, what] of [
      [few, "shifted examples"],
      [same, "shifted examples that no other set has"],
    ] as const
  ) {
    assert.equal(answer, "undecidable");
    assert.deepEqual(needs.map(({ what, number }) => [what, number]), [
      [what, 200],
    ]);
    const told = JSON.stringify([needs, rule]);
    assert.doesNotMatch(told, /group|no labels|no features/);
    assert.match(told, /too few examples/);
  }
  assert.equal(
    few.why,
    "There are only 5 shifted examples: too few to say anything.",
  );
  assert.equal(
    same.why,
    "All 300 shifted examples are in the reference or the test set as well, the same or nearly so: there are no others to ask about.",
  );
});

Deno.test("judge() says which examples are too few, and of what was removed how many were of them", () => {
  const { examples, ...rest } = evidence({ outside: 1 });
  const whyOf = (test: number, left = 41) =>
    judge({
      ...rest,
      examples: { ...examples, test: left },
      duplicates: { removed: 1 + test, reference: 1, test, shifted: 0 },
    }).why;
  assert.equal(
    whyOf(0),
    "There are only 41 test examples: too few to say anything.",
  );
  assert.equal(
    whyOf(1),
    "Only 41 test examples are left without 1 that another set has as well: too few to say anything.",
  );
  assert.match(whyOf(0, 1), /^There is only 1 test example: too few/);
  assert.match(whyOf(1, 1), /^Only 1 test example is left without 1 that/);
});

Deno.test("judge() says that examples are of too few groups, and not that labels are missing", () => {
  const of = (count: number, n = 300) => {
    const sets = plantedSets({ n, seed: 5 });
    const few = (set: typeof sets.test) => ({
      ...set,
      groups: Array.from({ length: set.n }, (_, i) => `${i % count}`),
    });
    const { test, shifted } = sets;
    return askQuickly(
      { ...sets, test: few(test), shifted: few(shifted) },
      { seed: 1 },
    );
  };
  assert.match(
    of(1).why,
    /^One of the sets has examples of only 1 group, and /,
  );
  const { answer, why, needs, rule } = of(9);
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "One of the sets has examples of only 9 groups, and each group counts as one example: too few to say anything.",
  );
  assert.deepEqual(needs, [{
    what: "groups of examples in each set",
    number: 40,
  }]);
  // Of three examples each: forty would have 120, and 200 are wanted.
  assert.deepEqual(of(9, 27).needs, [{
    what: "groups of examples in each set",
    number: 67,
  }]);
  assert.equal(rule[0]?.holds, false);
  assert.match(rule[0]?.condition ?? "", /, of at least 10 groups \(9\)$/);
  assert.ok(rule.every(({ condition }) => !condition.includes("no labels")));
});

Deno.test("judge() calls it a bias where only the frequencies of a property differ, and names the property", () => {
  const { answer, why, needs, rule } = judge(evidence({ last: [0.3, 0.9] }));
  assert.equal(answer, "bias");
  assert.match(
    why,
    /^The shifted examples are of kinds that the reference set has, but with other frequencies of shade: among examples of one class that are alike in it, hardly anything tells the sets apart\. A linear classifier /,
  );
  assert.deepEqual(needs, []);
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === true &&
      condition.startsWith("the shift lies in how often") &&
      condition.includes("of which 5% are not out of support for sure")
    ),
  );
});

Deno.test("judge() names class frequencies besides where they differ too", () => {
  const { answer, why } = judge(
    evidence({ last: [0.3, 0.9], firstClass: [0.2, 0.6] }),
  );
  assert.equal(answer, "bias");
  assert.match(
    why,
    /sets apart; in addition, classes occur in other proportions\. /,
  );
});

Deno.test("judge() calls it no bias where classes occur in other proportions among new examples alone, and says so", () => {
  const ofNew = evidence({ outside: 0.5, firstOutside: 0.7 });
  const { answer, why, rule } = judge(ofNew);
  assert.equal(answer, "extrapolation");
  assert.match(
    why,
    /\. Among the new examples classes occur in other proportions, among the others about as often as before\. No bias shows in the simple properties that were looked at\. A linear classifier /,
  );
  const [differ, same] = rule.filter(({ condition }) =>
    condition.startsWith("class frequencies ")
  );
  assert.deepEqual([differ?.holds, same?.holds], [false, true]);
  assert.match(
    differ?.condition ?? "",
    /; among the examples in support as well, by 70% of the distance of all \(0\.\d+\) at least, since what is new may have other classes, and some of it may be among them \(by chance in \d[\d.]*%, by 0[.\d]*, up to 0\.\d+\)$/,
  );
  assert.match(
    judge({ ...ofNew, biases: [] }).why,
    /\. Classes occur in other proportions among the new examples, and about as often as before among the others; whether the training data are biased /,
  );
});

Deno.test("judge() calls other class frequencies no bias where a part may be new that features of all classes hardly show", () => {
  const some = evidence({ firstClass: [0.25, 0.6] });
  const { shift, outOfSupport } = some;
  assert.ok(shift && outOfSupport);
  assert.equal(judge(some).answer, "bias");
  const seen = { auroc: 0.7, low: 0.6, high: 0.8, placebo: 0.53, p: 0.03 };
  const [remainder] = shift.remainders;
  assert.ok(remainder !== undefined);
  const absent = (absent: number) => ({
    shift: { ...shift, remainders: [{ ...remainder, absent }] },
  });
  const cases: readonly (readonly [Partial<Evidence>, RegExp])[] = [
    [{ outOfSupport: { ...outOfSupport, share: 0.05 } }, /ruled out\.$/],
    [
      { shift: { ...shift, ofEachClass: seen } },
      /ruled out\. The sets look alike over all classes together, but /,
    ],
    [
      { shift: { ...shift, ofSecondOrder: seen } },
      /ruled out\. The sets look alike on average, but /,
    ],
    [
      absent(0.05),
      /ruled out\. The reference set lacks, or hardly has, the values of \w+ that 5% of the shifted examples have: they may be what is new, unless the sets differ in it by design; then leave it out\.$/,
    ],
  ];
  for (const [more, told] of cases) {
    const { answer, why } = judge({ ...some, ...more });
    assert.equal(answer, "undecidable");
    assert.match(
      why,
      /^One thing is sure: classes occur in other proportions, but a change in the examples themselves cannot be /,
    );
    assert.match(why, told);
  }
  assert.equal(judge({ ...some, ...absent(0.049) }).answer, "bias");
  const barely = { ...seen, low: 0.53 };
  assert.equal(
    judge({ ...some, shift: { ...shift, ofEachClass: barely } }).answer,
    "bias",
  );
  const ofFile = fell({
    ...OTHER_FILES,
    property: remainder.property,
  });
  assert.equal(
    judge({ ...some, ...absent(0.9), biases: [ofFile] }).answer,
    "bias",
  );
});

Deno.test("judge() lays no shift on the frequencies of a property where the reference set lacks values of another", () => {
  const some = evidence({ last: [0.3, 0.9] });
  assert.ok(some.shift !== null);
  const [remainder] = some.shift.remainders;
  assert.ok(remainder !== undefined);
  const remainders = [
    ...some.shift.remainders,
    { ...remainder, property: "camera", reached: 0.7, absent: 0.3 },
  ];
  const { answer, why } = judge({
    ...some,
    shift: { ...some.shift, remainders },
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    / the values of camera that 30% of the shifted examples have: /,
  );
});

Deno.test("judge() calls it a bias besides where classes occur in other proportions among the examples in support, too, or few are", () => {
  const ofAll = evidence({ outside: 0.5, firstClass: [0.25, 0.5] });
  const ofNew = evidence({ outside: 0.5, firstOutside: 0.7 });
  const { labels } = ofNew;
  assert.ok(labels?.inSupport);
  const within = (
    value: number,
    high: number,
    { p = 0.5, left = 0.05 } = {},
  ): Evidence => ({
    ...ofNew,
    labels: {
      ...labels,
      distance: { value, low: 0.1, high: 0.5 },
      inSupport: { p, distance: { value: left, low: 0, high } },
    },
  });
  const both: Evidence[] = [
    ofAll,
    { ...ofNew, labels: { ...labels, inSupport: null } },
    within(0.2, 0.3, { p: 0.005, left: 0.14 }),
  ];
  for (const [i, some] of both.entries()) {
    const { answer, why } = judge(some);
    assert.equal(answer, "both", `${i}`);
    assert.match(why, /, and classes occur in other proportions\. /);
  }
  // Those in support may be as far apart as all are, or by more than is ever left open.
  for (const [value, high] of [[0.2, 0.201], [0.3, 0.251]] as const) {
    const { answer, why, needs } = judge(within(value, high));
    assert.equal(answer, "undecidable");
    assert.match(
      why,
      /whether there is a bias as well can be neither shown nor ruled out\. Classes occur in other proportions, perhaps among the new examples alone\.$/,
    );
    assert.deepEqual(needs.map(({ what }) => what), [
      "test examples",
      "shifted examples",
    ]);
  }
  for (const [value, high] of [[0.2, 0.2], [0.3, 0.25]] as const) {
    assert.equal(judge(within(value, high)).answer, "extrapolation");
  }
  // New examples that are taken for others bring a part of the distance.
  const { answer, why, needs } = judge(
    within(0.2, 0.3, { p: 0.005, left: 0.139 }),
  );
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    / nor ruled out\. Classes occur in other proportions, less so among the examples in support: some of those may be new as well\.$/,
  );
  assert.deepEqual(needs.map(({ what }) => what), [
    "trial (the same command without --quick)",
  ]);
});

Deno.test("judge() asks for so many examples that what a property leaves has a narrower interval", () => {
  const some = evidence({ last: [0.3, 0.9] });
  const { shift } = some;
  assert.ok(shift !== null);
  const area = { auroc: 0.6, low: 0.56, high: 0.64, placebo: 0.53, p: 0.01 };
  const leaving = (own: Partial<typeof shift>) =>
    judge({
      ...some,
      shift: { ...shift, ...area, withinClass: area, redrawn: null, ...own },
    });
  const { answer, needs } = leaving({
    remainders: [
      { property: "shade", auroc: 0.5, low: 0.42, high: 0.58, reached: 1 },
      { property: "light", auroc: 0.55, low: 0.47, high: 0.56, reached: 1 },
      { property: "size", auroc: 0.5, low: 0.49, high: 0.51, reached: 0.9 },
    ],
  });
  assert.equal(answer, "undecidable");
  // At most 0.54: half as wide an interval, of four times as many.
  // A trial first: networks may see what more images would have to show.
  assert.deepEqual(needs, [
    { what: "trial (the same command without --quick)", number: 1 },
    { what: "test examples", number: 2400, there: 600 },
    { what: "shifted examples", number: 2400, there: 600 },
  ]);
  const redrawn = leaving({
    remainders: [],
    redrawn: {
      lacking: { share: 0, high: 0 },
      drawn: 200,
      left: { ...area, auroc: 0.5, low: 0.42, high: 0.58 },
    },
  });
  assert.equal(redrawn.answer, "undecidable");
  assert.deepEqual(redrawn.needs, needs);
});

Deno.test("judge() does not lay on the frequencies of a property what is new, hardly left or of unseen values", () => {
  const some = evidence({ last: [0.3, 0.9] });
  const { shift } = some;
  const [remainder] = shift?.remainders ?? [];
  assert.ok(shift !== null && remainder !== undefined);
  const withRemainder = (other: Partial<typeof remainder>) =>
    judge({
      ...some,
      shift: {
        ...shift,
        redrawn: null,
        remainders: [{ ...remainder, ...other }],
      },
    }).answer;
  assert.equal(withRemainder({}), "bias");
  assert.equal(withRemainder({ reached: 0.95 }), "bias");
  assert.equal(withRemainder({ reached: 0.94 }), "undecidable");
  assert.equal(withRemainder({ high: 0.581 }), "undecidable");
  // What is in support has other proportions, or there are new ones among it.
  const beside = judge({ ...some, outOfSupport: found(half) });
  assert.equal(beside.answer, "undecidable");
  assert.match(
    beside.why,
    /pre-training can help with those.* Among the examples in support, shade has other values than in the reference set/,
  );
  assert.deepEqual(beside.needs.map(({ what }) => what), [
    'other kind of features ("features" in the file of the question)',
  ]);
  assert.equal(
    judge({ ...some, outOfSupport: found({ share: 0.95, low: 0.92, high: 1 }) })
      .answer,
    "extrapolation",
  );
  // Who disagrees on which examples are out of support, does not doubt that some are.
  for (const trained of [true, false]) {
    assert.equal(
      judge({
        ...some,
        outOfSupport: found({ ...half, trained, agreement: 0.4 }),
      }).answer,
      "undecidable",
    );
  }
  const open = judge({
    ...some,
    outOfSupport: found({ share: 0.3, low: 0.04, high: 0.6 }),
  });
  assert.equal(open.answer, "undecidable");
  assert.match(open.why, /it cannot be told whether the reference set lacks/);
  assert.notEqual(
    judge(evidence({ last: [0.3, 0.9], outside: 0.3 })).answer,
    "bias",
  );
  assert.equal(judge({ ...some, labels: null }).answer, "undecidable");
});

Deno.test("judge() asks for features where there are none", () => {
  const sets = plantedSets({ n: 300, seed: 5, firstClass: [0.2, 0.7] });
  const bare = (set: typeof sets.test) => ({
    ...set,
    features: {},
    properties: {},
    right: { model: new Uint8Array(set.n).fill(1) },
  });
  const { answer, why, needs } = askQuickly({
    reference: bare(sets.reference),
    test: bare(sets.test),
    shifted: bare(sets.shifted),
  }, { seed: 1 });
  assert.equal(answer, "undecidable");
  assert.match(why, /cannot be ruled out without features of them\.$/);
  assert.deepEqual(needs, [{
    what:
      'rows of features (--features FILE FILE with another --name, or "features" in the file of the question)',
    number: 600,
    exact: true,
  }]);
});

Deno.test("judge() calls no sets alike of which a property's own values surely moved, but for those of files", () => {
  const none = evidence({});
  const moved = (some: Partial<FoundBias>) =>
    judge({
      ...none,
      biases: [fell({
        fall: between(-0.02, 0.02),
        counts: false,
        moved: { value: 0.12, low: 0.06, high: 0.18 },
        ...some,
      })],
    });
  const { answer, why, rule } = moved({});
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /^The sets look alike to linear classifiers, but shade has other values .*6% to 18%/,
  );
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === false && /0\.05 \(shade, 0\.06 or more\)$/.test(condition)
    ),
  );
  const little = { value: 0.1, low: 0.04, high: 0.16 };
  for (const some of [{ moved: little }, { ofFile: true }] as const) {
    assert.equal(moved(some).answer, "no shift");
  }
});

Deno.test("judge() lets class frequencies differ by less than a tenth for sure, however sure that they do", () => {
  const judged = (
    planted: Parameters<typeof evidence>[0],
    [p, value, high]: readonly [number, number, number],
  ) => {
    const some = evidence(planted);
    return judge({
      ...some,
      labels: some.labels &&
        { ...some.labels, p, distance: { value, low: 0, high } },
    });
  };
  const answers = ([
    [0.005, 0.04, 0.1],
    [0.005, 0.04, 0.11],
    // Sure that they differ, and nothing is left of it once chance is taken out.
    [0.005, 0, 0.11],
    [0.01, 0, 0.25],
    [0.01, 0, 0.26],
  ] as const).map((labels) => judged({ outside: 1 }, labels).answer);
  assert.deepEqual(answers, [
    "extrapolation",
    "both",
    "undecidable",
    "extrapolation",
    "undecidable",
  ]);
  for (
    const [labels, answer, words] of [
      [[0.005, 0.04, 0.1], "no shift", /with the same classes nearly as often/],
      [[0.5, 0, 0.1], "no shift", /with the same classes as often/],
      [[0.005, 0.04, 0.11], "bias", /classes occur in other proportions/],
    ] as const
  ) {
    const found = judged({}, labels);
    assert.equal(found.answer, answer);
    assert.match(found.why, words);
  }
});

Deno.test("judge() lets examples differ by less than a tenth for sure, however sure that they do", () => {
  const none = evidence({});
  assert.ok(none.shift?.withinClass && none.shift.ofEachClass);
  assert.ok(none.shift.ofSecondOrder);
  const { withinClass, ofEachClass, ofSecondOrder } = none.shift;
  const surely = { p: 0.01, low: 0.51, auroc: 0.53, placebo: 0.508 };
  const judged = (name: string, high: number) => {
    const of = (area: typeof ofEachClass, own: string) =>
      own === name ? { ...area, ...surely, high } : area;
    return judge({
      ...none,
      shift: none.shift && {
        ...none.shift,
        withinClass: of(withinClass, "within"),
        ofEachClass: of(ofEachClass, "each"),
        ofSecondOrder: of(ofSecondOrder, "second"),
      },
    });
  };
  assert.match(judge(none).why, /^The shifted examples look like/);
  for (
    const [name, open] of [
      ["within", /it cannot be told whether the reference set lacks/],
      ["each", /within single classes examples may differ/],
      ["second", /features may spread/],
    ] as const
  ) {
    const little = judged(name, 0.55);
    assert.equal(little.answer, "no shift");
    assert.match(little.why, /^The shifted examples look nearly like/);
    const more = judged(name, 0.56);
    assert.equal(more.answer, "undecidable");
    assert.match(more.why, open);
  }
});

Deno.test("judge() calls other frequencies of a property no bias where examples differ by less than a tenth", () => {
  const some = evidence({});
  assert.ok(some.shift?.withinClass);
  const [remainder] = some.shift.remainders;
  assert.ok(remainder);
  const { withinClass } = some.shift;
  const answerOf = (high: number) =>
    judge({
      ...some,
      shift: some.shift && {
        ...some.shift,
        withinClass: { ...withinClass, p: 0.01, low: 0.52, auroc: 0.54, high },
        remainders: [{ ...remainder, auroc: 0.5, high: 0.515, reached: 0.99 }],
      },
    }).answer;
  assert.equal(answerOf(0.56), "bias");
  assert.equal(answerOf(0.55), "no shift");
});

Deno.test("judge() asks for no trial where examples differ by less than a tenth and something else is open", () => {
  const some = evidence({});
  assert.ok(some.shift?.withinClass && some.labels);
  const { withinClass } = some.shift;
  const needsOf = (high: number) =>
    judge({
      ...some,
      labels: {
        ...some.labels,
        p: 0.2,
        distance: between(0, 0.3),
      } as typeof some.labels,
      shift: some.shift && {
        ...some.shift,
        withinClass: { ...withinClass, p: 0.01, low: 0.52, auroc: 0.54, high },
        remainders: [],
      },
    }).needs.map(({ what }) => what);
  assert.match(needsOf(0.56).join(), /trial/);
  assert.doesNotMatch(needsOf(0.55).join(), /trial/);
  assert.match(needsOf(0.55).join(), /shifted examples/);
});

Deno.test("judge() says that no property was given, and no shift only where one was", () => {
  const sets = plantedSets({ n: 600, seed: 5 });
  const bare = (set: typeof sets.test) => ({ ...set, properties: {} });
  const { answer, why, needs, rule } = askQuickly({
    reference: bare(sets.reference),
    test: bare(sets.test),
    shifted: bare(sets.shifted),
  }, { seed: 1, canTrain: false });
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "No shift was seen, but whether a property no longer goes with the labels could not be checked, since none was given.",
  );
  assert.deepEqual(needs, [{
    what:
      'property of the examples, such as the camera or the hospital, in a column of the table (--property COLUMN with another --name, or "property" in "columns" of the file of the question)',
    number: 1,
  }]);
  const unlooked = rule.filter(({ condition }) =>
    condition.endsWith(": no property is given")
  );
  assert.deepEqual(unlooked.map(({ holds }) => holds), [
    null,
    null,
    null,
    null,
    null,
  ]);
});

Deno.test("judge() lays on proportions what hardly tells examples apart that are drawn in them, and no more", () => {
  const some = evidence({ last: [0.3, 0.9] });
  const { shift } = some;
  const left = shift?.redrawn?.left;
  assert.ok(shift !== null && left !== null && left !== undefined);
  const withLeft = (
    high: number,
    other: Partial<Evidence> = {},
    absent = 0,
  ) =>
    judge({
      ...some,
      ...other,
      shift: {
        ...shift,
        remainders: shift.remainders.map((one) => ({
          ...one,
          reached: 0,
          absent,
        })),
        redrawn: {
          lacking: { share: 0, high: 0 },
          drawn: 100,
          left: { ...left, high },
        },
      },
    });
  const { answer, why, rule } = withLeft(0.58);
  assert.equal(answer, "bias");
  assert.match(
    why,
    /^The shifted examples are of kinds that the reference set has, but in other proportions, or all of them are a little otherwise, which comes to the same: reference examples that are drawn as often as their likes are among these can hardly be told from them\. /,
  );
  assert.deepEqual(
    rule.filter(({ condition }) => /likes/.test(condition)).map((one) =>
      one.holds
    ),
    [true],
  );
  assert.equal(withLeft(0.581).answer, "undecidable");
  assert.equal(withLeft(0.58, {}, 0.05).answer, "undecidable");
  assert.notEqual(
    withLeft(0.58, { outOfSupport: found(half) }).answer,
    "bias",
  );
});

Deno.test("judge() does not lay it on the number of examples where features are missing", () => {
  const { answer, why } = judge({
    ...evidence({}),
    shift: null,
    outOfSupport: null,
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /without features a shift in the examples themselves cannot be ruled out\.$/,
  );
});

Deno.test("judge() says of an extrapolation without properties that none was looked at", () => {
  const { answer, why, needs } = judge({
    ...evidence({ outside: 1 }),
    biases: [],
  });
  assert.equal(answer, "extrapolation");
  assert.match(
    why,
    /whether the training data are biased besides was not looked at, as no properties were given\. /,
  );
  assert.doesNotMatch(why, /No bias shows/);
  assert.deepEqual(needs, [{
    what:
      'property of the examples, such as the camera or the hospital, in a column of the table (--property COLUMN with another --name, or "property" in "columns" of the file of the question)',
    number: 1,
    to: "to see whether the training data are biased besides",
  }]);
});

for (
  const [low, high, answer] of [
    [-0.03, 0.03, "no shift"],
    [-0.22, -0.18, "undecidable"],
    [-0.2, 0.005, "undecidable"],
    [0.18, 0.22, "undecidable"],
    [-0.05, -0.02, "undecidable"],
    [0.02, 0.05, "undecidable"],
  ] as const
) {
  Deno.test(`judge() answers "${answer}" where accuracy falls by ${low} to ${high} and nothing else is seen`, () => {
    const none = evidence({});
    assert.ok(none.drop !== null);
    const { answer: given, why } = judge({
      ...none,
      drop: { ...none.drop, total: (low + high) / 2, low, high },
    });
    assert.equal(given, answer);
    if (high < -0.01) assert.match(why, /^Models are right more often on/);
    if (low > 0.01) assert.match(why, /^Models are right less often on/);
  });
}

Deno.test("judge() does not say that no shift was seen where fine-tuned networks see a part out of support", () => {
  const none = evidence({});
  assert.ok(none.labels !== null);
  const { answer, why, needs } = judge({
    ...none,
    outOfSupport: found(half),
    labels: {
      ...none.labels,
      distance: { value: 0.1, low: 0, high: 0.35 },
    },
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /^About 48% .*, and pre-training can help with those; whether there is a bias as well can be neither shown/,
  );
  // For the class frequencies alone: (0.25 / 0.1875)² times 600.
  assert.deepEqual(needs, [
    { what: "test examples", number: 1100, there: 600 },
    { what: "shifted examples", number: 1100, there: 600 },
  ]);
});

Deno.test("judge() advises a trial only where one is possible", () => {
  const some = evidence({ outside: 1 });
  const unseen = {
    ...some,
    outOfSupport: found({ trained: false, atLeast: true, high: 1 }),
  };
  const of = (canTrain: boolean) => judge(unseen, { canTrain }).needs[0];
  assert.deepEqual(of(true), {
    what: "trial (the same command without --quick)",
    number: 1,
  });
  assert.deepEqual(of(false), {
    what: 'other kind of features ("features" in the file of the question)',
    number: 1,
  });
  const { needs } = judge({ ...unseen, labels: null }, { canTrain: false });
  assert.deepEqual(needs.map(({ what }) => what), [
    "labels, one for each shifted example",
    // For the accuracy of the linear classifier alone.
    "test examples",
    "shifted examples",
  ]);
});

for (
  const [what, answer, share, bias] of [
    ["half explains in full", "extrapolation", half, {}],
    ["half does not explain, but is not in support", "extrapolation", half, {
      fall: between(0.2, 0.28),
    }],
    ["half does not explain, and that may be in support", "undecidable", half, {
      fall: between(0.2, 0.28),
      inSupport: { ...between(-0.1, 0.25), counts: false },
    }],
    ["half explains, though it is in support as well", "undecidable", half, {
      fall: between(0.1, 0.18),
      inSupport: { ...between(0.06, 0.12), counts: true },
    }],
    ["half surely does not explain, nor what is new", "both", half, {
      fall: between(0.2, 0.28),
      inSupport: { ...between(0.06, 0.12), counts: true },
    }],
    ["half surely does not explain, with few in support", "both", half, {
      fall: between(0.2, 0.28),
      inSupport: null,
    }],
    [
      "half explains, but that those in support have as well",
      "undecidable",
      half,
      {
        inSupport: { ...between(0.01, 0.15), counts: true },
      },
    ],
    ["does not count, but does so in support", "undecidable", half, {
      counts: false,
      inSupport: { ...between(0.01, 0.15), counts: true },
    }],
    ["does not count, there or in support", "extrapolation", half, {
      counts: false,
    }],
    ["does not count, but is there in support", "undecidable", half, {
      counts: false,
      inSupport: { ...between(0.01, 0.25), counts: false },
    }],
    [
      "does not count, and is little where it is there in support",
      "extrapolation",
      half,
      {
        counts: false,
        inSupport: { ...between(0.01, 0.19), counts: false },
      },
    ],
    [
      "does not count, and need not be there in support",
      "extrapolation",
      half,
      {
        counts: false,
        inSupport: { ...between(-0.01, 0.25), counts: false },
      },
    ],
    ["half does not explain, of what may have stayed", "undecidable", half, {
      fall: between(0.2, 0.28),
      inSupport: { ...between(0.06, 0.12), counts: true },
      moved: { value: 0.1, low: 0, high: 0.2 },
    }],
    ["half does not explain, of what surely changed", "extrapolation", half, {
      fall: between(0.2, 0.28),
      moved: { value: 0.1, low: 0.01, high: 0.2 },
    }],
    [
      "half may have changed, but those in support have as well, whose values may have stayed",
      "undecidable",
      half,
      {
        fall: between(0.2, 0.28),
        moved: MOVED,
        inSupport: {
          ...between(0.1, 0.25),
          counts: true,
          moved: STAYED,
        },
      },
    ],
    [
      "half may have changed, but is there in support, where values may have stayed, and may be large",
      "undecidable",
      half,
      {
        moved: MOVED,
        inSupport: {
          ...between(0.01, 0.25),
          counts: false,
          moved: STAYED,
        },
      },
    ],
    [
      "half may have changed, and so may those in support",
      "extrapolation",
      half,
      {
        fall: between(0.2, 0.28),
        moved: MOVED,
        inSupport: {
          ...between(0.1, 0.25),
          counts: true,
          moved: { value: 0.2, low: 0.14, high: 0.3 },
        },
      },
    ],
    [
      "half may have changed, and so surely have those in support",
      "undecidable",
      half,
      {
        fall: between(0.2, 0.28),
        moved: MOVED,
        inSupport: {
          ...between(0.1, 0.25),
          counts: true,
          moved: MOVED,
        },
      },
    ],
    [
      "half may have changed, as it does not count in support",
      "extrapolation",
      half,
      {
        fall: between(0.2, 0.28),
        moved: MOVED,
        inSupport: {
          ...between(-0.1, 0.25),
          counts: false,
          moved: STAYED,
        },
      },
    ],
    [
      "nearly all may have changed, though the few left have as well",
      "extrapolation",
      "all",
      {
        fall: between(0.1, 0.17),
        moved: MOVED,
        inSupport: {
          ...between(0.1, 0.25),
          counts: true,
          moved: STAYED,
        },
      },
    ],
    ["half explains, but is open in support", "undecidable", half, {
      inSupport: { ...between(-0.1, 0.25), counts: false },
    }],
    ["half explains, with too few in support", "undecidable", half, {
      inSupport: null,
    }],
    ["all explain, as part of it surely is left", "extrapolation", "all", {
      fall: between(0.1, 0.17),
      inSupport: null,
    }],
    ["all explain, as the property told little", "extrapolation", "all", {
      test: 0.1,
      fall: between(0.02, 0.09),
    }],
    [
      "all need not explain, as it may be as good as gone",
      "undecidable",
      "all",
      {
        fall: between(0.08, 0.19),
      },
    ],
    ["all need not explain, as little may be gone", "undecidable", "all", {
      fall: { value: 0.2, low: 0.05, high: 0.3 },
    }],
    ["all do not explain, as it is as good as gone", "both", "all", {
      fall: { value: 0.6 * 0.3, low: 0.1, high: 0.27 },
    }],
  ] as const
) {
  Deno.test(`judge() answers "${answer}" where an association fell by what ${what}`, () => {
    const { answer: given } = judge({
      ...evidence({ outside: 0.5 }),
      biases: [fell(bias)],
      outOfSupport: found(
        share === "all" ? { share: 0.99, low: 0.97, high: 1 } : share,
      ),
    });
    assert.equal(given, answer);
  });
}

Deno.test("judge() lays no loss on a bias where a property of other values tells less of the label in support, too", () => {
  const answerOf = (hue: Partial<FoundBias>) =>
    judge({
      ...evidence({ outside: 0.5 }),
      biases: [
        fell({
          fall: between(0.16, 0.19),
          inSupport: { ...between(0.1, 0.18), counts: true },
        }),
        fell({
          property: "hue",
          moved: { value: 0.3, low: 0.2, high: 0.4 },
          ...hue,
        }),
      ],
      outOfSupport: found(half),
    }).answer;
  const inSupport = { ...between(0.1, 0.18), counts: true };
  assert.equal(answerOf({ inSupport }), "undecidable");
  assert.equal(answerOf({}), "both");
  // Of what may be as it was nothing follows.
  const moved = { value: 0.2, low: 0.15, high: 0.3 };
  assert.equal(answerOf({ inSupport, moved }), "both");
});

Deno.test("judge() says which property tells less of the label among the examples in support, and asks for no other one", () => {
  const some = evidence({ outside: 0.5 });
  const { shift } = some;
  assert.ok(shift !== null);
  const { answer, why, needs } = judge({
    ...some,
    shift: {
      ...shift,
      ofEachClass: { auroc: 0.7, low: 0.6, high: 0.8, placebo: 0.53, p: 0.03 },
    },
    biases: [fell({
      moved: MOVED,
      inSupport: {
        ...between(0.1, 0.25),
        counts: true,
        moved: STAYED,
      },
    })],
    outOfSupport: found(half),
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /nor ruled out\. Among the examples in support, shade tells less of the label than in the reference set\.$/,
  );
  assert.doesNotMatch(JSON.stringify(needs), /property/);
});

Deno.test("judge() names the loss that is left open", () => {
  const { rule } = judge({
    ...evidence({ outside: 0.5 }),
    biases: [fell({ inSupport: null })],
    outOfSupport: found(half),
  });
  assert.ok(rule.some(({ condition, holds }) =>
    holds === false &&
    condition.endsWith("stayed there (shade may have lost 0.12)")
  ));
});

Deno.test("judge() answers bias where a property goes with the label in the shifted set alone, and says so", () => {
  const of = (bias: FoundBias) => {
    const { answer, why, rule } = judge({ ...evidence({}), biases: [bias] });
    return { answer, why, rule };
  };
  const { answer, why, rule } = of(gained());
  assert.equal(answer, "bias");
  assert.match(
    why,
    /but shade goes with the label in the shifted set, and did not in the reference set\./,
  );
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === true && /goes with the label that did not.*: shade$/
        .test(condition)
    ),
  );
  assert.match(
    of(gained({ linked: true })).why,
    /but shade goes with the label more closely than in the reference set\./,
  );
  // Of one that another link took the place of, only one thing is said.
  const other = of(fell({ linked: true, gained: gained().gained })).why;
  assert.match(other, /shade no longer goes with the label as it does/);
  assert.doesNotMatch(other, /did not|more closely/);
});

Deno.test("judge() is undecided where a property goes with the label newly and has other values, or examples differ", () => {
  const moved = judge({ ...evidence({}), biases: [gained({ moved: MOVED })] });
  assert.equal(moved.answer, "undecidable");
  assert.match(moved.why, /^One thing is sure: shade goes with the label in/);
  const beyond = (more: Parameters<typeof gained>[1]) =>
    judge({ ...evidence({ outside: 0.5 }), biases: [gained({}, more)] });
  assert.equal(beyond({}).answer, "undecidable");
  assert.match(
    beyond({}).rule.find(({ holds, condition }) =>
      holds === false && condition.startsWith("no loss is left open")
    )?.condition ?? "",
    / or a rise.*\(shade goes with it newly, or more closely\)$/,
  );
  // New examples explain what those in support do not show.
  const explained = beyond({
    inSupport: { ...between(-0.1, 0.1), counts: false, moved: STAYED },
  });
  assert.equal(explained.answer, "extrapolation");
  assert.match(
    explained.why,
    /New examples alone would explain that shade goes with the class more closely than before, or in another way; no other bias shows/,
  );
});

Deno.test("judge() calls no bias what goes with the label newly, but not among the examples in support", () => {
  const near = (inSupport: boolean) =>
    judge({
      ...evidence({}),
      biases: [gained({}, {
        inSupport: {
          ...between(-0.02, 0.04),
          counts: inSupport,
          moved: STAYED,
        },
      })],
    });
  assert.equal(near(true).answer, "bias");
  const { answer, why } = near(false);
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /^One thing is sure: shade goes with the label in .* but a change in the examples themselves cannot be ruled out\./,
  );
});

Deno.test("judge() takes findings that compared links in one direction alone", () => {
  const { gained: _, linked: __, ...before } = gained();
  assert.equal(
    judge({ ...evidence({}), biases: [before] }).answer,
    "no shift",
  );
});

Deno.test("a property that goes with the label in the shifted set alone is a bias, and one that goes with it in both is none", () => {
  for (const seed of [1, ...inFull(2, 3)]) {
    const of = (linked: readonly [number, number]) =>
      askQuickly(plantedSets({ n: 600, seed, linked }), { seed: 1 });
    assert.equal(of([0, 0.8]).answer, "bias");
    assert.deepEqual(
      of([0.5, 0.5]).biases.map(({ gained }) => gained?.counts),
      [false],
    );
  }
});
