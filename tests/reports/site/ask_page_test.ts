/** The page of an answer, part by part: long, since every part is read off one page that is made once. */
import assert from "node:assert/strict";
import fc from "../../property.ts";
import { type Answer, ANSWERS } from "../../../stats/asked/ask_findings.ts";
import type { AskFindings } from "../../../stats/asked/ask_findings_schemas.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import { elements, elementsOfMarkdown } from "../elements.ts";
import { hostileText } from "../hostile_text.ts";
import { formatCounts } from "../../../reports/value/quantity.ts";
import { answerLine, composeAsk } from "../../../reports/site/ask_page.ts";
import { textOf } from "../text_of.ts";
import { ASKED, askedPage, findingsOf, TRIAL } from "./asked_page.ts";

Deno.test("composeAsk() begins with the answer, and a page without networks says why", () => {
  for (const answer of ANSWERS) {
    const md = askedPage(findingsOf({ answer, trial: null }), { quick: true })
      .get("index.md") ?? "";
    const first = md.split("\n\n").find((text) => text.startsWith("**Answer"));
    assert(
      first !== undefined && md.indexOf(first) < md.indexOf("## "),
      answer,
    );
    assert.match(md, /No network was trained \(--quick\)/);
    // Apart from the answer, which ends with why.
    assert.doesNotMatch(first, /in a run of/);
    assert.equal(
      /^What helps.* in a run of `full` .*`deno task reproduce interventions`/m
        .test(md),
      answer === "bias" || answer === "both",
    );
    assert.equal(
      /^\| \*\*trained with random tints\*\* \| from scratch, n.=.\d \| [\d.]+%; [^|]+ \| – \| – \| /m
        .test(md),
      answer === "bias" || answer === "both",
    );
  }
});

Deno.test("composeAsk() names kinds of features where there are several, since one of them is all", () => {
  const findings = findingsOf();
  const { shift } = findings;
  assert(shift !== null);
  const rowsOf = (kinds: readonly string[]) => {
    const { all } = shift.bySet;
    assert(all !== undefined);
    const bySet = Object.fromEntries(kinds.map((kind) => [kind, all]));
    const md = askedPage({ ...findings, shift: { ...shift, bySet } })
      .get("index.md") ?? "";
    return [...md.matchAll(/^\| (.*? features)/gm)].map(([, row]) => row);
  };
  assert.equal(rowsOf(["own"]).some((row) => row?.includes("own")), false);
  const several = rowsOf(["own", "clip", "all"]);
  for (const name of ["own", "clip"]) {
    assert(several.some((row) => row?.includes(name)), name);
  }
});

Deno.test("composeAsk() gives classifiers of each class a row, and says of how many splits it is", () => {
  const { shift, ...findings } = findingsOf();
  assert(shift !== null);
  const pageOf = (ofEachClass: typeof shift.withinClass) =>
    askedPage({
      ...findings,
      shift: {
        ...shift,
        placebos: 99,
        ofEachClass,
        ofSecondOrder: shift.withinClass,
      },
    }).get("index.md") ?? "";
  const row = /^\| all features, each class by itself \|/m;
  const splits =
    "99 random splits of the same examples say what chance alone gives, 39 of them for classifiers of each class by itself and of how far features lie from their class’s mean.";
  const md = pageOf(shift.withinClass);
  assert.match(md, row);
  assert.ok(md.includes(splits));
  const without = pageOf(null);
  assert.doesNotMatch(without, /each class by itself/);
  assert.match(without, /39 of them for classifiers of how far features lie/);
  assert.match(without, /^\| spread of all features, within classes \|/m);
});

Deno.test("composeAsk() says of a table what equal rows do not count for, and of images that none are in two sets", () => {
  const findings = findingsOf({ trial: null });
  const none = { removed: 0, reference: 0, test: 0, shifted: 0 };
  const pageOf = (reference: number | null) =>
    askedPage({
      ...findings,
      duplicates: none,
      examples: {
        ...findings.examples,
        reference,
        given: { ...findings.examples.given, reference },
      },
    }).get("index.md") ?? "";
  assert.match(pageOf(null), /none removed; where more than 1% of a set/);
  assert.match(pageOf(1000), /none across the sets/);
});

Deno.test("composeAsk() gives the share of fine-tuned networks with its interval, and at least where it has no end", () => {
  const findings = findingsOf();
  const share = (atLeast: boolean) =>
    askedPage({
      ...findings,
      outOfSupport: findings.outOfSupport === null ? null : {
        ...findings.outOfSupport,
        trained: true,
        atLeast,
        features: "photo",
        high: atLeast ? 1 : 0.45,
      },
    }).get("index.md") ?? "";
  assert.match(
    String(share(false)),
    /40\.0% \(35\.0% to 45\.0%\) of the shifted examples, by a network pre-trained on photographs and fine-tuned to tell the sets apart/,
  );
  assert.match(String(share(true)), /at least 35\.0%.*More may be/);
});

