/** The real pipeline, at the scale of a smoke run. */
import assert from "node:assert/strict";
import { reproduced } from "../reproduced.ts";
import { theory } from "../../../pipelines/theory/theory.ts";
import { judge, type JudgedClaim } from "../../../reports/value/claim.ts";
import type { AccuracyRowsFigure } from "../../../reports/value/accuracy_rows_figure.ts";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { scales } from "../../../stats/lines/scale.ts";
import { run as runRecord } from "../../reports/example.ts";
import { test } from "../../full.ts";

let whole: Promise<Report> | undefined;
const report = () => whole ??= reproduced(theory);

async function claimOf(id: string): Promise<JudgedClaim> {
  const claim = (await report()).claims.find((one) => one.id === id);
  assert.ok(claim !== undefined && "estimate" in claim);
  return claim;
}

async function rowsOf(): Promise<AccuracyRowsFigure["groups"]> {
  const figure = (await report()).figures.find(({ id }) => id === "accuracies");
  assert.ok(figure?.kind === "accuracy-rows");
  return figure.groups;
}

test.inFull("theory finds what is proven, whatever the scale", async () => {
  for (const id of ["same-in-span", "untouched-off-span", "same-in-support"]) {
    assert.equal(judge(await claimOf(id)), "supported", id);
  }
});

test.inFull("theory measures equal accuracies in support and different ones out of it", async () => {
  const [inSupport, outOfSupport] = await rowsOf();
  assert.ok(inSupport && inSupport.rows.length > 0);
  for (const { accuracies } of inSupport.rows) {
    assert.equal(new Set(accuracies).size, 1);
  }
  assert.ok(outOfSupport && outOfSupport.rows.length > 0);
  for (const { accuracies } of outOfSupport.rows) {
    assert.ok(new Set(accuracies).size > 1);
  }
});

Deno.test("theory fixes its bounds at half of what the true log odds give", async () => {
  // Class means 0.7 in W and 0.7 off it; ln 9 on a spurious coordinate that is
  // right with probability 0.9, or 0.1 where the bias is flipped.
  const { inverse: phi } = scales.probit;
  const right = (mean: number, sign: number) =>
    phi((mean + sign * Math.log(9)) / (2 * Math.sqrt(0.98)));
  const mixture = (mean: number, share: number) =>
    share * right(mean, 1) + (1 - share) * right(mean, -1);
  const spread = mixture(1.96, 0.9) - mixture(0, 0.9);
  const cost = phi(Math.sqrt(0.98)) - mixture(1.96, 0.1);
  assert.equal(spread.toFixed(3), "0.136");
  assert.equal(cost.toFixed(3), "0.334");
  for (
    const [id, expected] of [
      ["differ-out-of-support", spread],
      ["bias-stays", cost],
    ] as const
  ) {
    const { rule, estimate } = await claimOf(id);
    assert.ok(rule.kind === "above" && "value" in estimate);
    assert.ok(Math.abs(rule.bound - expected / 2) < 0.01, `${rule.bound}`);
    assert.ok(Math.abs(estimate.value - expected) < 0.06, `${estimate.value}`);
  }
});

Deno.test("theory makes a page with its figures", async () => {
  const files = site({ reports: [await report()], run: runRecord });
  for (const name of ["in-a-plane", "accuracies"]) {
    assert.ok(files.has(`theory/${name}.svg`));
    assert.ok(files.has(`theory/${name}.csv`));
  }
  const page = String(files.get("theory/index.html"));
  assert.doesNotMatch(page, /NaN|undefined|\[object/);
  assert.match(page, /below 10⁻⁹/);
});
