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

Deno.test("judge() says that examples are of too few groups, and not that labels are missing", () => {
  const sets = plantedSets({ n: 300, seed: 5 });
  const few = (set: typeof sets.test) => ({
    ...set,
    groups: Array.from({ length: set.n }, (_, i) => `${i % 9}`),
  });
  const { answer, why, needs, rule } = askQuickly({
    ...sets,
    test: few(sets.test),
    shifted: few(sets.shifted),
  }, { seed: 1 });
  assert.equal(answer, "undecidable");
  assert.equal(
    why,
    "The examples of a set are of 9 groups only, and those of one group count as one: too few to say anything.",
  );
  assert.deepEqual(needs, [{
    what: "groups of examples in each set",
    number: 40,
  }]);
  assert.equal(rule[0]?.holds, false);
  assert.match(rule[0]?.condition ?? "", /, of at least 10 groups \(9\)$/);
  assert.ok(rule.every(({ condition }) => !condition.includes("no labels")));
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
  assert.match(why, /cannot be excluded without features of them\.$/);
  assert.deepEqual(needs, [{
    what: "rows of features (--features)",
    number: 600,
  }]);
});