Deno.test("composeAsk() gives beside a share that by the other network, or by each other kind of features", () => {
  const { outOfSupport, ...findings } = findingsOf();
  assert.ok(outOfSupport !== null);
  const other = { share: 0.2, low: 0.15, high: 0.25, features: "pixels" };
  const page = (trained: boolean) =>
    askedPage({
      ...findings,
      outOfSupport: {
        ...outOfSupport,
        trained,
        others: [{ ...other, atLeast: !trained }],
      },
    }).get("index.md") ?? "";
  assert.match(
    page(true),
    /tell the sets apart; the other of the two puts 20\.0% \(15\.0% to 25\.0%\) out of support\. Of those that the network which sees fewer puts there, the other puts 90\.0% there, too/,
  );
  assert.match(
    page(false),
    /features; “pixels” features alone put at least 15\.0% \(best estimate 20\.0%\) out of support\. Of those that the kind of features which/,
  );
});

Deno.test("composeAsk() says why a trial has no line, and shows the rest", () => {
  const trial = { noLine: "Cannot fit a line through 3 points: all are alike" };
  const page = askedPage(findingsOf({ trial })).get("index.md") ?? "";
  assert.match(
    String(page),
    /Cannot fit a line through 3 points: all are alike\./,
  );
  assert.match(String(page), /The mean of |linear classifier/);
});

Deno.test("composeAsk() says what a trial found, and that a line does not hold", () => {
  const holds = askedPage(findingsOf()).get("index.md") ?? "";
  assert.match(holds, /\| photo \| 2 \|/);
  assert.match(holds, /\| bright\.safetensors \| 2 \|/);
  assert.match(holds, /\| only 12 examples \|/);
  const groups = [0, 1].flatMap((tooFew) =>
    TRIAL.groups.map((group) => ({ ...group, outOfSupport: { tooFew } }))
  );
  const few = askedPage(findingsOf({ trial: { ...TRIAL, groups } }))
    .get("index.md") ?? "";
  assert.match(few, /\| no examples \|[^]*\| only 1 example \|/);
  assert.doesNotMatch(holds, /does not hold/);
  const trial = { ...TRIAL, lineHolds: false };
  assert.match(
    askedPage(findingsOf({ trial })).get("index.md") ?? "",
    /The line does not hold/,
  );
});

Deno.test("composeAsk() shows whether the classifier is as sure as it should be, and the files of that figure", () => {
  const files = askedPage(findingsOf());
  assert.match(files.get("index.md") ?? "", /Figure 1.*as sure as it should/);
  assert.match(files.get("index.md") ?? "", /Figure 2\./);
  assert.match(files.get("calibration.csv") ?? "", /all features,1,0\.5,5,10/);
  assert.ok(files.has("calibration.svg") && files.has("calibration.json"));
  const bare = askedPage({ ...findingsOf(), shift: null });
  assert.ok(!bare.has("calibration.svg"));
  assert.doesNotMatch(bare.get("index.md") ?? "", /Figure 2\./);
});

Deno.test("composeAsk() gives what random parts as difficult give, and how many have their like", () => {
  const findings = findingsOf();
  const page = (covered: number) => {
    const { drop } = findings;
    assert.ok(drop !== null && drop.difficultyControlled !== null);
    const difficultyControlled = { ...drop.difficultyControlled, covered };
    return askedPage({ ...findings, drop: { ...drop, difficultyControlled } })
      .get("index.md") ?? "";
  };
  const sentence = /as large and as difficult give −1\.0 to 1\.0/;
  assert.match(page(1), sentence);
  assert.doesNotMatch(page(1), /have their like/);
  assert.match(page(0.9), sentence);
  assert.match(page(0.9), /in support 90\.0% have their like out of support/);
});

