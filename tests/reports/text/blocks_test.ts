import assert from "node:assert/strict";
import { blocks } from "../../../reports/text/blocks.ts";

Deno.test("blocks() joins pieces, and gives them again", () => {
  const pieces = Array.from({ length: 1000 }, (_, i) => `${i},`.repeat(100));
  const made = blocks(pieces);
  for (const _ of [1, 2]) {
    const all = [...made];
    assert.equal(all.join(""), pieces.join(""));
    assert.ok(all.length > 1 && all.length < 10, `${all.length}`);
  }
  assert.deepEqual([...blocks([])], []);
});
