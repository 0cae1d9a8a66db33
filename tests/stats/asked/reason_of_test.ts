/**
 * What an answer says of itself, a case for each of its sentences: long, since
 * they are those of one function, on evidence that is found once.
 */
import assert from "node:assert/strict";
import type {
  DropTerm,
  FoundBias,
} from "../../../stats/asked/ask_findings_schemas.ts";
import type { Evidence } from "../../../stats/asked/rule_bounds.ts";
import {
  between,
  evidence,
  fell,
  found,
  half,
  judge,
  OTHER_FILES,
} from "./judged.ts";

/** Evidence of sets that look alike, with what properties lost. */
function alike(biases: readonly FoundBias[], some: Partial<Evidence> = {}) {
  return { ...evidence({}), biases, ...some };
}

/** The bytes of files that were stored otherwise: what they told of the label is gone. */
const BYTES = fell({
  property: "bytes",
  ofFile: true,
  z: 5,
  test: 0.12,
  shifted: 0,
  fall: between(0.08, 0.16),
  moved: { value: 0.85, low: 0.82, high: 0.88 },
});

/** A property that tells as much as before. */
const STEADY = fell({
  property: "hue",
  p: 1,
  z: 0,
  fall: between(-0.02, 0.02),
  counts: false,
});

Deno.test("judge() calls it no bias that files are stored otherwise, which no classifier sees", () => {
  const { answer, why, rule } = judge(
    alike([BYTES, STEADY, fell({ ...OTHER_FILES, property: "file type" })]),
  );
  assert.equal(answer, "no shift");
  assert.match(
    why,
    /as often\. Nearly all shifted files are of another type than the reference ones, which made no difference that was seen\.$/,
  );
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === false &&
      condition.includes(
        "one of files, which no classifier sees, does not count",
      )
    ),
  );
});

Deno.test("judge() calls it a bias where files, or what they show, lost the label and are as before", () => {
  const stayed = { value: 0.01, low: 0, high: 0.05 };
  for (const ofFile of [true, undefined] as const) {
    const lost = fell({ ...BYTES, ofFile, moved: stayed });
    assert.equal(judge(alike([lost])).answer, "bias");
  }
  // Of other values the reference set need not know how they go with the label.
  assert.equal(
    judge(alike([fell({ ...BYTES, ofFile: undefined })])).answer,
    "undecidable",
  );
});

Deno.test("judge() says that new examples turn on the bound where half of it leaves none for sure", () => {
  const whyOf = (low: number) =>
    judge({
      ...evidence({ outside: 0.5 }),
      outOfSupport: found({
        ...half,
        sweep: [{ epsilon: 0.1, share: 0.2, low, high: 1 }],
      }),
    }).why;
  const turns =
    /reference set lacks or hardly has\. This turns on how rare in the reference set counts as new: what is less than a fifth as frequent there \(ε = 0\.20\); of what is less than a tenth as frequent \(ε = 0\.10\) no share is certain\. /;
  assert.match(whyOf(0), turns);
  assert.doesNotMatch(whyOf(0.01), /turns on/);
});

Deno.test("judge() says which kind of features alone sees new examples", () => {
  const whyOf = (
    features: string,
    others: readonly (readonly [string, number])[],
    agreement: number | null = null,
  ) =>
    judge({
      ...evidence({ outside: 0.5 }),
      outOfSupport: found({
        ...half,
        trained: false,
        atLeast: true,
        features,
        agreement,
        others: others.map(([features, share]) => ({
          features,
          share,
          low: share / 2,
          high: 1,
          atLeast: true,
        })),
      }),
    }).why;
  const alone =
    /^At least 42% \(seen by the features “pixels” alone, by “network” none\) of the shifted/;
  assert.match(whyOf("pixels", [["network", 0]]), alone);
  assert.match(whyOf("all", [["network", 0], ["pixels", 0.3]]), alone);
  const plain = /^At least 42% of the shifted/;
  assert.match(whyOf("pixels", []), plain);
  assert.match(whyOf("all", [["network", 0], ["pixels", 0]]), plain);
  assert.match(whyOf("pixels", [["network", 0.2]], 0.9), plain);
});

