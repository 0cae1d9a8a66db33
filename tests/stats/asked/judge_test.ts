import assert from "node:assert/strict";
import type { FoundSupport } from "../../../stats/asked/ask_findings.ts";
import { type Evidence, judge } from "../../../stats/asked/judge.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { type Planted, plantedSets } from "../../models/asked/planted_sets.ts";

function evidence(planted: Omit<Planted, "n" | "seed">): Evidence {
  return askQuickly(plantedSets({ n: 600, seed: 5, ...planted }), { seed: 1 });
}

function found(some: Partial<FoundSupport>): FoundSupport {
  return {
    share: 0,
    low: 0,
    high: 0.04,
    trained: true,
    atLeast: false,
    epsilon: 0.2,
    features: "COCO",
    agreement: 0.97,
    sweep: [],
    ...some,
  };
}

const half = { share: 0.48, low: 0.42, high: 0.55 };

Deno.test("judge() takes the share of fine-tuned networks, with its interval, in the answer and in the rule", () => {
  const { answer, why, rule } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found(half),
  });
  assert.equal(answer, "extrapolation");
  assert.match(why, /^About 48% \(42% to 55%\) of the shifted examples/);
  assert.ok(rule.some(({ condition, holds }) =>
    holds === true &&
    condition.includes("(48%, 42% to 55%, by fine-tuned networks)")
  ));
});

Deno.test("judge() says at least where fine-tuned networks find no upper end", () => {
  const { why } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found({ ...half, high: 1, atLeast: true }),
  });
  assert.match(why, /^At least 42% of the shifted examples/);
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
    "no shift",
  );
});

Deno.test("judge() is undecided where fine-tuned networks do not agree", () => {
  const { answer, why } = judge({
    ...evidence({ outside: 0.5 }),
    outOfSupport: found({ ...half, agreement: 0.4 }),
  });
  assert.equal(answer, "undecidable");
  assert.match(why, /disagree/);
});
