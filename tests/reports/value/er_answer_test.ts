import assert from "node:assert/strict";
import { answerOf } from "../../../reports/value/er_answer.ts";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";

/** What is said of models so far above a line of ten baselines, which scatter by `spread`. */
function answer(
  gains: readonly number[],
  { spread = 0.001, groups = 1, at = 0.7, size, suspects = [] }: {
    readonly spread?: number;
    readonly groups?: number;
    readonly at?: number;
    readonly size?: number;
    readonly suspects?: readonly number[];
  } = {},
): readonly string[] {
  const baselines = Array.from({ length: 10 }, (_, i) => ({
    model: `b${i}`,
    group: "baseline",
    reference: 0.6 + 0.02 * i,
    shifted: 0.5 + 0.02 * i + (i % 2 === 0 ? spread : -spread),
  }));
  const models = Array.from(
    { length: groups },
    (_, g) =>
      gains.map((gain, i) => ({
        model: `m${g}-${i}`,
        group: `new ${g}`,
        reference: at,
        shifted: at - 0.1 + gain,
      })),
  ).flat();
  const options = {
    baseline: "baseline",
    scale: "linear",
    level: 0.9,
    sizes: size === undefined
      ? undefined
      : { referenceSize: size, shiftedSize: size },
  } as const;
  return answerOf(groupedRobustness([...baselines, ...models], options), {
    suspects,
  });
}

Deno.test("answerOf() asks for caution where values among percentages may be fractions", () => {
  assert.equal(
    answer([0.03], { suspects: [4] }).at(-1),
    "Treat this with caution: 1 row with a value of at most 1 is read as at most 1%.",
  );
  assert.match(
    answer([0.03], { suspects: [4, 7] }).at(-1) ?? "",
    /2 rows with a value of at most 1 are read as at most 1%\.$/,
  );
});

Deno.test("answerOf() says whether models do better, worse, or no difference can be told", () => {
  const [better = ""] = answer([0.03, 0.031, 0.029]);
  assert.match(
    better,
    /^The 3 models of group "new 0" have a mean effective robustness of \+3\.0\d points \(90% interval \+2\.\d+ to \+3\.\d+\): they do better on the shifted data than baselines of the same reference accuracy\.$/,
  );
  assert.match(answer([-0.03])[0] ?? "", /^The one model .*: it does worse on/);
  assert.match(
    answer([-0.03, 0.03])[0] ?? "",
    /: the interval contains zero, so no difference from the baselines can be told\.$/,
  );
  assert.equal(answer([0.03]).length, 1);
});

Deno.test("answerOf() tells no difference that would be printed as zero", () => {
  assert.match(
    answer([2e-5, 2.1e-5], { spread: 0 })[0] ?? "",
    /of 0\.00 points \(90% interval 0\.00 to 0\.00\): the interval contains zero/,
  );
});

Deno.test("answerOf() says when the line is poor, and when it is extrapolated", () => {
  assert.match(
    answer([0.03], { spread: 0.08, at: 0.9 }).at(-1) ?? "",
    /^Treat this with caution: the line explains the baselines poorly \(r² 0\.\d+\) and 1 of 1 model lies beyond the baselines, so the line is extrapolated there\.$/,
  );
});

Deno.test("answerOf() says when noise of the examples may flatten the line", () => {
  const told = answer([0.03, 0.031], { at: 0.78, size: 300 });
  assert.match(
    told.at(-1) ?? "",
    /^Treat this with caution: noise of the test examples may flatten the line \(group "new 0" may seem 2\.\d\d points better than it is\)\.$/,
  );
  assert.equal(answer([0.03, 0.031], { at: 0.78, size: 10_000 }).length, 1);
});

Deno.test("answerOf() has a sentence for five groups at most, and counts the others", () => {
  const said = answer([0.03], { groups: 7 });
  assert.equal(said.length, 6);
  assert.equal(said[5], "2 more groups are in the table.");
  assert.equal(
    answer([0.03], { groups: 6 })[5],
    "1 more group is in the table.",
  );
});
