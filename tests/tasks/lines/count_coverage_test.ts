import assert from "node:assert/strict";
import { countCoverage } from "../../../tasks/lines/count_coverage.ts";
import { close } from "../../stats/reference.ts";
import { runTask } from "../run_task.ts";

Deno.test("countCoverage() gives the share that holds zero with the interval that SciPy gives", async () => {
  const intervals = Array.from({ length: 30 }, (_, i) => ({
    low: i < 2 ? 1 : -1,
    high: 2,
  }));
  const found = await runTask(countCoverage, { intervals, level: 0.95 });
  assert.equal(found.held, 28);
  assert.equal(found.n, 30);
  close(found.value, 28 / 30);
  // SciPy 1.17.1: binomtest(28, 30).proportion_ci(0.95, "exact")
  close(found.low, 0.7792645984770379);
  close(found.high, 0.9918218655393437);
});