Deno.test("judge() says that examples look slightly different where that is barely above chance", () => {
  const some = evidence({ outside: 0.5 });
  const { shift } = some;
  assert.ok(shift !== null);
  const whyOf = (low: number) => {
    const area = { auroc: 0.564, low, high: 0.62, placebo: 0.55, p: 0.01 };
    return judge({
      ...some,
      shift: { ...shift, ...area, withinClass: area, remainders: [] },
      outOfSupport: found({ trained: false, atLeast: true, high: 1 }),
    }).why;
  };
  assert.match(whyOf(0.508), /^The shifted examples look slightly different/);
  assert.match(whyOf(0.551), /^The shifted examples look different/);
});

Deno.test("judge() says that examples were not looked at where accuracy changes and there are no features", () => {
  const some = alike([STEADY], { shift: null, outOfSupport: null });
  assert.ok(some.drop !== null);
  const drop = { ...some.drop, total: 0.25, low: 0.2, high: 0.3 };
  assert.equal(
    judge({ ...some, drop }).why,
    "Models are right less often on the shifted examples; these themselves were not looked at, without features, and no change in what goes with their labels was found that explains it.",
  );
  assert.equal(
    judge({ ...some, drop, biases: [] }).why,
    "Models are right less often on the shifted examples; these themselves were not looked at, without features.",
  );
});

/** What is new, and files of another size besides. */
const ofOtherSize = (outOfSupport: Parameters<typeof found>[0]) =>
  judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found(outOfSupport),
    biases: [
      ...["height", "width", "bytes"].map((property) =>
        fell({ ...OTHER_FILES, property })
      ),
    ],
  });

Deno.test("judge() says of new examples that their files are of another size, before what else may be", () => {
  const { answer, why } = ofOtherSize(half);
  assert.equal(answer, "extrapolation");
  assert.match(
    why,
    /hardly has\. Nearly all shifted files are of another height and width than the reference ones, which alone may make them look different: make the files of both sets from originals in the same way and ask again \(to store one of them anew brings back nothing that it lost\)\. No bias shows/,
  );
  assert.doesNotMatch(why, /bytes|size of the file/);
  assert.equal(why.split(/\. (?=[A-Z])/).length, 3);
});

Deno.test("judge() does not tell examples from new ones whose files are of another size where one kind of features alone sees them", () => {
  const { answer, why, needs, rule } = ofOtherSize({
    ...half,
    trained: false,
    atLeast: true,
    features: "pixels",
    agreement: null,
    others: [
      { features: "network", share: 0, low: 0, high: 1, atLeast: true },
    ],
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /^The shifted examples look different from the reference ones, but whether that is more than how their files are stored cannot be told\. Nearly all shifted files are of another height and width /,
  );
  assert.equal(
    needs[0]?.what,
    "question with files of the same height and width in both sets, made from originals in the same way",
  );
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === false &&
      condition.endsWith(
        "(they may be of another height and width, and one sees it)",
      )
    ),
  );
});

