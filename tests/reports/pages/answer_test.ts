import assert from "node:assert/strict";
import { answerInParts, answerOf } from "../../../reports/pages/answer.ts";
import type { Half } from "../../../reports/pages/answer_contrast.ts";
import type { Claim, Estimate, Verdict } from "../../../reports/value/claim.ts";
import type { Report } from "../../../reports/value/report.ts";

type Answering = Pick<Report, "title" | "claims">;

/** What a claim "above 2 points" is found to be. */
const VALUES = { supported: 0.034, contradicted: -0.005, inconclusive: 0.024 };

/** A claim with that verdict. */
function claim(
  verdict: Verdict,
  more:
    & Partial<
      Pick<
        Claim,
        "short" | "answers" | "apart" | "contrast" | "redrawn" | "paper"
      >
    >
    & {
      readonly further?: readonly Estimate[];
      readonly title?: string;
    } = {},
): Claim {
  const { further, title, ...rest } = more;
  const words = {
    id: "claim",
    statement: "It is above two points.",
    paper: "large",
    rule: { kind: "above", bound: 0.02 },
    ...rest,
  } as const;
  if (verdict === "not reproduced") {
    return { ...words, unit: "points", notReproduced: "no source" };
  }
  const value = VALUES[verdict];
  const estimate = { value, low: value - 0.01, high: value + 0.01 };
  return {
    ...words,
    estimate: { ...estimate, unit: "points", title },
    further,
  };
}

const out = (verdict: Verdict, short?: string) =>
  claim(verdict, { answers: "out of support", short });
const within = (verdict: Verdict, short?: string) =>
  claim(verdict, { answers: "in support", short });

function answer(
  reports: readonly Answering[],
  profile = "default",
): string {
  return answerOf(reports, { profile });
}

const of = (
  ...claims: readonly Claim[]
) => [{ title: "Tints [flips]", claims }];

Deno.test("answerOf() begins with whether the contrast is there, in bold, then tells sizes by the names of the shifts", () => {
  assert.equal(
    answer(of(
      out("supported", "under an unseen tint"),
      out("supported", "upside down"),
      claim("contradicted"),
      within("supported", "under a spurious tint"),
    )),
    "**This is the contrast that the paper finds: all 3 claims on it hold.**\n\nWhere a network must extrapolate (out of support), pre-training brings **+3.4** points of effective robustness under an unseen tint and **+3.4** upside down.\n\nWhere the training data are merely biased (in support), it brings **+3.4** under a spurious tint.",
  );
});

for (
  const [claims, expected] of [
    [
      [
        out("contradicted", "upside down"),
        within("inconclusive"),
        within("contradicted"),
      ],
      "At this scale the networks do not show the paper’s contrast: it fails upside down and in “Tints \\[flips\\]”.",
    ],
    [
      [out("supported"), out("inconclusive"), within("inconclusive")],
      "Whether this is the paper’s contrast remains open: of 3 claims on it, 1 holds, and the numbers do not decide the others.",
    ],
    [
      [out("inconclusive"), within("inconclusive"), within("not reproduced")],
      "Whether this is the paper’s contrast remains open: none of the 2 claims on it is decided.",
    ],
    [
      [out("contradicted"), within("not reproduced")],
      "The paper’s contrast was not tested: no claim in support has a number.",
    ],
    [
      [within("supported")],
      "The paper’s contrast was not tested: no claim out of support has a number.",
    ],
    [
      [],
      "The paper’s contrast was not tested: no claim out of support or in support has a number.",
    ],
  ] as const
) {
  Deno.test(`answerOf() says of the contrast: ${expected}`, () => {
    const text = answer(of(...claims));
    assert.ok(text.startsWith(`**${expected}**`), text);
  });
}

Deno.test("answerOf() says whose effective robustness when only one half has a size", () => {
  assert.match(
    answer(of(within("supported", "under a spurious tint"))),
    /\n\nWhere the training data are merely biased \(in support\), pre-training brings \*\*\+3\.4\*\* points of effective robustness under a spurious tint\.$/,
  );
});

Deno.test("answerOf() tells no size of an added claim, or of one without a number", () => {
  const added = claim("contradicted", {});
  assert.doesNotMatch(
    answer(of(out("supported"), { ...added, whose: "added" })),
    /−0\.5/,
  );
  assert.doesNotMatch(answer(of(out("not reproduced"))), /\n\n/);
});

Deno.test("answerOf() tells sizes of claims with a short name one by one, in a half that has any, and of others from where to where they reach", () => {
  const text = answer(of(
    out("supported", "upside down"),
    out("inconclusive"),
    within("supported"),
  ));
  assert.match(
    text,
    /brings \*\*\+3\.4\*\* points of effective robustness upside down\.\n\nWhere .* \*\*\+3\.4\*\* in “Tints \\\[flips\\\]”\.\n\nOther experiments find \*\*\+2\.4\*\* \(\+1\.4 to \+3\.4\) out of support in “Tints \\\[flips\\\]”\./,
  );
  assert.match(text, /of 3 claims on it, 2 hold/);
});

