import assert from "node:assert/strict";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { tabulateStyles } from "../../../tasks/evaluation/tabulate_styles.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulateStyles() gives the share in support by style, and the families at its ends", async () => {
  const { columns, rows } = await runTask(tabulateStyles, {
    families: ["Caveat", "Caveat", "Kalam", "Kalam", "Lobster"],
    parts: partsOf([true, true, true, false, false]),
  });
  assert.equal(columns.length, 6);
  const count = (value: number) => ({ value, unit: "count" });
  assert.deepEqual(rows.slice(0, 3), [
    [
      "handwriting",
      count(2),
      count(4),
      { value: 0.75, unit: "percent" },
      "Caveat",
      "Kalam",
    ],
    [
      "script",
      count(1),
      count(1),
      { value: 0, unit: "percent" },
      "Lobster",
      "Lobster",
    ],
    ["serif", count(0), count(0), null, null, null],
  ]);
});

Deno.test("tabulateStyles() takes shares for the ends, not numbers", async () => {
  const { rows } = await runTask(tabulateStyles, {
    families: ["Caveat", "Caveat", "Caveat", "Caveat", "Kalam"],
    parts: partsOf([true, true, false, false, true]),
  });
  assert.deepEqual(rows[0]?.slice(-2), ["Kalam", "Caveat"]);
});
