import assert from "node:assert/strict";
import { editRuns } from "./edit_rounds.ts";

/** `deno task bench:edits --times 200` does it more often. */
const TIMES = 12;

Deno.test("an edit at any moment of a run, or of its wait for another, is in the key and in the value, or in neither", async () => {
  let records = 0;
  // A few edits may all come before the first record, above all on a slow machine.
  for (let seed = 16; records < TIMES / 2 && seed < 19; seed++) {
    records += (await editRuns({ times: TIMES, seed })).records;
  }
  assert.ok(records >= TIMES / 2, `${records} records`);
});