Deno.test("answerOf() tells of sizes without a short name how far they reach", () => {
  const text = answer([
    ...of(out("supported", "upside down"), within("supported", "in snow")),
    ...of(
      out("contradicted"),
      out("supported"),
      within("contradicted"),
    ).map((report) => ({ ...report, title: "COCO" })),
  ]);
  assert.match(
    text,
    /\n\nOther experiments find \*\*−0\.5 to \+3\.4\*\* out of support and \*\*−0\.5\*\* in support in “COCO”\.$/,
  );
});

Deno.test("answerOf() tells apart what decides neither half, and why", () => {
  const because = "over [other] baselines";
  const apart = (half: Half, verdict: Verdict, short: string) =>
    claim(verdict, { apart: { half, because }, short, paper: "0 at 0.2" });
  const text = answer([
    ...of(out("supported", "upside down"), within("supported", "in snow")),
    {
      title: "<b>COCO",
      claims: [
        apart("out of support", "supported", "in rain"),
        apart("out of support", "inconclusive", "in fog"),
        apart("in support", "contradicted", "by day"),
      ],
    },
  ]);
  assert.match(
    text,
    /\n\nDeciding neither half, over \\\[other\\\] baselines, in “\\<b\\>COCO” \(in brackets what the paper finds\): out of support \*\*\+3\.4\*\* in rain \(0 at 0\.2\) and \*\*\+2\.4\*\* in fog \(0 at 0\.2\); in support \*\*−0\.5\*\* by day \(0 at 0\.2\)\.$/,
  );
  assert.match(text, /all 2 claims on it hold/);
});

Deno.test("answerOf() tells the first estimate, and over which line if all sizes that have several are over one", () => {
  const further = [{
    value: 0.05,
    low: 0.04,
    high: 0.06,
    unit: "points",
    title: "line of checkpoints",
  }] as const;
  const both = (answers: "in support" | "out of support") =>
    claim("supported", {
      answers,
      further,
      title: "line of finished networks",
    });
  const claims = [both("out of support"), both("in support")];
  assert.match(
    answer(of(...claims)),
    /\*\*\+3\.4\*\* points of effective robustness over the line of finished networks in “[^”]*”\.(\n|$)/,
  );
  assert.match(
    answer(of(out("supported"), ...claims)),
    /\*\*\+3\.4\*\* points of effective robustness in “[^”]*” and \*\*\+3\.4\*\* in “[^”]*”\.\n\n.* in “[^”]*”\. Networks trained here are measured over the line of finished networks\.(\n|$)/,
  );
  const other = {
    answers: "in support",
    title: "line of checkpoints",
  } as const;
  assert.doesNotMatch(
    answer(of(...claims, claim("supported", other))),
    /over the line/,
  );
});

Deno.test("answerInParts() leaves sizes for more where the contrast itself has a number, and else those of other experiments", () => {
  const contrast = claim("supported", { contrast: "from a tint to a flip" });
  const halves = [
    out("supported", "under an unseen tint"),
    within("supported", "under a spurious tint"),
  ];
  const others = [...halves, out("supported")];
  const shown = (...claims: readonly Claim[]) => {
    const { first, more } = answerInParts(of(...claims), {
      profile: "default",
    });
    return [first.includes("+3.4** points of"), more?.summary];
  };
  const each = "What pre-training brings under each shift";
  assert.deepEqual(shown(contrast, ...halves), [false, each]);
  assert.deepEqual(shown(contrast, ...others), [
    false,
    `${each}, and in other experiments`,
  ]);
  assert.deepEqual(shown(...others), [
    true,
    "What pre-training brings in other experiments",
  ]);
  assert.deepEqual(shown(...halves), [true, undefined]);
});

Deno.test("answerOf() answers nothing when the run is a smoke run", () => {
  assert.equal(
    answer(of(out("supported"), within("contradicted")), "smoke"),
    "This run trained its networks for seconds, to check that everything works. It answers nothing.",
  );
});

Deno.test("answerOf() leaves a contrast open that the mean of several draws does not bear out, and says what that is", () => {
  const answered = (
    verdict: Verdict,
    low: number,
    further: readonly number[] = [],
  ) => {
    const mean = (low: number) =>
      ({ value: 0.025, low, high: 0.03, unit: "points" }) as const;
    return answer(of(
      claim("supported", { contrast: "from a tint to a flip" }),
      claim(verdict, {
        contrast: "from a tint to snow",
        redrawn: {
          draws: 5,
          of: "*seeds*",
          estimate: mean(low),
          further: further.map(mean),
        },
      }),
    ));
  };
  const mean = (low: string) =>
    `On average over 5 draws of \\*seeds\\*: **+2.5** (${low} to +3.0) points from a tint to snow.`;
  const found = answered("supported", 0.021);
  assert.match(
    found,
    /than in support: network by network, [^*]* to snow\.\*\*\n\n/,
  );
  assert.ok(found.endsWith(`\n\n${mean("+2.1")}`), found);
  const open = answered("supported", 0.019);
  assert.match(
    open,
    /than in support, though not every comparison decides it: network by network, [^*]* to a flip\.\*\*\n\nThis run by itself supports \*\*\+3\.4\*\* \(\+2\.4 to \+4\.4\) points from a tint to snow, but the mean of several draws does not\. On average/,
  );
  assert.ok(open.endsWith(mean("+1.9")), open);
  assert.match(
    answered("supported", 0.021, [0.019]),
    /though not every comparison decides it: /,
  );
  assert.match(
    answered("inconclusive", 0.021),
    /though not every comparison decides it: /,
  );
});