Deno.test("judge() does not tell examples from new ones of which as many are of another type of file, where nothing else is seen", () => {
  const some = evidence({ outside: 0.5 });
  const { shift } = some;
  assert(shift !== null);
  const { answer, why, needs } = judge({
    ...some,
    shift: {
      ...shift,
      remainders: [{
        property: "file type",
        auroc: 0.51,
        low: 0.45,
        high: 0.58,
        reached: 0.5,
        absent: 0.5,
      }],
    },
    outOfSupport: found({
      ...half,
      trained: false,
      atLeast: true,
      features: "pixels",
      agreement: null,
      others: [
        { features: "network", share: 0, low: 0, high: 1, atLeast: true },
      ],
    }),
    biases: [fell({
      ...OTHER_FILES,
      property: "file type",
      moved: { value: 0.5, low: 0.4, high: 0.6 },
    })],
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /cannot be told\. As many shifted files as are new are of a type that the reference ones hardly have, and among the others no shift is seen: make the files of both sets from originals in the same way/,
  );
  assert.equal(
    needs[0]?.what,
    "question with files of the same type in both sets, made from originals in the same way",
  );
});

/** Properties that all tell less by a share, give or take as much as their intervals are wide. */
function lessBy(shares: readonly number[], counts: readonly number[] = [0]) {
  return shares.map((share, i) =>
    fell({
      property: `property ${i}`,
      z: 5 - i,
      test: 0.2,
      shifted: 0.2 * (1 - share),
      fall: between(0.2 * share - 0.04, 0.2 * share + 0.04),
      counts: counts.includes(i),
    })
  );
}

Deno.test("judge() says that labels may be wrong where all properties tell less by one share", () => {
  const { drop } = evidence({});
  assert.ok(drop !== null);
  const loss = (low: number) => ({ drop: { ...drop, low, high: low + 0.1 } });
  const whyOf = (shares: readonly number[], low = 0.02) =>
    judge(alike(lessBy(shares), loss(low))).why;
  assert.match(
    whyOf([0.5, 0.4, 0.45, 0.35]),
    /the properties that tell most of the label tell less of it by about the same share \(43%\), as when labels of the shifted set are wrong or follow another rule: check fifty of them by hand\. /,
  );
  // Wrong labels would cost accuracy.
  assert.doesNotMatch(whyOf([0.5, 0.4, 0.45, 0.35], -0.01), /fifty/);
  // One fell alone; it fell more; the others need not have fallen; there are too few.
  for (
    const shares of [[1, 0, 0, 0], [1, 0.3, 0.3, 0.3], [0.4, 0.05, 0.1, 0], [
      0.5,
      0.5,
    ]]
  ) {
    assert.match(
      whyOf(shares),
      /but property 0 no longer goes with the label as it does in the reference set\. /,
    );
  }
});

Deno.test("judge() names all causes of a bias, three properties at most and those of files last", () => {
  const some = evidence({});
  assert.ok(some.labels !== null);
  const lost = (property: string, more: Partial<FoundBias> = {}) =>
    fell({ property, test: 0.3, fall: between(0.25, 0.35), ...more });
  const file = { ofFile: true as const };
  const whyOf = (biases: readonly FoundBias[]) =>
    judge(
      alike(biases, {
        labels: {
          ...some.labels,
          p: 0.005,
          distance: between(0.1, 0.2),
          counts: [],
        },
      }),
    ).why;
  assert.match(
    whyOf([lost("bytes", file), lost("hue"), STEADY]),
    /but hue and the size of the file no longer go with the label as they do in the reference set, and classes occur in other proportions\. /,
  );
  assert.match(
    whyOf([
      lost("bytes", file),
      lost("hue"),
      lost("border"),
      lost("shade"),
      STEADY,
    ]),
    /but hue, border and shade no longer go/,
  );
});

Deno.test("judge() names both causes beside new examples", () => {
  const some = evidence({ outside: 0.5 });
  assert.ok(some.labels !== null);
  const surely = { p: 0.005, distance: between(0.1, 0.2) };
  const { answer, why } = judge({
    ...some,
    outOfSupport: found(half),
    biases: [fell({
      fall: between(0.2, 0.28),
      inSupport: { ...between(0.06, 0.12), counts: true },
    })],
    labels: { ...some.labels, ...surely, inSupport: surely },
  });
  assert.equal(answer, "both");
  assert.match(
    why,
    /, and shade no longer goes with the label as it does in the reference set, and classes occur in other proportions\. A linear/,
  );
});

Deno.test("judge() says which combinations the reference set lacks", () => {
  const some = evidence({});
  assert.ok(some.shift !== null);
  const remainder = { auroc: 0.5, low: 0.48, high: 0.53, reached: 0.7 };
  const whyOf = (lacking: number, moved: number) => {
    const own = { moved: between(moved, moved + 0.04) };
    const biases = [fell({ property: "tone", ...own }), fell(own), STEADY];
    return judge(alike(biases, {
      shift: {
        ...some.shift,
        remainders: [
          { ...remainder, property: "tone", lacking: lacking / 2 },
          { ...remainder, property: "shade", lacking },
        ],
      },
    } as Partial<Evidence>)).why;
  };
  const lacks =
    /\. 22% of the shifted examples combine shade and class as the reference set never or hardly ever does: collect such ones\. /;
  assert.match(whyOf(0.22, 0), lacks);
  assert.doesNotMatch(whyOf(0.04, 0), /combine/);
  // Then it may be its values that are new.
  assert.doesNotMatch(whyOf(0.22, 0.5), /combine/);
});

Deno.test("judge() says what a linear classifier or the given models lose", () => {
  const some = { ...evidence({ outside: 0.5 }), outOfSupport: found(half) };
  const { drop } = some;
  assert.ok(drop !== null);
  const whyOf = (low: number, high: number, models: number | "probe") =>
    judge({
      ...some,
      drop: { ...drop, models, total: (low + high) / 2, low, high },
    }).why;
  assert.match(
    whyOf(0.02, 0.14, "probe"),
    /A linear classifier loses 8 points of accuracy on the shifted examples \(2 to 14\)\.$/,
  );
  assert.match(
    whyOf(-0.056, 0.052, 3),
    /The given models may lose nothing on the shifted examples \(−5\.6 to 5\.2 points of accuracy\)\.$/,
  );
  assert.match(
    whyOf(-0.1, -0.02, 1),
    /The given model is right more often on the shifted examples, by 6 points \(2 to 10\)\.$/,
  );
});

/** A drop of which other labels make so much. */
function relabelled(low: number, some: Evidence): Evidence["drop"] {
  const { drop } = some;
  assert.ok(drop !== null);
  const term = (name: DropTerm["name"], value: number): DropTerm => ({
    name,
    ...between(value - 0.05, value + 0.05),
    placebo: { low: -0.05, high: 0.05 },
  });
  return {
    ...drop,
    total: 0.22,
    ofDrawn: 0.22,
    low: 0.17,
    high: 0.27,
    terms: [
      term("harder examples that both sets have", 0),
      term("other labels for the same examples", low + 0.05),
      term("examples that the reference lacks", 0),
    ],
  };
}

Deno.test("judge() says that examples that look alike have other labels, and has these looked at", () => {
  const some = evidence({});
  const of = (low: number, more: Partial<Evidence> = {}) =>
    judge({ ...some, drop: relabelled(low, some), ...more });
  const { answer, why, needs } = of(0.15);
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "Examples that a linear classifier finds alike have other labels in the shifted set: that makes 20 of the 22 points of accuracy that it loses.",
  );
  assert.deepEqual(needs, [{
    what: "shifted examples whose labels are checked by hand",
    number: 50,
    to: "to see whether they are wrong or follow another rule",
  }]);
  // Random splits give as much, or the examples are not alike.
  assert.match(of(0.04).why, /^Models are right less often/);
  assert.ok(some.shift !== null);
  const wide = { auroc: 0.5, low: 0.34, high: 0.65, placebo: 0.62, p: 0.4 };
  assert.match(
    of(0.15, { shift: { ...some.shift, ...wide, withinClass: wide } }).why,
    /^Models are right less often/,
  );
  assert.match(of(0.3).why, /: that alone would cost 35 points of accuracy\.$/);
  // The term is of the examples that were drawn, and so is what it is held against.
  const drop = { ...relabelled(0.15, some), ofDrawn: 0.18 } as Evidence["drop"];
  assert.match(of(0.15, { drop }).why, /: that alone would cost 20 points/);
});