Deno.test("composeAsk() says why nothing is compared at equal difficulty, and what intervals of a linear classifier leave out", () => {
  const { drop, ...findings } = findingsOf({ trial: null });
  assert.ok(drop !== null);
  const page = (more: Partial<typeof drop>) =>
    askedPage({ ...findings, drop: { ...drop, ...more } }).get("index.md") ??
      "";
  const difficultyControlled = null;
  for (
    const [models, why] of [
      [
        "probe",
        "mistakes of at least 4 models (here: one linear classifier; without --quick a trial trains networks).",
      ],
      [3, "mistakes of at least 4 models (here: 3)."],
      [4, "one of the parts is empty, or has none as difficult"],
    ] as const
  ) {
    const md = page({ models, difficultyControlled });
    assert(md.includes("are not compared at equal difficulty"), md);
    assert(md.includes(why), why);
    assert.equal(
      md.includes(
        "These intervals are of this one classifier",
      ),
      models === "probe",
    );
  }
  const others = "That is in these intervals";
  assert(page({ models: "probe", taughtAnew: true }).includes(others));
  assert(!page({ models: 3 }).includes(others));
  const without = /are not compared at equal difficulty/;
  assert.doesNotMatch(page({}), without);
  // Of predictions alone there are no parts.
  const sharedMass = null;
  assert.doesNotMatch(page({ difficultyControlled, sharedMass }), without);
});

Deno.test("composeAsk() gives the fall in support where there are parts, and leaves out what is the same everywhere", () => {
  const findings = findingsOf();
  const [bias] = findings.biases;
  const { outOfSupport } = findings;
  assert.ok(bias !== undefined && outOfSupport !== null);
  const none = {
    test: 0,
    shifted: 0,
    moved: { value: 1e-16, low: 0, high: 0.04 },
  };
  const page = (low: number) =>
    askedPage({
      ...findings,
      outOfSupport: { ...outOfSupport, low },
      biases: [
        bias,
        { ...bias, property: "shade", inSupport: null },
        { ...bias, ...none, property: "height" },
        {
          ...bias,
          ...none,
          property: "width",
          moved: { value: 0.98, low: 0.94, high: 1 },
        },
      ],
    }).get("index.md") ?? "";
  assert.match(page(0.3), /fall, in support/);
  assert.match(page(0.3), /\| shade \|.*\| too few examples \|/);
  assert.match(page(0.3), /The same in all examples: height\./);
  assert.doesNotMatch(page(0.3), /\| height \|/);
  // All of a set have one width, and those of the other another.
  assert.match(page(0.3), /\| width \|.*\| changed \|/);
  assert.doesNotMatch(page(0), /fall, in support/);
});

Deno.test("composeAsk() gives what the shifted set teaches of properties beside what the reference set does", () => {
  const findings = findingsOf();
  const [bias] = findings.biases;
  assert.ok(bias !== undefined);
  const gained = {
    p: 0.005,
    z: 9,
    shifted: 0.41,
    test: -0.02,
    rise: { value: 0.43, low: 0.3, high: 0.5 },
    inSupport: null,
    counts: true,
  };
  const page = (linked: boolean, counts: boolean) =>
    askedPage({
      ...findings,
      biases: [{ ...bias, linked, gained: { ...gained, counts } }],
    }).get("index.md") ?? "";
  assert.match(page(false, true), /shifted, by the reference’s link/);
  assert.match(
    page(false, true),
    /below 0 where that misleads\. It is the logarithm of how much more often .* less its mean over the classes/,
  );
  assert.match(
    page(false, true),
    /\| 0\.410 \| −0\.020 \| 0\.430 \(0\.300 to 0\.500\) \| 0\.005 \| newly \|/,
  );
  assert.match(page(true, true), /\| more closely \|/);
  assert.match(page(true, false), /\| no \|/);
  assert.doesNotMatch(
    askedPage(findings).get("index.md") ?? "",
    /as the shifted set teaches/,
  );
});

Deno.test("composeAsk() says how long it took, on what, from which code and by which networks, and of images what a digest is of", () => {
  const md = textOf(composeAsk(findingsOf(), ASKED), "index.md");
  for (
    const item of [
      /^- \*\*computing time\*\*: 12/m,
      /^- \*\*wall time\*\*: 8/m,
      /^- \*\*device\*\*: wasm \(it was asked for\)$/m,
      /^- \*\*Deno\*\*: 2\.0\.0$/m,
      /^- \*\*commit\*\*: `0123456789abcdef0123456789abcdef01234567`$/m,
      /`sha256:abc123`$/m,
      /^Features are those of a network\.$/m,
    ]
  ) assert.match(md, item);
  const [input] = ASKED.inputs;
  assert.ok(input !== undefined);
  const bare = textOf(
    composeAsk(findingsOf(), {
      ...ASKED,
      inputs: [{ ...input, isPacked: true }],
      wallSeconds: undefined,
      device: undefined,
      commit: null,
    }),
    "index.md",
  );
  assert.match(bare, /`sha256:abc123`, of the small images packed from it$/m);
  assert.match(bare, /\*\*commit\*\*: not in a checkout$/m);
  assert.doesNotMatch(bare, /wall time|\*\*device/);
});

