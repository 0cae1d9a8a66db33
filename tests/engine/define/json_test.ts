import assert from "node:assert/strict";
import { jsonIn, readJson } from "../../../engine/define/json.ts";
import { isJson, isNumber, shapeOf } from "../../../engine/define/shape.ts";

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("jsonIn() gives the value of a text, or of its bytes", () => {
  assert.deepEqual(jsonIn('{"é":[1]}'), { é: [1] });
  assert.deepEqual(jsonIn(encode('{"é":[1]}')), { é: [1] });
});

Deno.test("jsonIn() gives nothing of what is cut off", () => {
  for (const text of ["", '{"a":']) {
    assert.equal(jsonIn(text), undefined);
    assert.equal(jsonIn(encode(text)), undefined);
  }
});

Deno.test("readJson() gives a value only if it has the shape", () => {
  const isMark = shapeOf({ format: isNumber });
  assert.deepEqual(readJson('{"format":1}', isMark), { format: 1 });
  for (const text of ['{"format":"1"}', "null", "{"]) {
    assert.equal(readJson(text, isMark), undefined);
  }
});

Deno.test("readJson() gives nothing of lists in lists without end, which no check gets through", () => {
  const endless = "[".repeat(1e6) + "]".repeat(1e6);
  assert.equal(readJson(endless, isJson), undefined);
});
