import assert from "node:assert/strict";
import { editRuns } from "./edit_rounds.ts";

/** `deno task bench:edits --times 200` does it more often. */
const TIMES = 12;

Deno.test("an edit at any moment of a run, or of its wait for another, is in the key and in the value, or in neither", async () => {
  const { records } = await editRuns({ times: TIMES, seed: 16 });
  // A few edits may all come before the first record.
  assert.ok(records >= TIMES / 2, `${records} records`);
});