Deno.test("composeAsk() says what would decide it beside what there is", () => {
  const needs = [
    {
      what: "test examples",
      number: 1200,
      there: findingsOf().examples.test,
    },
    { what: "trial (the same command without --quick)", number: 1 },
    { what: "labels, one for each shifted example", number: 4321, exact: true },
  ] as const;
  const findings = findingsOf({ answer: "undecidable", needs });
  const { test } = findings.examples;
  assert(
    (askedPage(findings).get("index.md") ?? "").includes(
      `about ${
        formatCounts([1200, test]).join(" test examples instead of ")
      }; and a trial (the same command without --quick); and 4321 labels, one for each shifted example.`,
    ),
  );
});

Deno.test("composeAsk() links to nothing that is not there", () => {
  const files = composeAsk(findingsOf(), ASKED);
  const html = String(files.get("index.html"));
  const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)]
    .flatMap(([, to = ""]) => /^(https:|data:)/.test(to) ? [] : to);
  for (const to of links) {
    if (to.startsWith("#")) assert(html.includes(`id="${to.slice(1)}"`), to);
    else assert(files.has(to.replace("./", "")), to);
  }
  assert(links.includes("./least-typical.png"));
  assert(links.includes("./calibration.csv"));
});

const ours = (() => {
  const plain = askedPage(findingsOf({ named: "bright" }), { name: "field" });
  return {
    html: elements(plain.get("index.html") ?? ""),
    md: elementsOfMarkdown(plain.get("index.md") ?? ""),
  };
})();

fuzz(
  "composeAsk() makes text of whatever classes, groups and questions are called",
  fc.tuple(hostileText, hostileText),
  ([named, name]) => {
    const files = askedPage(findingsOf({ named }), { name });
    const html = files.get("index.html") ?? "";
    assert.deepEqual(elements(html), ours.html);
    assert.deepEqual(elementsOfMarkdown(files.get("index.md") ?? ""), ours.md);
  },
);

Deno.test("composeAsk() says that nothing is out of support, and gives points without repeating the word", () => {
  const findings = findingsOf();
  const { outOfSupport } = findings;
  assert.ok(outOfSupport !== null);
  const support = (share: number) => {
    const bound = { share, low: 0, high: 1 };
    return askedPage({
      ...findings,
      outOfSupport: {
        ...outOfSupport,
        ...bound,
        atLeast: true,
        sweep: [{ epsilon: 0.2, ...bound }],
      },
    }).get("index.md") ?? "";
  };
  assert.match(support(0), /: none of the shifted examples/);
  assert.doesNotMatch(support(0), /bound ε/);
  assert.match(
    support(0.3),
    /: no certain share \(best estimate 30\.0%\) of the/,
  );
  assert.match(support(0.3), /bound ε/);
  const page = support(0);
  assert.match(
    page,
    /loses -?[−\d.]+ \([−\d.]+ to [−\d.]+\) points of accuracy/,
  );
  assert.doesNotMatch(page, /points to/);
});

Deno.test("composeAsk() says that features are missing, and not examples, and gives the classes all the same", () => {
  const findings = findingsOf();
  const { drop } = findings;
  assert.ok(drop !== null);
  const bare = {
    ...findings,
    shift: null,
    outOfSupport: null,
    drop: { ...drop, terms: [], sharedMass: null, placebo: null },
  };
  const page = askedPage(bare).get("index.md") ?? "";
  assert.match(page, /Without features of the examples the sets cannot be/);
  assert.match(page, /Without features of the examples the drop cannot be/);
  assert.match(page, /\| bright \| 250 \| 251 \|/);
  assert.doesNotMatch(page, /too few examples to tell|share too little/);
  for (
    const [sharedMass, why] of [
      [0.29, "The sets share too little (29.0% of their mass)"],
      [0.3, "Too few shifted examples are in support"],
    ] as const
  ) {
    const little = { ...findings, drop: { ...drop, terms: [], sharedMass } };
    const text = askedPage(little).get("index.md") ?? "";
    assert.ok(text.includes(`${why} for the drop to be taken apart`));
  }
  const { examples } = findings;
  const groups = { test: 9, shifted: 500 };
  const few = { ...bare, labels: null, examples: { ...examples, groups } };
  assert.match(
    askedPage(few).get("index.md") ?? "",
    /There are too few examples to tell the sets apart\./,
  );
});

