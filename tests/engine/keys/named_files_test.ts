import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readSyntax } from "../../../engine/keys/syntax.ts";
import { test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

/** What is refused, without the line and the way out. */
function refused(text: string): readonly string[] {
  return readSyntax(text).refusals.map((refusal) =>
    refusal.replace(/^line \d+: /, "").replace(/;(?=[^;]*$).*/, "")
  );
}

Deno.test("namedFiles() tells code from files that are read as they are", () => {
  const { imports, assets, refusals } = readSyntax(`
    import { later, requireLater as load } from "../engine/define/later.ts";
    import a from "./a.ts";
    import { type B } from "./b.ts"; // is evaluated, with verbatimModuleSyntax
    import type { C } from "./c.ts";
    import d from "./d.json" with { type: "json" };
    import t from "./t.txt" with { type: "text" };
    export * from "./e.mts";
    export { f } from "package/f";
    const n = "./n.js";
    export const p: string = "./p.bin";
    const g = await import("./g.ts?b=1#c");
    const h = await import(\`@scope/h/\${g}\`);
    const i = new URL("./i.wasm", import.meta.url);
    const j = new URL(".", import.meta.resolve("package/j"));
    const k = import.meta.resolve("./k.bin");
    const l = new URL("https://example.com/", import.meta.url);
    const m = [await import(n), new URL(p, import.meta.url)];
    const o = new URL("o.bin", import.meta.url);
    const y = new URL("\\\\y.bin", import.meta.url); // the same as /y.bin
    const z = new Worker(new URL("z.ts", import.meta.url));
    const q = [new URL(g), new URL(a, "https://example.com/")];
    const r = new Worker(new URL("./r.ts", import.meta.url), { type: "module" });
    const s = new Worker(import.meta.resolve("./s.ts"));
    const u = [later(import.meta.resolve("./u.ts")), load(import.meta.resolve("u"))];
    const v = await import(import.meta.resolve("./v.ts"));
    const w = { module: import.meta.resolve("./w.ts"), file: import.meta.resolve("./w.bin") };
    const x = await import("./x.json", { with: { type: "json" } });
  `);
  assert.deepEqual(refusals, []);
  assert.deepEqual(imports, [
    "../engine/define/later.ts",
    "./a.ts",
    "./b.ts",
    "./e.mts",
    "./g.ts?b=1#c",
    "./n.js",
    "./r.ts",
    "./s.ts",
    "./u.ts",
    "./v.ts",
    "./w.ts",
    "./z.ts",
    "@scope/h/",
    "package/f",
    "package/j",
    "u",
  ]);
  assert.deepEqual(assets, [
    "./d.json",
    "./i.wasm",
    "./k.bin",
    "./p.bin",
    "./t.txt",
    "./w.bin",
    "./x.json",
    "\\y.bin",
    "o.bin",
  ]);
});

const IMPORTS = 'import { define, defineTask, definePipeline } from "a";';

Deno.test("namedFiles() lets a module say where it lies to what names it for a key", () => {
  assert.deepEqual(
    refused(`${IMPORTS}
      export const a = define(import.meta.url, "a", {});
      export const b = defineTask({ module: import.meta.url, name: "b" });
      export const c = definePipeline({ module: import.meta.url });
      if (import.meta.main) a();
    `),
    [],
  );
});

for (
  const code of [
    "import.meta.dirname",
    "import.meta.filename",
    'import.meta["dirname"]',
    "import.meta.url",
    "import.meta.resolve",
  ]
) {
  for (
    const use of [
      `const here = ${code};`,
      `f(${code});`,
      `a = { here: ${code} };`,
      `const { length } = ${code};`,
      `new URL(${code});`,
      `(resolve = ${code}) => resolve("./a.json");`,
      `define(${code}, "a", {});`, // one of its own
      `${IMPORTS} f({ module: ${code} });`,
      `${IMPORTS} defineTask({ name: ${code} });`,
      `${IMPORTS} (define) => define(${code});`,
      `const URL = f; new URL("./a.json", ${code});`,
    ]
  ) {
    Deno.test(`namedFiles() refuses ${code} in ${use}`, () => {
      assert.ok(
        refused(use).includes(`${code} leads to files that no key holds`),
      );
    });
  }
}

Deno.test("namedFiles() refuses to have import.meta taken apart", () => {
  for (const use of ["const { dirname } = import.meta;", "f(import.meta);"]) {
    assert.deepEqual(refused(use), [
      "import.meta leads to files that no key holds",
    ]);
  }
});

Deno.test("namedFiles() refuses what is beside an address that only running tells", () => {
  for (
    const code of [
      'new URL("./a.json", here)',
      "new URL(name, here)",
      'new URL("./a.json", import.meta.resolve("./b.json"))',
      'new URL("./a.json", "file:///b/")',
      'new URL("file:///a.json")',
      'new URL("file:///a.json", import.meta.url)',
      'new URL("//a/b.json", import.meta.url)',
      'URL.parse("./a.json", here)',
    ]
  ) {
    assert.deepEqual(refused(`f(${code});`), [
      `${code} leads to files that no key holds`,
    ]);
  }
});

const UNKNOWN = "names something that is known only when it runs";
const CALLS = [
  "import(A)",
  "import.meta.resolve(A)",
  "new URL(A, import.meta.url)",
];

Deno.test("namedFiles() refuses what names something that is known only when it runs", () => {
  for (const call of [...CALLS, "URL.parse(A, import.meta.url)"]) {
    for (const name of ["f()", "a", '"./c" + ".ts"', "`./${a}.ts`", "`${a}`"]) {
      const code = call.replace("A", name);
      assert.deepEqual(refused(`${code};`), [`${code} ${UNKNOWN}`]);
    }
  }
});

Deno.test("namedFiles() takes a name for a constant only if nothing else is called so", () => {
  for (const call of CALLS) {
    for (
      const code of [
        `const A = "./a.json"; (A) => ${call};`,
        `const A = "./a.json"; ({ a: [{ A }] }) => ${call};`,
        `const A = "./a.json"; function f(...[A = 1]) { ${call}; }`,
        `const A = "./a.json"; { let A = b; ${call}; }`,
        `const A = "./a.json"; for (const A of b) ${call};`,
        `const A = "./a.json"; try { f(); } catch (A) { ${call}; }`,
        `const A = "./a.json"; a = function A() { ${call}; };`,
        `const A = "./a.json"; a = class A { b = ${call}; };`,
        `let A = "./a.json"; ${call};`,
        `var A = "./a.json"; ${call};`,
        `{ const A = "./a.json"; } ${call};`,
        `import A from "a"; ${call};`,
      ]
    ) {
      assert.ok(refused(code).includes(`${call} ${UNKNOWN}`), code);
    }
  }
});

Deno.test("namedFiles() refuses to load later what only running tells", () => {
  const from = 'import { later as l } from "../engine/define/later.ts";';
  for (const use of ["l(url)", 'l("./a.ts")', "f(l)", "l(import.meta.url)"]) {
    assert.ok(refused(`${from} ${use};`).includes(`${use} ${UNKNOWN}`), use);
  }
  for (
    const code of [
      'export { later } from "../engine/define/later.ts";',
      'export * from "../engine/define/later.ts";',
      'import("../engine/define/later.ts")',
    ]
  ) assert.deepEqual(refused(code), [`${code} ${UNKNOWN}`]);
  assert.deepEqual(refused(`${from} (l) => l("./a.ts");`), [
    `${from} ${UNKNOWN}`,
  ]);
});

Deno.test("namedFiles() refuses code of a kind that a key does not read", () => {
  for (
    const file of [
      "a.tsx",
      "a.jsx",
      "a.cjs",
      "a.cts",
      "a.wasm",
      "a",
      "a.json",
      "a%2Ejs.x",
    ]
  ) {
    for (
      const code of [
        `import "./${file}";`,
        `export * from "./${file}";`,
        `import("./${file}")`,
        `new URL("./${file}", import.meta.url)`,
      ]
    ) {
      const use = code.startsWith("new") ? `new Worker(${code});` : code;
      assert.deepEqual(refused(use), [
        `${code} runs what is no .ts, .mts, .js or .mjs, and a key reads no other code`,
      ]);
    }
  }
});

Deno.test("namedFiles() refuses to have a module read as text, of which the key has only what it does", () => {
  for (
    const file of [
      "a.ts",
      "a.TS",
      "a.mjs",
      "a.tsx",
      "a.cjs",
      "a%2Ets",
      "a.ts?b",
    ]
  ) {
    for (
      const code of [
        `new URL("./${file}", import.meta.url)`,
        `import.meta.resolve("./${file}")`,
        `import a from "./${file}" with { type: "text" };`,
        `import("./${file}", { with: { type: "text" } })`,
      ]
    ) {
      const [text] = refused(`${code}`);
      assert.equal(
        text,
        `${code} reads the text of a module, of which a key holds only what it does`,
      );
    }
  }
});

Deno.test("namedFiles() refuses to read the module itself", () => {
  for (
    const name of ["", "?", "?a", "#", "#a.txt", " ", "\\t", "./a/..//../a.ts"]
  ) {
    const code = `new URL("${name}", import.meta.url)`;
    assert.deepEqual(refused(`Deno.readTextFileSync(${code})`), [
      `${code} reads the text of a module, of which a key holds only what it does`,
    ]);
  }
});

Deno.test("namedFiles() refuses code from elsewhere than packages of deno.json", () => {
  for (
    const specifier of [
      "https://example.com/a.ts",
      "data:text/javascript,1",
      "blob:null/1",
      "jsr:@a/b",
      "npm:a@1",
      "file:///a.ts",
      "/a.ts",
      "#a",
      "NODE:fs",
    ]
  ) {
    for (
      const code of [
        `import "${specifier}";`,
        `export * from "${specifier}";`,
        `import("${specifier}")`,
        `import.meta.resolve("${specifier}")`,
      ]
    ) {
      assert.deepEqual(refused(code), [
        `${code} is code that no key holds`,
      ]);
    }
  }
});

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ROOMS = [
  "data",
  "models",
  "pipelines",
  "provenance",
  "publishing",
  "reports",
  "shifts",
  "stats",
  "tasks",
];

/** Modules that are compiled to WebAssembly. */
const SKIPPED = /^models\/kernels\/wasm\/assembly\//;

function modulesIn(folder: string): readonly string[] {
  return filesBelow(`${ROOT}${folder}`).map((path) => `${folder}/${path}`)
    .filter((path) => path.endsWith(".ts") && !SKIPPED.test(path));
}

function refusalsIn(path: string): readonly string[] {
  const { refusals } = readSyntax(
    Deno.readTextFileSync(`${ROOT}${path}`),
    path,
  );
  return refusals.map((refusal) => `${path} ${refusal}`);
}

test.inFull("namedFiles() can follow all that this project's results and pages are made by", () => {
  const modules = ROOMS.flatMap((room) => modulesIn(room));
  assert.ok(modules.length > 200);
  assert.deepEqual(modules.flatMap(refusalsIn), []);
});

Deno.test("a key follows the part of the engine that tasks are written with, but for four modules", () => {
  const exempt = modulesIn("engine/define")
    .filter((path) => refusalsIn(path).length > 0);
  assert.deepEqual(exempt.sort(), [
    "engine/define/collect_garbage.ts", // asks V8 for a function
    "engine/define/engine_folder.ts", // says where the engine lies, for workers
    "engine/define/later.ts", // loads what is named where it is called
    "engine/define/pinned_file.ts", // reads what is known by its digest
  ]);
});
