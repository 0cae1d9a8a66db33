/** Claims and their rules, written down a second time, so that none is changed unnoticed. */
import assert from "node:assert/strict";
import { PROFILES } from "../../../../engine/define/pipeline.ts";
import { type Rule, toldEstimate } from "../../../../reports/value/claim.ts";
import {
  LINE_TITLES,
  onBothLines,
} from "../../../../pipelines/shared/synthetic/claims.ts";
import { outlineOf, synthetic } from "./experiments.ts";

const within: Rule = { kind: "within", low: -0.02, high: 0.02 };
const aboveTwo: Rule = { kind: "above", bound: 0.02 };
const aboveZero: Rule = { kind: "above", bound: 0 };
const belowZero: Rule = { kind: "below", bound: 0 };
const aboveHalf: Rule = { kind: "above", bound: 0.5 };

/** Rule and number of further estimates of each claim. */
type Rules = Readonly<Record<string, readonly [Rule, further: number]>>;

/** What is claimed of interventions under a bias besides the tint. */
function underBias(shift: string): Rules {
  return {
    [`refit-${shift}`]: [aboveZero, 1],
    [`refit-unbalanced-${shift}`]: [within, 1],
    [`pretraining-${shift}`]: [within, 1],
  };
}

/** By pipeline, at any profile that has it. */
const RULES: Readonly<Record<string, Rules>> = {
  "unseen-tint": {
    "photo-weak": [aboveTwo, 1],
    "photo-over-narrow-weak": [aboveZero, 1],
    "photo-strong": [aboveTwo, 1],
    "photo-over-narrow-strong": [aboveZero, 1],
  },
  "vertical-flip": {
    "photo": [aboveTwo, 1],
    "photo-over-narrow": [aboveZero, 1],
  },
  "spurious-tint": {
    "photo-in-support": [within, 1],
    "narrow-in-support": [within, 1],
    "photo-over-narrow": [within, 1],
  },
  "label-shift": {
    "photo-in-support": [within, 1],
    "narrow-in-support": [within, 1],
    "photo-over-narrow": [within, 1],
  },
  "along-fine-tuning": {
    "tint": [within, 1],
    "tint-change": [belowZero, 1],
    "unseen-tint": [aboveTwo, 1],
    "unseen-tint-change": [belowZero, 1],
    "flip": [aboveTwo, 1],
    "flip-change": [belowZero, 1],
  },
  "along-data": {
    "tint": [within, 1],
    "tint-change": [belowZero, 1],
    "unseen-tint": [aboveTwo, 1],
    "unseen-tint-change": [belowZero, 1],
    "flip": [aboveTwo, 1],
    "flip-change": [belowZero, 1],
  },
  "along-pretraining": {
    ...Object.fromEntries(
      ["many", "few", "untinted"].flatMap((series) => [
        [`tint-${series}`, [within, 1]],
        [`unseen-tint-${series}`, [aboveTwo, 1]],
        [`unseen-tint-change-${series}`, [aboveZero, 1]],
        [`flip-${series}`, [aboveTwo, 1]],
        [`flip-change-${series}`, [aboveZero, 1]],
      ]),
    ),
    "unseen-tint-change-images": [aboveZero, 1],
    "flip-change-images": [aboveZero, 1],
  },
  "support": { "tint": [aboveZero, 1], "flip-label": [aboveZero, 1] },
  "interventions": {
    "refit": [aboveZero, 1],
    "refit-unbalanced": [within, 1],
    ...underBias("spurious-typeface"),
    "refit-out-of-support": [within, 3],
    "both-most-accurate": [aboveZero, 1],
    "both-not-most-robust": [belowZero, 1],
    "different-examples": [belowZero, 0],
    "both-correct-most": [aboveHalf, 1],
    "few-with-pretraining": [aboveZero, 1],
    "few-from-scratch": [belowZero, 1],
    "few-unbiased-over-biased": [aboveZero, 1],
    "few-narrow-or-diverse": [within, 1],
  },
  "unseen-classes": {
    "coarse-tint": [aboveZero, 1],
    "drawings-tint": [aboveZero, 1],
    "coarse-flip": [aboveZero, 1],
    "drawings-flip": [aboveZero, 1],
  },
  // Other strengths of the bias have a line of checkpoints only.
  "bias-strength": { "rise": [aboveZero, 0], "minority-little": [within, 0] },
  // The lowest and the highest on each of two lines.
  "hyper-parameters": {
    "tint": [within, 3],
    "unseen-tint": [aboveTwo, 3],
    "flip": [aboveTwo, 3],
  },
};