Deno.test("composeAsk() says of a share or a lower end that falls as the bound is looser that this is no smaller share", () => {
  const { outOfSupport, ...findings } = findingsOf();
  assert.ok(outOfSupport !== null);
  const page = (lows: readonly number[], last = 0.4) =>
    askedPage({
      ...findings,
      outOfSupport: {
        ...outOfSupport,
        sweep: lows.map((low, i) => ({
          epsilon: (i + 1) / 10,
          share: i === lows.length - 1 ? last : 0.4,
          low,
          high: 1,
        })),
      },
    }).get("index.md") ?? "";
  assert.match(page([0.3, 0.35, 0.34]), /that is no smaller share/);
  assert.match(page([0, 0, 0], 0.39), /that is no smaller share/);
  assert.doesNotMatch(page([0.3, 0.35, 0.35]), /no smaller share/);
});

Deno.test("composeAsk() says of models that are right more often that they are, and beside other labels what may be in them", () => {
  const { drop, ...findings } = findingsOf({ trial: null });
  assert.ok(drop !== null);
  const page = (total: number) =>
    askedPage({
      ...findings,
      drop: {
        ...drop,
        total,
        low: total - 0.03,
        high: total + 0.04,
        placebo: { low: -0.03, high: 0.06 },
        terms: drop.terms.map((term) => ({
          ...term,
          name: "other labels for the same examples",
        })),
      },
    }).get("index.md") ?? "";
  assert.match(
    page(-0.1),
    /^The mean of 2 models is right more often on the shifted than on the reference set, by 10\.0 \(6\.0 to 13\.0\) points of accuracy; random splits give −6\.0 to 3\.0\.$/m,
  );
  assert.match(
    page(0.1),
    /loses 10\.0 \(7\.0 to 14\.0\) points of accuracy .* give −3\.0 to 6\.0\.$/m,
  );
  assert.match(
    page(0.1),
    /^\| other labels for the same examples, or part of the others \|/m,
  );
});

Deno.test("composeAsk() names what measures effective robustness of several given models", () => {
  const { drop, ...findings } = findingsOf({ trial: null });
  assert.ok(drop !== null);
  const page = (models: typeof drop.models) =>
    askedPage({ ...findings, drop: { ...drop, models } }).get("index.md") ?? "";
  const sentence =
    /^Effective robustness of models of your own.*`deno task er --table FILE`\.$/m;
  assert.match(page(2), sentence);
  assert.doesNotMatch(page(1), sentence);
  assert.doesNotMatch(page("probe"), sentence);
});

Deno.test("composeAsk() says why there is no drop to explain", () => {
  const { examples, ...findings } = findingsOf();
  const page = (shifted: number, inGroups = shifted) =>
    askedPage({
      ...findings,
      drop: null,
      examples: {
        ...examples,
        shifted,
        groups: { test: 500, shifted: inGroups },
      },
    }).get("index.md") ?? "";
  assert.match(page(0), /^No shifted examples are left that no other set has/m);
  assert.match(page(3), /^There are too few examples to explain a drop\.$/m);
  assert.match(
    page(500),
    /^Without labels and predictions of the shifted set/m,
  );
});

Deno.test("composeAsk() says once of a gain of the figure that it is in points", () => {
  for (const text of askedPage(findingsOf()).values()) {
    assert.doesNotMatch(text, /points points/);
  }
});

Deno.test("composeAsk() says how many examples were given, and what is of all of them", () => {
  const findings = findingsOf({ trial: null });
  const { examples, drop } = findings;
  assert.ok(drop !== null);
  const page = askedPage({
    ...findings,
    examples: {
      ...examples,
      given: { reference: 1000, test: 20001, shifted: 20002 },
    },
    drop: { ...drop, ofDrawn: 0.15 },
  }).get("index.md") ?? "";
  assert.match(
    page,
    /1000 reference, 500 of 20,001 test, 500 of 20,002 shifted: 5000 of a set are drawn\. Of all without duplicates/,
  );
  assert.match(page, /to the shifted set, all 20,000 and 20,000 examples/);
  assert.match(
    page,
    /drop of the examples that were drawn, 15\.0 points, taken apart/,
  );
  const plain = askedPage(findings).get("index.md") ?? "";
  assert.match(plain, /500 of 501 test, 500 of 502 shifted; at most 5000/);
  assert.doesNotMatch(plain, /were drawn|of those drawn/);
});

Deno.test("composeAsk() says that class frequencies are of fewer examples than were counted", () => {
  const findings = findingsOf();
  const { labels } = findings;
  assert.ok(labels !== null);
  const counts = [{ class: "a", test: 20000, shifted: 20000 }];
  const page = askedPage({ ...findings, labels: { ...labels, counts } })
    .get("index.md") ?? "";
  assert.match(
    page,
    /Class frequencies of the 500 test and 500 shifted examples that were drawn lie/,
  );
});

