import assert from "node:assert/strict";
import { tabulateChoices } from "../../../tasks/interventions/tabulate_choices.ts";
import { runTask } from "../run_task.ts";

Deno.test("tabulateChoices() names every chosen C, the largest first, and counts networks whose worst group is never right", async () => {
  const choice = (c: number, perGroup: number, worst: readonly number[]) => ({
    published: {
      c,
      perGroup,
      candidates: worst.map((one, i) => ({ c: 1 / (i + 1), worst: one })),
    },
  });
  const { rows } = await runTask(tabulateChoices, {
    rows: [{
      cells: ["from scratch"],
      choices: [
        choice(0.3, 40, [0, 0.2]),
        choice(1, 9, [0, 0]),
        choice(0.3, 40, [0.1, 0]),
        choice(0.01, 40, [0.1, 0.1]),
      ],
    }],
  });
  const count = (value: number) => ({ value, unit: "count" });
  assert.deepEqual(rows, [[
    "from scratch",
    count(4),
    "9 or 40",
    "1 (1), 0.3 (2), 0.01 (1)",
    count(1),
  ]]);
});
