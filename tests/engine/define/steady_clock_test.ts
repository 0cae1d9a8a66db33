import assert from "node:assert/strict";
import { steadyClock } from "../../../engine/define/steady_clock.ts";

Deno.test("steadyClock() goes on where a clock is set back", () => {
  const times = [10, 20, 30, 5, 7, 2, 4];
  const clock = steadyClock(() => times.shift() ?? 0);
  assert.deepEqual(
    Array.from({ length: 6 }, clock),
    [20, 30, 30, 32, 32, 34],
  );
});
