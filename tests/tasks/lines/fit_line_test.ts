import assert from "node:assert/strict";
import { fitRuns } from "../../../stats/lines/fit_runs.ts";
import { fitLine } from "../../../tasks/lines/fit_line.ts";
import { narrow, photo } from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

Deno.test("fitLine() gives the fit of each run beside the pooled one", async () => {
  const points = [photo, narrow];
  const { runs, line } = await runTask(fitLine, {
    points,
    scale: "probit",
    extremes: { kind: "error" },
  });
  assert.deepEqual(runs, fitRuns(points));
  assert.equal(line.n, 7);
});
