import assert from "node:assert/strict";
import { readSyntax } from "../../../engine/keys/syntax.ts";

const AS_CODE = "runs text as code, which no key holds; write the code out";
const BY_IMPORT = "loads code that no key holds; import it";
const AS_WORKER =
  'starts code that no key holds; write new Worker(new URL("./file.ts", import.meta.url))';
const BY_PLACE =
  'leads to files that no key holds; write new URL("./file", import.meta.url)';
const BY_PATH =
  'reads a file that no key holds; write new URL("./file", import.meta.url)';

const REFUSED: readonly (readonly [code: string, what: string, why: string])[] =
  [
    ['eval("1");', 'eval("1")', AS_CODE],
    ['(0, eval)("1");', "eval", AS_CODE],
    ["const e = eval;", "eval", AS_CODE],
    ['eval?.("1");', 'eval?.("1")', AS_CODE],
    ['globalThis.eval("1");', 'globalThis.eval("1")', AS_CODE],
    ['self["eval"]("1");', 'self["eval"]("1")', AS_CODE],
    ['new Function("return 1");', 'new Function("return 1")', AS_CODE],
    ['Function("return 1");', 'Function("return 1")', AS_CODE],
    ["const F = Function;", "Function", AS_CODE],
    ["f({ Function });", "Function", AS_CODE],
    ["(Function) => 1;", "Function", AS_CODE],
    ['(() => {}).constructor("1");', '(() => {}).constructor("1")', AS_CODE],
    ['f.constructor("1");', 'f.constructor("1")', AS_CODE],
    [
      "a = Object.getPrototypeOf(async () => {}).constructor;",
      "Object.getPrototypeOf(async () => {}).constructor",
      AS_CODE,
    ],
    ['require("./a.cjs");', 'require("./a.cjs")', BY_IMPORT],
    ['importScripts("./a.js");', 'importScripts("./a.js")', BY_IMPORT],
    ['self.importScripts("a");', 'self.importScripts("a")', BY_IMPORT],
    [
      'import * as m from "node:module"; m.createRequire(f);',
      'import * as m from "node:module";',
      BY_IMPORT,
    ],
    ['process.dlopen({}, "a");', "dlopen", BY_IMPORT],
    ['process.binding("fs");', 'process.binding("fs")', BY_IMPORT],
    ['process.getBuiltinModule("fs");', "getBuiltinModule", BY_IMPORT],
    ["const { getBuiltinModule: g } = process;", "getBuiltinModule", BY_IMPORT],
    ['new Worker("./a.ts");', 'new Worker("./a.ts")', AS_WORKER],
    ["new Worker(url);", "new Worker(url)", AS_WORKER],
    ["new Worker(new URL(url));", "new Worker(new URL(url))", AS_WORKER],
    [
      'const u = new URL("./a.bin", import.meta.url); new Worker(u);',
      "new Worker(u)",
      AS_WORKER,
    ],
    ["const W = Worker;", "Worker", AS_WORKER],
    ["f(__dirname);", "__dirname", BY_PLACE],
    ["f(__filename);", "__filename", BY_PLACE],
    ['Deno.readTextFile("a.txt");', 'Deno.readTextFile("a.txt")', BY_PATH],
    ["Deno.open(`a/${b}`);", "Deno.open(`a/${b}`)", BY_PATH],
    [
      'const A = "/a.txt"; Deno.readFileSync(A);',
      "Deno.readFileSync(A)",
      BY_PATH,
    ],
    [
      'import { readFileSync as r } from "node:fs"; r("a");',
      'r("a")',
      BY_PATH,
    ],
    [
      'import fs from "node:fs/promises"; fs.readFile("a");',
      'fs.readFile("a")',
      BY_PATH,
    ],
  ];

for (const [code, what, why] of REFUSED) {
  Deno.test(`hiddenAt() refuses ${code}`, () => {
    assert.equal(
      readSyntax(code, "a.js").refusals[0],
      `line 1: ${what} ${why}`,
    );
  });
}

for (
  const name of [
    "child_process",
    "cluster",
    "inspector/promises",
    "module",
    "repl",
    "vm",
    "worker_threads",
  ]
) {
  Deno.test(`hiddenModule() refuses node:${name}`, () => {
    for (const code of [`import "node:${name}";`, `import("node:${name}")`]) {
      assert.deepEqual(readSyntax(code).refusals, [
        `line 1: ${code} ${BY_IMPORT}`,
      ]);
    }
  });
}

Deno.test("hiddenAt() takes words for what they are", () => {
  const { refusals } = readSyntax(`
    import { readFile, writeFile } from "node:fs/promises";
    import { require } from "./require.ts";
    model.eval();
    f(a instanceof Function, a instanceof Worker, typeof Worker === "function");
    Function.prototype.toString.call(f);
    const b = { eval: 1, Function: 2, Worker: 3, require: 4, binding: 5 };
    class C { eval() { return this.constructor === C; } Worker = 1 }
    new a.constructor(a.constructor.name, entry.binding);
    require("a");
    eval: for (;;) break eval;
    await readFile(path);
    await Deno.readTextFile(\`\${folder}/a.txt\`);
    await writeFile("a", b);
    await Deno.readTextFile(new URL("./a.txt", import.meta.url));
    await Deno.writeTextFile("a", "b");
    Deno.inspect("a");
    const { onmessage } = globalThis;
  `.replace(/eval: for.*\n/, ""));
  assert.deepEqual(refusals, []);
});
