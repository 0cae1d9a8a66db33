import assert from "node:assert/strict";
import { unreachable } from "../../../engine/define/unreachable.ts";

Deno.test("unreachable() names the value", () => {
  assert.throws(() => unreachable("x" as never), {
    message: 'Cannot handle "x": no case for it',
  });
});
