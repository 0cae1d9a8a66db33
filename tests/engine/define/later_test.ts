import assert from "node:assert/strict";
import { later } from "../../../engine/define/later.ts";

Deno.test("later() loads a module when it is asked for it, once", async () => {
  const code =
    "data:text/javascript,globalThis.loads = (globalThis.loads ?? 0) + 1; export const value = 7;";
  const loads = () => (globalThis as { loads?: number }).loads;
  const module = later<{ readonly value: number }>(code);
  assert.equal(loads(), undefined);
  assert.equal((await module()).value, 7);
  assert.equal((await module()).value, 7);
  assert.equal(loads(), 1);
});