/** What a profile has besides. */
const FURTHER_RULES: Readonly<Record<string, Readonly<Record<string, Rules>>>> =
  {
    full: {
      "bias-strength": { "spurious-little": [within, 0] },
      "interventions": {
        ...underBias("spurious-corner"),
        ...underBias("spurious-frame"),
      },
    },
    gpu: { "bias-strength": { "spurious-little": [within, 0] } },
  };

Deno.test("the rules of all claims are those that were fixed before the first run", () => {
  for (const profile of PROFILES) {
    const there = synthetic.filter(({ profiles }) =>
      profiles.includes(profile)
    );
    const found = Object.fromEntries(there.map(({ name }) => [
      name,
      Object.fromEntries(
        outlineOf(name, profile).claims.map(({ id, rule, further = [] }) => [
          id,
          [rule, further.length],
        ]),
      ),
    ]));
    assert.deepEqual(
      found,
      Object.fromEntries(there.map(({ name }) => [
        name,
        { ...RULES[name], ...FURTHER_RULES[profile]?.[name] },
      ])),
    );
  }
});

Deno.test("what the shifts are decided on is in the default run", () => {
  assert.deepEqual(
    synthetic.filter(({ profiles }) => profiles.includes("default"))
      .map(({ name }) => name),
    [
      "unseen-tint",
      "vertical-flip",
      "spurious-tint",
      "label-shift",
      "support",
      "interventions",
      "along-fine-tuning",
    ],
  );
});

Deno.test("every claim points at a figure of its page", () => {
  for (const { name } of synthetic) {
    const { claims, figures } = outlineOf(name, "full");
    const ids = figures.map(({ id }) => id);
    for (const { id, figure, paper } of claims) {
      assert.ok(ids.includes(figure), `${name} ${id}: ${figure}`);
      assert.notEqual(paper, "");
    }
  }
});

Deno.test("no two claims, figures, tables or pictures of a page have one id", () => {
  for (const profile of PROFILES) {
    for (const { name, profiles } of synthetic) {
      if (!profiles.includes(profile)) continue;
      const outline = outlineOf(name, profile);
      const { claims, figures, tables = [], pictures = [], sections } = outline;
      for (const group of [claims, [...figures, ...pictures], tables]) {
        const ids = group.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, `${name}: ${ids}`);
      }
      assert.equal(sections.at(-1)?.id, "method");
    }
  }
});

Deno.test("no two tables of a page have one caption", () => {
  for (const { name } of synthetic) {
    const captions = (outlineOf(name, "full").tables ?? [])
      .map(({ caption }) => caption);
    assert.equal(new Set(captions).size, captions.length, name);
  }
});

Deno.test("the table of straightness says that it, the parabola and other axes were added when the numbers were known", () => {
  const captions = synthetic.flatMap(({ name }) =>
    (outlineOf(name, "full").tables ?? [])
      .filter(({ id }) => id === "straightness")
      .map(({ caption }) => [caption].flat().join(""))
  );
  assert.equal(captions.length, 4);
  for (const caption of captions) {
    assert.match(
      caption,
      /The parabola was added on 2026-11-29, the other axes on 2026-12-01, when the numbers were known\. /,
    );
    assert.match(caption, /The table was added on 2026-11-28, .*no verdict/);
  }
});

Deno.test("every page asks, answers, and says what is smaller and where the data are from", () => {
  for (const { name } of synthetic) {
    const outline = outlineOf(name, "full");
    assert.match(outline.question, /^[A-Z].*\?$/);
    assert.ok(outline.answer.length > 0);
    const { answerInDetail = [] } = outline;
    assert.ok(outline.answer.length + answerInDetail.length > 1);
    assert.ok(outline.figures.length > 0);
    assert.deepEqual(
      outline.scaledDown.slice(0, 5).map(({ what }) => what),
      ["Images", "Network", "Pre-training", "Baselines", "Fine-tuned networks"],
    );
    assert.equal(outline.datasets[0]?.title, "CIFAR-10");
    assert.equal(outline.pretraining[0]?.name, "photo");
  }
});

Deno.test("the answer of a site tells what was found over the line of finished networks", () => {
  const told = toldEstimate({
    id: "photo",
    statement: "Pre-training helps.",
    paper: "yes",
    rule: aboveTwo,
    ...onBothLines((line) => ({
      value: 0.03,
      low: 0.02,
      high: 0.04,
      unit: "points" as const,
      title: LINE_TITLES[line],
    })),
  });
  assert.equal(told?.title, "line of finished networks");
});
