import assert from "node:assert/strict";
import { askFindingsSchema } from "../../../stats/asked/ask_findings_schemas.ts";
import type {
  FoundGain,
  FoundTrial,
} from "../../../stats/asked/found_trial.ts";
import { lossText } from "../../../stats/asked/told_drop.ts";
import { trialNeeds } from "../../../stats/asked/trial_needs.ts";
import { withTrial } from "../../../stats/asked/with_trial.ts";
import { findingsOf, TRIAL } from "../../reports/site/asked_page.ts";

function trial(
  gains: Readonly<Record<string, FoundGain>>,
  { accuracy = 0.65 } = {},
): FoundTrial {
  const [like] = TRIAL.groups;
  assert.ok(like !== undefined);
  return {
    ...TRIAL,
    groups: Object.entries(gains).map(([name, outOfSupport]) => ({
      ...like,
      name,
      points: like.points.map((point) => ({ ...point, reference: accuracy })),
      ...name.includes(".") ? { isFile: true } : {},
      outOfSupport,
    })),
  };
}

const gain = (low: number, value: number, high: number) => ({
  low,
  value,
  high,
  lineHolds: true,
});
const few = { tooFew: 12 };

for (
  const [what, found, said] of [
    [
      "the best gain out of support with its interval",
      trial({ photo: gain(0, 0.02, 0.04), COCO: gain(0.01, 0.031, 0.052) }),
      "In the trial, pre-training on COCO, the best of 2, brings 3.1 points out of support (1 to 5.2).",
    ],
    [
      "a gain of weights of one's own",
      trial({
        photo: gain(0, 0.02, 0.04),
        "a.safetensors": gain(0.01, 0.03, 0.05),
      }),
      "In the trial, pre-training as in a.safetensors, the best of 2, brings 3 points out of support (1 to 5).",
    ],
    [
      "a loss of weights of one's own",
      trial({ "a.safetensors": gain(-0.05, -0.03, -0.01) }),
      "But in the trial even the best pre-training, as in a.safetensors, costs 3 points out of support (1 to 5).",
    ],
    [
      "that a gain may be nothing",
      trial({ photo: gain(-0.01, 0.02, 0.05), COCO: few }),
      "In the trial, the best pre-training, on photo, brings 2 points out of support (−1 to 5), which may be nothing.",
    ],
    [
      "a loss",
      trial({ photo: gain(-0.05, -0.03, -0.01) }),
      "But in the trial even the best pre-training, on photo, costs 3 points out of support (1 to 5).",
    ],
    [
      "that the line does not hold",
      trial({ photo: { ...gain(0.01, 0.02, 0.03), lineHolds: false } }),
      "The trial cannot tell what pre-training brings: accuracy out of support hardly follows reference accuracy.",
    ],
    [
      "that the line does not reach as far as the networks",
      trial({ photo: gain(0.01, 0.02, 0.03) }, { accuracy: 0.82 }),
      "In the trial, pre-training on photo brings 2 points out of support (1 to 3). The line is extrapolated by 12.0 points of accuracy there.",
    ],
    [
      "that there are too few examples",
      trial({ photo: few, COCO: few }),
      "The trial has too few examples out of support to measure what pre-training brings there.",
    ],
  ] as const
) {
  Deno.test(`withTrial() adds ${what} to an answer`, () => {
    const given = findingsOf({ answer: "extrapolation", trial: null });
    assert.deepEqual(withTrial(given, found, null), {
      ...given,
      why: `${given.why} ${said}`,
      needs: [...given.needs, ...trialNeeds(found, given)],
      trial: found,
    });
  });
}

Deno.test("withTrial() tells no gain, and asks for nothing, where the test set that it was measured on is from elsewhere", () => {
  const found = trial({ photo: gain(0.01, 0.02, 0.03), COCO: few });
  const testShift = {
    auroc: 0.9,
    low: 0.8,
    high: 1,
    placebo: 0.55,
    p: 0.01,
    labelChance: 0.5,
    lost: [],
  };
  const like = { ...testShift, auroc: 0.52, low: 0.48, high: 0.56, p: 0.3 };
  const of = (testShift: typeof like) => {
    const findings = { ...findingsOf({ trial: null }), testShift };
    const { why, needs } = withTrial(findings, found, null);
    return [why === findings.why, needs.length === findings.needs.length];
  };
  assert.deepEqual(of(testShift), [true, true]);
  assert.equal(of(like)[0], false);
});

Deno.test("withTrial() says why baselines make no line", () => {
  const given = findingsOf({ answer: "extrapolation", trial: null });
  const noLine = "Cannot fit a line through 3 points";
  const { why, needs } = withTrial(given, { noLine }, null);
  assert.equal(
    why,
    `${given.why} The trial cannot tell what pre-training brings. ${noLine}.`,
  );
  assert.match(needs.at(-1)?.what ?? "", /baselines/);
});

Deno.test("withTrial() adds no word where there is no trial, or no part out of support to measure in", () => {
  const given = findingsOf({ answer: "bias", trial: null });
  assert.deepEqual(withTrial(given, null, null), given);
  assert.equal(withTrial(given, trial({ photo: few }), null).why, given.why);
});

Deno.test("withTrial() puts the drop of networks in the place of a linear classifier's, and leaves the rule what it read", () => {
  const given = findingsOf({ answer: "extrapolation", trial: null });
  const { drop, worstGroups: [worst] } = given;
  assert.ok(drop !== null && worst !== undefined);
  const drops = {
    drop: { ...drop, models: 10, total: 0.3 },
    worstGroups: [{ ...worst, accuracy: 0 }],
    fineTunedDrop: { ...drop, models: 6, total: 0.2 },
  };
  const found = trial({ photo: few });
  const all = withTrial(given, found, drops);
  assert.deepEqual(all, { ...withTrial(given, found, null), ...drops });
  assert.deepEqual([all.answer, all.rule], [given.answer, given.rule]);
  const none = withTrial(given, found, { ...drops, fineTunedDrop: null });
  assert.equal("fineTunedDrop" in none, false);
  for (const one of [all, none]) {
    assert.equal(askFindingsSchema.safeParse(one).success, true);
  }
});

Deno.test("withTrial() says what networks from scratch lose, and no longer what a linear classifier does", () => {
  const given = findingsOf({ answer: "extrapolation", trial: null });
  const { drop, worstGroups } = given;
  assert.ok(drop !== null);
  const probe = { ...drop, models: "probe" as const };
  const { why } = withTrial(
    { ...given, drop: probe, why: `All is new. ${lossText(probe)}` },
    trial({ photo: few }),
    {
      drop: { ...drop, models: 10, total: 0.3, low: 0.25, high: 0.35 },
      worstGroups,
      fineTunedDrop: null,
    },
  );
  assert.match(
    why,
    /^All is new\. Networks from scratch lose 30 points of accuracy on the shifted examples \(25 to 35\)\. The trial has too few/,
  );
});
