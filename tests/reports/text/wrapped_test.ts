import assert from "node:assert/strict";
import { wrapped } from "../../../reports/text/wrapped.ts";

Deno.test("wrapped() breaks text at spaces, and leaves a word that is too long whole", () => {
  assert.deepEqual(wrapped("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrapped("extraordinarily long", 5), [
    "extraordinarily",
    "long",
  ]);
  assert.deepEqual(wrapped("short", 80), ["short"]);
  const lengthOf = (text: string) => 2 * text.length;
  assert.deepEqual(wrapped("one two", 7, { lengthOf }), ["one", "two"]);
});
