import assert from "node:assert/strict";
import { isThisMachine, thisMachine } from "../../../engine/store/machine.ts";

Deno.test("isThisMachine() goes by what both know", () => {
  const [name = "", id = ""] = thisMachine().split("/");
  for (const part of [`${name}/${id}`, `/${id}`, `${name}/`, "/"]) {
    assert.equal(isThisMachine(part), true, part);
  }
  assert.ok(name + id, "at least one is known here");
  assert.equal(isThisMachine(`x${name}/x${id}`), false);
});