Deno.test("composeAsk() says which two classes look more like each other, of examples that look as before", () => {
  const findings = findingsOf();
  const { labels, shift } = findings;
  assert.ok(labels !== null && shift !== null);
  const exchanged = {
    classes: ["<cat>", "dog"],
    share: { value: 0.44, low: 0.3, high: 0.58 },
    p: 0.005,
  } as const;
  const of = (high: number) =>
    askedPage({
      ...findings,
      labels: { ...labels, exchanged },
      shift: { ...shift, withinClass: { ...shift, auroc: 0.5, high } },
    });
  const text =
    /Of all pairs of classes .*cat.* and dog stand out most: .* as if 44\.0% \(30\.0% to 58\.0%\) of these labels were exchanged; in 0\.5% of random splits/;
  assert.match(of(0.58).get("index.md") ?? "", text);
  assert.match(of(0.58).get("index.html") ?? "", /&lt;cat&gt; and dog/);
  assert.doesNotMatch(of(0.581).get("index.md") ?? "", text);
});

Deno.test("composeAsk() says wherever no network looked that linear classifiers did, and of a trial only where one is possible", () => {
  const findings = findingsOf({ trial: null });
  const of = (reference: number | null, quick: boolean) =>
    askedPage({
      ...findings,
      examples: { ...findings.examples, reference },
    }, { quick }).get("index.md") ?? "";
  const looked = /Only linear classifiers looked/;
  const trial = /without --quick networks are fine-tuned to look/;
  for (
    const [page, isPossible] of [
      [of(1000, true), true],
      [of(1000, false), false],
      [of(null, true), false],
      [of(null, false), false],
    ] as const
  ) {
    assert.match(page, looked);
    assert.equal(trial.test(page), isPossible);
  }
  const { outOfSupport } = findings;
  assert.ok(outOfSupport !== null);
  assert.doesNotMatch(
    askedPage({
      ...findings,
      outOfSupport: { ...outOfSupport, trained: true },
    }).get("index.md") ?? "",
    looked,
  );
});

Deno.test("composeAsk() tells no share where kinds of features contradict each other on who is out of support", () => {
  const findings = findingsOf({ trial: null });
  const { outOfSupport } = findings;
  assert.ok(outOfSupport !== null);
  const page = askedPage({
    ...findings,
    outOfSupport: { ...outOfSupport, agreement: 0.38 },
  }).get("index.md") ?? "";
  assert.match(
    page,
    /cannot be said: of those that one of two kinds of features puts there, the one which sees fewer, the other does so with only 38\.0%/,
  );
  assert.doesNotMatch(page, /best estimate|at least 35\.0%|bound ε/);
});

Deno.test("composeAsk() says of an extrapolation for which no bias was looked that none was", () => {
  const findings = findingsOf({ answer: "extrapolation", trial: null });
  const answerOf = (some: Partial<typeof findings>) =>
    (askedPage({ ...findings, ...some }).get("index.md") ?? "")
      .split("\n\n").find((text) => text.startsWith("**Answer")) ?? "";
  const unlooked = /teach something wrong was not looked at/;
  assert.match(answerOf({ biases: [] }), unlooked);
  assert.match(answerOf({ labels: null }), unlooked);
  assert.doesNotMatch(answerOf({}), unlooked);
  assert.doesNotMatch(answerOf({ answer: "bias", biases: [] }), unlooked);
});

Deno.test("composeAsk() says what would tell more than the answer, and what would do in its place", () => {
  const needs = [{
    what: "reference examples, of which a fifth is tested on",
    number: 1000,
    there: 160,
    or: "200 test examples of their own (--test)",
    to: "to tell what pre-training brings",
  }];
  const page = (
    answer: "undecidable" | "extrapolation",
    trial: typeof TRIAL | null = TRIAL,
  ) => askedPage(findingsOf({ answer, needs, trial })).get("index.md") ?? "";
  assert.match(page("undecidable", null), /What would decide it:/);
  assert.match(
    page("undecidable"),
    /The trial did not decide it; what would:\*\* about 1000/,
  );
  assert.match(
    page("extrapolation"),
    /What would tell more:\*\* about 1000 reference examples instead of 160, of which a fifth is tested on, or 200 test examples of their own \(--test\), to tell what pre-training brings\./,
  );
});

Deno.test("composeAsk() says that intervals of the worst groups hold for all that were looked at", () => {
  assert.match(
    askedPage(findingsOf()).get("index.md") ?? "",
    /hold together for all 90 groups and classes of groups that were looked at/,
  );
});

