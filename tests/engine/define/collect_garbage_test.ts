import assert from "node:assert/strict";
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { collectGarbage } from "../../../engine/define/collect_garbage.ts";

Deno.test("collectGarbage() frees what nothing holds, twice", async () => {
  for (let i = 0; i < 2; i++) {
    const dead = new WeakRef({});
    await turnOfEventLoop(); // a WeakRef holds its target until the job ends
    collectGarbage();
    assert.equal(dead.deref(), undefined);
  }
});
