import assert from "node:assert/strict";
import { writeProse } from "../../../tasks/pictures/write_prose.ts";
import { runTask } from "../run_task.ts";

Deno.test("writeProse() writes the numbers out", async () => {
  const prose = ["a gain of ", { value: 0.0178, unit: "points" as const }];
  assert.equal(
    await runTask(writeProse, { prose }),
    "a gain of +1.78 points",
  );
});