Deno.test("composeAsk() leaves paths as they are, and escapes what a line cannot hold", () => {
  const shown = (path: string) => {
    const md = askedPage(findingsOf(), { name: path }).get("index.md") ?? "";
    return /^- \*\*shifted\*\*: (.*), `sha256:abc123`$/m.exec(md)?.[1];
  };
  assert.equal(shown("photos/a|b"), "`photos/a|b`");
  assert.equal(shown("train `a`"), "`` train `a` ``");
  assert.equal(shown("it's\n2"), "`$'it\\'s\\u000a2'`");
});

Deno.test("composeAsk() takes apart the drops of a trial's networks, side by side, and of those that were drawn alone", () => {
  const findings = findingsOf();
  const { drop, examples } = findings;
  assert.ok(drop !== null && drop.difficultyControlled !== null);
  const given = { reference: 1000, test: 20001, shifted: 20002 };
  const page = askedPage({
    ...findings,
    examples: { ...examples, given },
    drop: { ...drop, models: 10 },
    fineTunedDrop: {
      ...drop,
      models: 6,
      total: 0.06,
      low: 0.04,
      high: 0.08,
      terms: drop.terms.map((term) => ({ ...term, value: 0.06 })),
    },
  }).get("index.md") ?? "";
  for (
    const part of [
      "The mean of 10 networks from scratch, trained on shares of the reference images, loses 10.0 (8.0 to 12.0) points of accuracy from the reference to the shifted set; random splits",
      "The mean of 6 pre-trained networks, fine-tuned on all reference images, loses 6.0 (4.0 to 8.0) points",
      "| on | from scratch: accuracy (95% interval) | fine-tuned: accuracy (95% interval) |",
      "| shifted, out of support | too few examples | too few examples |",
      "The drops taken apart, each in terms that add up to it",
      "| harder examples that both sets have | +10.0 (+9.0 to +11.0) | −1.0 to +1.0 | +6.0 (+9.0 to +11.0) | −1.0 to +1.0 |",
      "Among examples that other networks from scratch get wrong equally often, networks from scratch are right less often out of support than in support, by 10.0 (9.0 to 11.0) points;",
      "Among examples that networks from scratch get wrong equally often, fine-tuned networks are right less often out of support than in support, by 10.0",
      "Shifted examples on which networks from scratch are right least often.",
    ]
  ) assert(page.includes(part), part);
});

Deno.test("composeAsk() shows a linear classifier's drop where no network was trained, and of answers that had no other", () => {
  for (const trial of [null, TRIAL]) {
    const findings = findingsOf({ trial });
    const { drop } = findings;
    assert.ok(drop !== null);
    const page = askedPage({ ...findings, drop: { ...drop, models: "probe" } })
      .get("index.md") ?? "";
    assert.match(page, /A linear classifier on the features, .* loses 10\.0/);
    assert.match(page, /\| on \| accuracy \(95% interval\) \|/);
    assert.match(page, /on which models are right least often/);
  }
});

Deno.test("composeAsk() gives beside the share that an unlabelled set's answer rests on that of fine-tuned networks", () => {
  const findings = findingsOf({ trial: null });
  const { outOfSupport } = findings;
  assert.ok(outOfSupport !== null);
  const unlabelled = { ...findings, labels: null, drop: null };
  const page = askedPage({
    ...unlabelled,
    trainedSupport: {
      ...outOfSupport,
      trained: true,
      atLeast: true,
      features: "photo",
      share: 0.5,
      low: 0.45,
      high: 0.55,
    },
  }).get("index.md") ?? "";
  assert.match(page, /: at least 35\.0% .* Linear classifiers looked/);
  assert.match(
    page,
    /besides\. The answer does not rest on them.*\n\n.*: at least 45\.0% \(best estimate 50\.0%\) of the shifted examples, by a network pre-trained on photographs/,
  );
  assert.doesNotMatch(page, /is not like the reference set either/);
  assert.match(page, /No network was trained to classify: that takes labelled/);
  const alone = askedPage(unlabelled).get("index.md") ?? "";
  assert.match(alone, /No network was trained: that takes labelled/);
  assert.doesNotMatch(alone, /rest on them/);
  const quick = askedPage(unlabelled, { quick: true }).get("index.md") ?? "";
  assert.match(quick, /without --quick networks are fine-tuned to look/);
});

