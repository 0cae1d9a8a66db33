import assert from "node:assert/strict";
import { answerOf } from "../../../reports/pages/answer.ts";
import type { Claim, Verdict } from "../../../reports/value/claim.ts";

/** Claims of one half with these verdicts. */
function claims(
  answers: Claim["answers"],
  verdicts: Partial<Record<Verdict, number>>,
): readonly Claim[] {
  return Object.entries(verdicts).flatMap(([verdict, n]) =>
    Array.from({ length: n }, (_, i): Claim => {
      const words = {
        id: `claim-${i}`,
        statement: "It is above zero.",
        paper: "above zero",
        rule: { kind: "above", bound: 0 },
        answers,
      } as const;
      if (verdict === "not reproduced") {
        return { ...words, unit: "points", notReproduced: "no source" };
      }
      const value = verdict === "supported"
        ? 1
        : verdict === "contradicted"
        ? -1
        : 0;
      const estimate = { value, low: value - 0.5, high: value + 0.5 };
      return { ...words, estimate: { ...estimate, unit: "points" } };
    })
  );
}

function answer(
  out: Partial<Record<Verdict, number>>,
  within: Partial<Record<Verdict, number>>,
  profile = "default",
): string {
  return answerOf([
    ...claims("out of support", out),
    ...claims("in support", within),
    ...claims(undefined, { contradicted: 9 }),
  ], { profile });
}

for (
  const [out, within, expected] of [
    [
      { supported: 3 },
      { supported: 2 },
      "In these runs, where a network must extrapolate (out of support), pre-training helps: all 3 claims are supported. Where the training data are biased (in support), it makes hardly any difference: both claims are supported.",
    ],
    [
      { contradicted: 1 },
      { contradicted: 3 },
      "In these runs, where a network must extrapolate (out of support), pre-training does not help as the paper finds: the one claim is contradicted. Where the training data are biased (in support), it makes a difference, unlike in the paper: all 3 claims are contradicted.",
    ],
    [
      { inconclusive: 2 },
      { inconclusive: 1 },
      "In these runs, where a network must extrapolate (out of support), pre-training may or may not help: both claims are inconclusive. Where the training data are biased (in support), it may or may not make a difference: the one claim is inconclusive.",
    ],
    [
      { supported: 1, inconclusive: 4, "not reproduced": 1 },
      { supported: 2, inconclusive: 1, "not reproduced": 2 },
      "In these runs, where a network must extrapolate (out of support), pre-training helps wherever the numbers decide: of 5 claims 1 is supported and 4 inconclusive, 1 more has no number. Where the training data are biased (in support), it makes hardly any difference wherever the numbers decide: of 3 claims 2 are supported and 1 inconclusive, 2 more have no number.",
    ],
    [
      { contradicted: 2, inconclusive: 1 },
      { contradicted: 1, inconclusive: 1 },
      "In these runs, where a network must extrapolate (out of support), pre-training does not help as the paper finds wherever the numbers decide: of 3 claims 2 are contradicted and 1 inconclusive. Where the training data are biased (in support), it makes a difference wherever the numbers decide, unlike in the paper: of 2 claims 1 is contradicted and 1 inconclusive.",
    ],
    [
      { supported: 2, contradicted: 1, inconclusive: 1 },
      { supported: 1, contradicted: 1 },
      "In these runs, where a network must extrapolate (out of support), pre-training helps under some shifts and not as the paper finds under others: of 4 claims 2 are supported, 1 contradicted and 1 inconclusive. Where the training data are biased (in support), it makes hardly any difference under some shifts and, unlike in the paper, one under others: of 2 claims 1 is supported and 1 contradicted.",
    ],
    [
      {},
      { "not reproduced": 2 },
      "In these runs, where a network must extrapolate (out of support), pre-training was not put to the test: no claim is about it. Where the training data are biased (in support), it was not put to the test: none of the 2 claims has a number.",
    ],
    [
      { "not reproduced": 1 },
      { supported: 1, "not reproduced": 1 },
      "In these runs, where a network must extrapolate (out of support), pre-training was not put to the test: the one claim has no number. Where the training data are biased (in support), it makes hardly any difference: the one claim is supported, 1 more has no number.",
    ],
  ] as const
) {
  Deno.test(`answerOf() follows from the verdicts when out of support ${JSON.stringify(out)}, in support ${JSON.stringify(within)}`, () => {
    assert.equal(answer(out, within), expected);
  });
}

Deno.test("answerOf() answers nothing when the run is a smoke run", () => {
  assert.equal(
    answer({ supported: 3 }, { contradicted: 1, inconclusive: 1 }, "smoke"),
    "This run trained its networks for seconds, to check that everything works, and answers nothing. For the record: out of support, all 3 claims are supported; in support, of 2 claims 1 is contradicted and 1 inconclusive.",
  );
});

Deno.test("answerOf() takes no notice of claims that answer neither half when it counts", () => {
  assert.doesNotMatch(answer({ supported: 1 }, { supported: 1 }), /9|10/);
});

Deno.test("answerOf() is two sentences when anything is judged", () => {
  for (const out of [{ supported: 1 }, { contradicted: 2 }, {}]) {
    for (const profile of ["default", "smoke"]) {
      const sentences = answer(out, { inconclusive: 1 }, profile)
        .split(/(?<=\.)\s/);
      assert.equal(sentences.length, 2);
    }
  }
});
