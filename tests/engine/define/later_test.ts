import assert from "node:assert/strict";
import { later, requireLater } from "../../../engine/define/later.ts";

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

Deno.test("requireLater() loads a package at once when it is asked for it", () => {
  const cephes = requireLater<{ ndtr(x: number): number }>(
    import.meta.resolve("cephes"),
  );
  assert.equal(cephes().ndtr(0), 0.5);
  assert.throws(requireLater("file:///nowhere/a.js"), /Cannot find module/);
});