Deno.test("composeAsk() says of no shift only that none was seen in what was looked at, or what differs by little", () => {
  const { shift, ...findings } = findingsOf({
    answer: "no shift",
    trial: null,
  });
  assert.ok(shift !== null);
  const alike = { p: 0.5, low: 0.48, auroc: 0.5, high: 0.52, placebo: 0.52 };
  const differ = {
    p: 0.01,
    low: 0.51,
    auroc: 0.52,
    high: 0.54,
    placebo: 0.508,
  };
  for (
    const [p, area, words, line] of [
      [
        0.5,
        alike,
        /No difference was seen in what was looked at/,
        /^No shift seen: none/,
      ],
      [
        0.005,
        alike,
        /No difference that matters was seen .* sure that classes occur in slightly other proportions, but in less than a tenth/,
        /^No shift that matters seen: classes occur in slightly other/,
      ],
      [
        0.5,
        differ,
        /sure that examples look slightly different, but in less than a tenth/,
        /^No shift that matters seen: examples look slightly different, and no/,
      ],
      [
        0.005,
        differ,
        /sure that examples look slightly different and classes occur/,
        /^No shift that matters seen: examples look slightly different, and classes/,
      ],
    ] as const
  ) {
    const found = {
      ...findings,
      shift: {
        ...shift,
        withinClass: area,
        ofEachClass: alike,
        ofSecondOrder: alike,
      },
      labels: findings.labels && { ...findings.labels, p },
    };
    const page = askedPage(found).get("index.md") ?? "";
    assert.match(page, words);
    assert.doesNotMatch(page, /nothing to correct/);
    assert.match(answerLine(found), line);
  }
});

Deno.test("answerLine() says of new examples that little is lost on them, where that is so", () => {
  const { drop, ...findings } = findingsOf({ answer: "extrapolation" });
  assert.ok(drop !== null);
  const lineOf = (value: number, answer: Answer) => {
    const outOfSupport = { value, low: value - 0.01, high: value + 0.01 };
    const reference = { value: 0.8, low: 0.79, high: 0.81 };
    return answerLine({
      ...findings,
      answer,
      drop: {
        ...drop,
        accuracy: { ...drop.accuracy, reference, outOfSupport },
      },
    });
  };
  const little =
    /But on what is new little accuracy is lost, if any \(1\.4 points at most\)\.$/;
  assert.match(lineOf(0.8, "extrapolation"), little);
  assert.match(lineOf(0.8, "both"), little);
  assert.doesNotMatch(lineOf(0.6, "extrapolation"), /But/);
  assert.doesNotMatch(lineOf(0.8, "bias"), /But/);
});

Deno.test("answerLine() says of what is undecided that little accuracy is lost, where that is so", () => {
  const findings = findingsOf({ answer: "undecidable", trial: null });
  const { drop } = findings;
  assert.ok(drop !== null);
  const lineOf = (high: number, some: Partial<AskFindings> = {}) =>
    answerLine({
      ...findings,
      drop: { ...drop, models: "probe", total: -0.01, low: -0.02, high },
      ...some,
    });
  assert.match(
    lineOf(0.012),
    /^Undecidable from these data\. But a linear classifier loses little accuracy on the shifted examples, if any \(1\.2 points at most\)\.$/,
  );
  assert.match(
    lineOf(-0.005),
    /But a linear classifier is right more often on the shifted examples\.$/,
  );
  assert.doesNotMatch(lineOf(0.06), /But/);
  assert.doesNotMatch(lineOf(0.012, { answer: "bias" }), /But/);
  assert.doesNotMatch(lineOf(0.012, { drop: null }), /But/);
  // On a test set from elsewhere nothing is measured.
  const elsewhere = {
    p: 0.01,
    low: 0.6,
    auroc: 0.65,
    high: 0.7,
    placebo: 0.52,
  };
  const testShift = { ...elsewhere, labelChance: 0.5, lost: [] };
  assert.doesNotMatch(lineOf(0.012, { testShift }), /But/);
  const { trial } = findingsOf({ answer: "undecidable" });
  assert.match(
    lineOf(0.012, {
      trial,
      drop: { ...drop, models: 10, total: 0, low: -0.01, high: 0.012 },
    }),
    /But networks from scratch lose little accuracy/,
  );
});

Deno.test("answerLine() says of a bias that labels may be wrong where the rule found so", () => {
  const findings = findingsOf({ answer: "bias", trial: null });
  const alike = { ...findings, mayBeLabels: true } as const;
  assert.match(
    answerLine(alike),
    /^Bias, or wrong labels: .* check labels first\.$/,
  );
  assert.match(
    askedPage(alike).get("index.md") ?? "",
    /Check labels first; if they are right/,
  );
  assert.doesNotMatch(answerLine(findings), /labels/);
});