Deno.test("answerOf() takes the contrast from claims about it, and names halves that fail", () => {
  const halves = [
    claim("supported", { answers: "out of support", short: "under a flip" }),
    claim("contradicted", { answers: "in support", short: "under a tint" }),
  ];
  const of = (...verdicts: Parameters<typeof claim>[0][]) =>
    answerOf([{
      title: "Support",
      claims: [
        ...halves,
        ...verdicts.map((verdict) =>
          claim(verdict, { contrast: "from a tint to a flip" })
        ),
      ],
    }], { profile: "default" });
  assert.match(
    of("supported", "supported"),
    /^\*\*As in the paper, pre-training brings more out of support than in support: network by network, effective robustness grows by \+3\.4 \(95% interval \+2\.4 to \+4\.4\) and \+3\.4 \(\+2\.4 to \+4\.4\) points from a tint to a flip\.\*\*\n\nUnlike in the paper, in support it brings \*\*−0\.5\*\* \(−1\.5 to \+0\.5\) points under a tint\.\n\nWhere/,
  );
  assert.match(
    of("supported", "inconclusive"),
    /than in support, though not every comparison decides it: network by network, [^*]* flip\.\*\*\n\nUndecided: \*\*\+2\.4\*\* \(\+1\.4 to \+3\.4\) points from a tint to a flip\. Unlike in the paper, /,
  );
  assert.match(
    of("inconclusive"),
    /^\*\*Whether pre-training brings more .* remains open: network/,
  );
  assert.match(
    of("supported", "contradicted"),
    /^\*\*At this scale the networks do not show the paper’s contrast: network/,
  );
});

Deno.test("answerOf() shows no end of an interval on another side of a bound than it is", () => {
  const between = (low: number, high: number, more: Partial<Claim>): Claim => ({
    ...claim("supported", { contrast: "from a tint to a flip" }),
    estimate: { value: 0.015, low, high, unit: "points" },
    ...more,
  } as Claim);
  const zero = { rule: { kind: "above", bound: 0 } } as const;
  assert.match(
    answer(of(between(0.0004, 0.03, zero))),
    /grows by \+1\.5 \(95% interval \+0\.04 to \+3\.0\) points/,
  );
  const open = between(-0.0004, 0.03, {
    ...zero,
    redrawn: {
      draws: 5,
      of: "seeds",
      estimate: { value: 0.015, low: -0.0002, high: 0.03, unit: "points" },
      further: [],
    },
  });
  assert.match(
    answer(of(claim("supported", { contrast: "of all" }), open)),
    /\(−0\.04 to \+3\.0\) points .* \(−0\.02 to \+3\.0\) points/,
  );
  const half = between(0.01, 0.0203, {
    rule: { kind: "within", low: -0.02, high: 0.02 },
    contrast: undefined,
    answers: "in support",
    short: "under a tint",
  });
  assert.match(
    answer(of(half)),
    /\*\*\+1\.5\*\* \(\+1\.0 to \+2\.03\) points of effective robustness under a tint/,
  );
});

Deno.test("answerOf() names the line of the contrast if all are over one, once for sizes as well, and has no interval where there is none", () => {
  const contrast = "from a tint to a flip";
  const over = (title: string) => claim("supported", { contrast, title });
  assert.match(
    answer(of(over("line [1]"), over("line [1]"))),
    /points from a tint to a flip, over the line \\\[1\\\]\.\*\*/,
  );
  assert.doesNotMatch(answer(of(over("line 1"), over("line 2"))), /over the/);
  const all = answer(of(
    claim("supported", { contrast, title: "line 1" }),
    claim("supported", { answers: "out of support", title: "line 1" }),
  ));
  assert.equal(all.match(/over the line 1/g)?.length, 1, all);
  const exact = { value: 0.05, low: 0.05, high: 0.05, unit: "points" } as const;
  const claims = [{ ...over("line 1"), estimate: exact }];
  assert.match(answer(of(...claims)), /grows by \+5\.0 points from/);
});

Deno.test("answerOf() links what it tells of a claim to where the claim is", () => {
  const claims = [
    out("supported", "upside down"),
    within("supported", "under a tint"),
    claim("supported", { contrast: "from a tint to a flip" }),
  ];
  const addresses = new Map(
    claims.map((claim, i) => [claim, `./tints/index.html#claim-${i}`]),
  );
  const text = answerOf([{ title: "Tints", claims }], {
    profile: "default",
    addresses,
  });
  assert.match(
    text,
    /\[from a tint to a flip\]\([^)]*claim-2\).*\n\n.*\[upside down\]\(\.\/tints\/index\.html#claim-0\).*\n\n.*\[under a tint\]\([^)]*claim-1\)/,
  );
});
