/** Claims and their rules, written down a second time, so that none is changed unnoticed. */
import assert from "node:assert/strict";
import { graphOf } from "../../../engine/run/graph.ts";
import { splitKnownTruth } from "../../../pipelines/split_known_truth/split_known_truth.ts";
import { spuriousTint } from "../../../pipelines/spurious_tint.ts";
import type { Rule } from "../../../reports/value/claim.ts";
import type { Report } from "../../../reports/value/report.ts";

const above = (bound: number): Rule => ({ kind: "above", bound });
const below = (bound: number): Rule => ({ kind: "below", bound });
const within = (bound: number): Rule => ({
  kind: "within",
  low: -bound,
  high: bound,
});

const RULES: Readonly<Record<string, readonly [Rule, further: number]>> = {
  "told-apart": [above(0.95), 0],
  "assigned": [below(0.1), 0],
  "robustness": [within(0.02), 3],
  "truth": [above(0), 1],
  "truth-matched": [above(0), 0],
  "placebo": [within(0.01), 1],
};

const outlines = splitKnownTruth.profiles.map((profile) =>
  splitKnownTruth.build(profile) as unknown as Report
);

Deno.test("split-known-truth has the rules that were fixed before the first run", () => {
  for (const { claims } of outlines) {
    assert.deepEqual(
      Object.fromEntries(claims.map((claim) => [
        claim.id,
        [
          claim.rule,
          "further" in claim ? (claim.further ?? []).length : 0,
        ],
      ])),
      Object.fromEntries(
        ["strong", "middling"].flatMap((mixture) =>
          Object.entries(RULES).map(([id, rule]) => [`${mixture}-${id}`, rule])
        ),
      ),
    );
  }
});

Deno.test("every claim of split-known-truth points at a figure of its page", () => {
  for (const { claims, figures } of outlines) {
    // Figures of parts may be missing: they are results themselves.
    const ids = figures.map((figure) => "id" in figure ? figure.id : "");
    for (const { id, figure = "" } of claims) {
      assert.ok(ids.includes(figure), `${id}: ${figure}`);
    }
  }
});

Deno.test("split-known-truth trains nothing but classifiers that spurious-tint does not train", () => {
  for (const profile of splitKnownTruth.profiles) {
    const trained = (pipeline: typeof splitKnownTruth) =>
      graphOf(pipeline.build(profile)).nodes
        .map(({ stage }) => stage)
        .filter(({ task }) => task.name === "train")
        .map(({ name }) => name);
    const known = new Set(trained(spuriousTint));
    const own = trained(splitKnownTruth);
    assert.ok(own.length > 0);
    assert.deepEqual(own.filter((name) => !known.has(name)), []);
  }
});
