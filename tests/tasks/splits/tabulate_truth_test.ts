import assert from "node:assert/strict";
import { tabulateTruth } from "../../../tasks/splits/tabulate_truth.ts";
import { estimate, few } from "./estimates.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulateTruth() writes errors with their intervals", async () => {
  const lost = { inSupport: 0.01, outOfSupport: 0.2 };
  const { columns, rows } = await runTask(tabulateTruth, {
    titles: ["ε"],
    rows: [{
      cells: ["0.2"],
      lost,
      inError: estimate,
      outError: few,
      auroc: { ...estimate, value: 0.99, unit: "plain" },
      misassigned: few,
    }],
  });
  assert.deepEqual(rows, [[
    "0.2",
    { value: 0.99, unit: "plain" },
    "too few",
    { value: 0.01, unit: "percent" },
    { value: 0.2, unit: "percent" },
    { value: 0.01, low: -0.01, high: 0.03, unit: "points", bare: true },
    "inconclusive: n = 30",
  ]]);
  assert.equal(columns.length, rows[0]?.length);
});
