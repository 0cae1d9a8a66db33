import assert from "node:assert/strict";
import {
  readTimmAccuracies,
  timmAccuracies,
} from "../../../data/tables/timm_accuracies.ts";
import { loadAccuracies } from "../../../tasks/datasets/load_accuracies.ts";
import { runTask } from "../run_task.ts";

Deno.test("loadAccuracies() gives the rows of each table that are kept with the code", async () => {
  assert.deepEqual(
    await runTask(loadAccuracies, {}),
    readTimmAccuracies(await timmAccuracies()),
  );
});
