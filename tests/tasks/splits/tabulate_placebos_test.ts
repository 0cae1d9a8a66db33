import assert from "node:assert/strict";
import { tabulatePlacebos } from "../../../tasks/splits/tabulate_placebos.ts";
import { estimate, few } from "./estimates.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulatePlacebos() has a cell a column, numbers or the lack of them", async () => {
  const { columns, rows } = await runTask(tabulatePlacebos, {
    titles: ["networks"],
    rows: [
      {
        cells: ["photo"],
        mean: estimate,
        range: [-0.02, 0.02],
        observed: 0.1,
        p: 0.01,
      },
      { cells: ["narrow"], mean: few, range: null, observed: null, p: null },
    ],
  });
  assert.ok(rows.every((row) => row.length === columns.length));
  assert.deepEqual(rows[0]?.[1], { value: 0.1, unit: "points", bare: true });
  assert.deepEqual(rows[1]?.slice(1), [
    null,
    "inconclusive: too few",
    ...[null, null, null],
  ]);
});
