import assert from "node:assert/strict";
import { listed } from "../../../engine/define/listed.ts";

Deno.test("listed() puts commas between names, and an `and` before the last", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a"]), "a");
  assert.equal(listed(["a", "b"]), "a and b");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
});
