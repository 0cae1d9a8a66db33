import assert from "node:assert/strict";
import { agreementOf } from "../../../stats/intervals/agreement.ts";
import { tabulateAgreement } from "../../../tasks/evaluation/tabulate_agreement.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulateAgreement() counts the first part of either split, and of both", async () => {
  const [yes, no] = [true, false];
  const agreement = agreementOf(
    [yes, yes, yes, yes, no, no, no],
    [yes, no, no, no, yes, yes, no],
  );
  const { rows } = await runTask(tabulateAgreement, {
    titles: [],
    rows: [{ cells: [], agreement }],
  });
  assert.deepEqual(
    rows[0]?.slice(0, 3),
    [4, 3, 1].map((value) => ({ value, unit: "count" })),
  );
});

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
