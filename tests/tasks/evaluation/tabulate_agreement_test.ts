import assert from "node:assert/strict";
import { agreementOf } from "../../../stats/intervals/agreement.ts";
import { tabulateAgreement } from "../../../tasks/evaluation/tabulate_agreement.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulateAgreement() leaves out a kappa that there is none of", async () => {
  const { columns, rows } = await runTask(tabulateAgreement, {
    titles: ["pair"],
    rows: [{ cells: ["a, b"], agreement: agreementOf([false], [false]) }],
  });
  const none = { value: 0, unit: "count" };
  assert.deepEqual(rows, [[
    "a, b",
    ...[none, none, none],
    { value: 1, unit: "percent" },
    ...[null, null],
  ]]);
  assert.equal(columns.length, rows[0]?.length);
});