Deno.test("judge() says of which classes labels may have been exchanged, and has these looked at", () => {
  const some = evidence({});
  assert.ok(some.labels !== null);
  assert.equal(judge(some).answer, "no shift");
  const of = (p: number, high: number, more: Partial<Evidence> = {}) =>
    judge({
      ...some,
      labels: {
        ...some.labels as NonNullable<Evidence["labels"]>,
        exchanged: {
          classes: ["a", "b"],
          share: { value: high - 0.2, low: high - 0.4, high },
          p,
        },
      },
      ...more,
    });
  const { answer, why, needs, rule } = of(0.02, 0.7);
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "Shifted examples labelled a look more like b than in the reference set, and the reverse, as if 50% of these labels were exchanged. So they may be, or more of them lie between the two, or something that told the two apart in the reference set no longer does.",
  );
  assert.deepEqual(needs, [{
    what: "shifted examples labelled a or b whose labels are checked by hand",
    number: 50,
    to: "to see whether they are wrong or follow another rule",
  }]);
  assert.match(
    rule.find(({ holds, condition }) =>
      holds === true && condition.startsWith("labels of two classes")
    )?.condition ?? "",
    /\(a and b: 50%, up to 70%; 2%\)$/,
  );
  // Chance gives as much, or too few for it to matter; new examples may look so.
  assert.equal(of(0.025, 0.7).answer, "no shift");
  assert.equal(of(0.005, 0.1).answer, "no shift");
  const { shift, outOfSupport } = evidence({ outside: 0.5 });
  assert.equal(of(0.005, 0.7, { shift, outOfSupport }).answer, "extrapolation");
});

