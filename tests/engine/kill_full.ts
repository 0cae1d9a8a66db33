import assert from "node:assert/strict";
import { killRuns } from "./kill_rounds.ts";

/** `deno task bench:kill --times 200` does it more often. */
const TIMES = 20;

Deno.test("a run killed at any moment leaves a store that the next one uses, repeating no recorded stage", async () => {
  const { resumed } = await killRuns({ times: TIMES, seed: 8 });
  assert.ok(resumed >= 1, "some training goes on from its checkpoint");
});
