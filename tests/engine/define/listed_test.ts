import assert from "node:assert/strict";
import { listed, someOf } from "../../../engine/define/listed.ts";

Deno.test("listed() puts commas between names, and an `and` before the last", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["a"]), "a");
  assert.equal(listed(["a", "b"]), "a and b");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
});

Deno.test("someOf() names the first, and counts the others", () => {
  assert.equal(someOf(["a", "b"], 2), "a and b");
  assert.equal(someOf(["a", "b", "c", "d"], 2), "a, b and 2 more");
});