Deno.test("judge() says what no longer goes with the label, and not that labels are distributed differently, where that is all that is sure", () => {
  const some = evidence({});
  assert.ok(some.shift !== null);
  const wide = { auroc: 0.5, low: 0.34, high: 0.65, placebo: 0.62, p: 0.4 };
  const { answer, why } = judge(alike([fell({ property: "group" })], {
    shift: { ...some.shift, ...wide, withinClass: wide },
  }));
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "One thing is sure: group no longer goes with the label as it does in the reference set, but a change in the examples themselves cannot be ruled out.",
  );
});

Deno.test("judge() says of what is undecidable what is sure all the same", () => {
  const some = evidence({ last: [0.3, 0.9] });
  assert.ok(some.shift !== null);
  const { answer, why } = judge({
    ...some,
    shift: { ...some.shift, remainders: [], redrawn: null },
    biases: [fell({ property: "hue", fall: between(0.25, 0.35) })],
  });
  assert.equal(answer, "undecidable");
  assert.match(
    why,
    /^The shifted examples look different .* only has fewer of them\. One thing is sure: hue no longer goes with the label as it does in the reference set; whether something is new besides is open\.$/,
  );
});

Deno.test("judge() says of no bias only that none shows in what was looked at", () => {
  const some = { ...evidence({ outside: 0.5 }), outOfSupport: found(half) };
  const shown =
    /o (other )?bias shows in how often classes occur or in the simple properties that were looked at\./;
  const explained = judge({ ...some, biases: [fell({})] });
  assert.equal(explained.answer, "extrapolation");
  assert.match(explained.why, shown);
  assert.match(
    explained.why,
    /New examples alone would explain that shade no longer tells the class as well; no other/,
  );
  const moved = judge({
    ...some,
    biases: [fell({ moved: between(0.3, 0.5) })],
  });
  assert.match(
    moved.why,
    /In the shifted set shade has other values, which alone may be why it tells less of the class; no bias shows in how/,
  );
  assert.match(judge({ ...some, biases: [STEADY] }).why, shown);
});
