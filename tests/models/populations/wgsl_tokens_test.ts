import assert from "node:assert/strict";
import {
  closingOf,
  compactText,
  meaningful,
  splitAtCommas,
  tokensOf,
} from "../../../models/populations/wgsl_tokens.ts";

const texts = (code: string) =>
  meaningful(tokensOf(code)).map(({ text }) => text);

Deno.test("tokensOf() tells names from numbers and marks when they touch", () => {
  assert.deepEqual(
    texts("x1=1.5e-3f*0x1Fu-.5+größe;"),
    ["x1", "=", "1.5e-3f", "*", "0x1Fu", "-", ".5", "+", "größe", ";"],
  );
});

Deno.test("tokensOf() leaves out comments when they nest or end the program", () => {
  assert.deepEqual(texts("a/* b /* c */ d */e // f\ng // h"), ["a", "e", "g"]);
  assert.deepEqual(texts("a /* never closed"), ["a"]);
});

Deno.test("tokensOf() loses nothing else when its texts are joined again", () => {
  const code = "fn f(a: vec2<array<f32>>) -> i32 { return a[0] >> 1u; }\n";
  assert.equal(compactText(tokensOf(code)), code);
});

Deno.test("closingOf() finds the bracket when others of its kind lie between", () => {
  const tokens = tokensOf("x[a[i]+(b)]]");
  assert.equal(closingOf(tokens, 1), 10);
  assert.equal(closingOf(tokensOf("(()"), 0), -1);
});

Deno.test("splitAtCommas() splits outside brackets alone when some have commas", () => {
  const parts = splitAtCommas(meaningful(tokensOf("a: m<b, c>, d(e, f),")));
  assert.deepEqual(parts.map(compactText), ["a:m<b,c>", "d(e,f)"]);
  assert.deepEqual(splitAtCommas([]), []);
});
