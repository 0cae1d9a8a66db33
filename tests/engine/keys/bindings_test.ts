import assert from "node:assert/strict";
import { parse } from "acorn";
import { type Bindings, bindingsOf } from "../../../engine/keys/bindings.ts";
import type { SyntaxNode } from "../../../engine/keys/syntax_node.ts";

function read(text: string): Bindings {
  return bindingsOf(
    parse(text, {
      ecmaVersion: "latest",
      sourceType: "module",
    }) as unknown as SyntaxNode,
  );
}

const name = (name: string) => ({ type: "Identifier", start: 0, end: 0, name });

Deno.test("bindingsOf() finds names wherever they are bound", () => {
  const bindings = read(`
    import a, { b as c } from "x";
    import * as d from "y";
    export const { e, f: [g, ...h], i = 1, ...y } = j;
    export default function k({ l }, ...m) { try { n(); } catch ({ o }) { class p {} } }
    export class q {}
    r = function s() { for (const t of u) v: f(w => w.x); };
  `);
  const found = [..."abcdefghijklmnopqrstuvwxyz"].filter(bindings.has);
  assert.equal(found.join(""), "acdeghiklmopqstwy");
  assert.equal(found.filter(bindings.isTop).join(""), "acdeghikqy");
});

Deno.test("bindingsOf() knows texts of constants and what is imported, while one thing alone has the name", () => {
  const bindings = read(`
    import { a, b as c, "d-e" as e } from "x";
    import f from "y";
    import * as g from "z";
    const i = "I", j = \`J\`, k = \`K\${i}\`, l = 1, m = i;
    export const n = "N";
    let o = "O";
    const p = "P";
    f((p, a) => p);
  `);
  const imported = [..."acefg"].map((one) => bindings.imported(one)?.name);
  assert.deepEqual(imported, [undefined, "b", "d-e", "*", "*"]);
  assert.equal(bindings.imported("c")?.from, "x");
  const texts = [..."ijklmnop"].map((one) => bindings.textOf(name(one)));
  assert.deepEqual(texts, [
    { text: "I", isWhole: true },
    { text: "J", isWhole: true },
    { text: "K", isWhole: false },
    undefined,
    undefined,
    { text: "N", isWhole: true },
    undefined,
    undefined,
  ]);
});
