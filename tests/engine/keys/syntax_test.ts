import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readSyntax } from "../../../engine/keys/syntax.ts";
import { inFull, test } from "../../full.ts";
import { filesBelow } from "../../files_below.ts";

function same(a: string, b: string): boolean {
  return readSyntax(a).digest === readSyntax(b).digest;
}

/** A module that defines something with these parts. */
function defining(parts: string, from = "../engine/define/definition.ts") {
  return `import { define } from "${from}";
export const a = define(import.meta.url, "a", { ${parts} });`;
}

const SAME: readonly (readonly [what: string, a: string, b: string])[] = [
  ["comments", "f(1);", "/* a */ f( // b\n 1);"],
  ["quotes and semicolons", 'a("x");\nb()', "a('x'); b();;"],
  ["types of variables", "const a = 1;", "const a: number = 1 as number;"],
  ["type aliases", "f();", "type A = 1;\nf();"],
  [
    "type aliases in a function",
    "() => { f(); };",
    "() => { type A = 1; f(); };",
  ],
  [
    "type aliases in a case",
    "switch (a) { case 1: f(); }",
    "switch (a) { case 1: type A = 1; f(); }",
  ],
  ["interfaces", "f();", "interface A { a: 1 }\nexport interface B {}\nf();"],
  ["generics", "f(g);", "f<string>(g satisfies unknown);"],
  [
    "overloads",
    "function f(a) {}",
    "function f(a: 1): void;\nfunction f(a: any): void {}",
  ],
  [
    "abstract members",
    "class A { b() {} }",
    "abstract class A { abstract c(): void; b(): void {} declare d: 1 }",
  ],
  [
    "type imports",
    'import { a } from "./a.ts";',
    'import type { B } from "./b.ts";\nimport { a, type C } from "./a.ts";',
  ],
  [
    "type exports",
    "const a = 1;",
    "const a = 1;\nexport { type B };\nexport type { C };",
  ],
  [
    "order of imported names",
    'import { z, a } from "x";\nexport { c, b } from "y";',
    'import { a, z } from "x";\nexport { b, c } from "y";',
  ],
  [
    "places of imports",
    'import { a } from "x";\nimport "y";\nf();',
    'f();\nimport { a } from "x";\nimport "y";',
  ],
  [
    "imports of a module that has run",
    'import { a } from "x";\nimport "y";\nimport { b } from "x";',
    'import { b } from "x";\nimport { a } from "x";\nimport "y";',
  ],
  [
    "quoted names",
    "const a = { b: 1, 2: 3 };",
    'const a = { "b": 1, "2": 3 };',
  ],
  [
    "quoted methods",
    "class A { b = 1; c() {} }",
    "class A { 'b' = 1; 'c'() {} }",
  ],
  ["numbers", "f(1000, 16, 0.5);", "f(1e3, 0x10, .5);"],
  [
    "braces",
    "if (a) b(); else for (;;) c();",
    "if (a) { b(); } else { for (;;) { c(); } }",
  ],
  ["trailing commas and parentheses", "f(a, (b), [c]);", "f((a), b, [c,],);"],
  [
    "texts for readers",
    defining('title: "A", description: "a"'),
    defining('title: "B", "description": `b`'),
  ],
];
for (const [what, a, b] of SAME) {
  Deno.test(`readSyntax() gives one digest for other ${what}`, () => {
    assert.ok(same(a, b));
  });
}

const OTHER: readonly (readonly [what: string, a: string, b: string])[] = [
  ["numbers", "f(1);", "f(2);"],
  ["strings", 'f("1");', "f(1);"],
  ["infinite numbers", "f(1e999);", "f(null);"],
  ["big integers", "f(1n);", 'f("1n");'],
  ["patterns", "f(/a/g);", "f(/a/i);"],
  ["raw templates", "f`\\n`;", "f`\n`;"],
  ["names", "const a = 1;", "const b = 1;"],
  ["operators", "a ?? b;", "a || b;"],
  ["optional chains", "(a?.b).c;", "a?.b.c;"],
  ["order of statements", "f(); g();", "g(); f();"],
  ["order of fields", "({ a: 1, b: 2 });", "({ b: 2, a: 1 });"],
  ["computed names", "({ a: 1 });", "({ [a]: 1 });"],
  [
    "imported names",
    'import { a as b } from "x";',
    'import { b as a } from "x";',
  ],
  ["imported modules", 'import { a } from "x";', 'import { a } from "y";'],
  ["modules imported for their effect", "f();", 'import {} from "x";\nf();'],
  [
    "order of modules imported for their effect",
    'import "x";\nimport "y";',
    'import "y";\nimport "x";',
  ],
  [
    "order of modules with names",
    'import { a } from "x";\nimport { b } from "y";',
    'import { b } from "y";\nimport { a } from "x";',
  ],
  [
    "order of imports and what is exported from modules",
    'import "x";\nexport * from "y";\nexport { a } from "z";',
    'export * from "y";\nimport "x";\nexport { a } from "z";',
  ],
  [
    "dangling else",
    "if (a) { if (b) c(); } else d();",
    "if (a) { if (b) c(); else d(); }",
  ],
  ["async", "async () => {};", "() => {};"],
  ["fields of a class", "class A {}", "class A { b?: number }"],
  ["names of definitions", defining('name: "a"'), defining('name: "b"')],
  ["parts of definitions", defining('title: "a"'), defining("")],
  [
    "parts of parts of definitions",
    defining('options: { title: "a" }'),
    defining('options: { title: "b" }'),
  ],
  [
    "texts for readers that are reckoned",
    defining("title: f(1)"),
    defining("title: f(2)"),
  ],
  [
    "texts for what else is called define",
    defining('title: "a"', "x"),
    defining('title: "b"', "x"),
  ],
];
for (const [what, a, b] of OTHER) {
  Deno.test(`readSyntax() gives two digests for other ${what}`, () => {
    assert.ok(!same(a, b));
  });
}

Deno.test("readSyntax() tells what a module names, and in which line is what no key can follow", () => {
  const { imports, assets, refusals } = readSyntax(`import { z } from "zod";
    import a from "./b.ts";
    import c from "./a.ts";
    type A = 1;
    new URL("./d.bin", import.meta.url);
    f(import.meta
      .dirname);
    export const g = (url: string) => import(url);
  `);
  assert.deepEqual(imports, ["./a.ts", "./b.ts", "zod"]);
  assert.deepEqual(assets, ["./d.bin"]);
  assert.deepEqual(
    refusals.map((text) => text.replace(/ (names|leads).*/, "")),
    [
      "line 6: import.meta .dirname",
      "line 8: import(url)",
    ],
  );
});

Deno.test("readSyntax() repeats no more than the start of what it refuses", () => {
  const [refusal] = readSyntax(`import("./${"a".repeat(90)}" + b);`).refusals;
  assert.match(refusal ?? "", /^line 1: import\("\.\/a{50}… names /);
});

Deno.test("readSyntax() sees a comparison in JavaScript where TypeScript has types", () => {
  const [a, b] = ["f(a < b, c > (d));", "f(a < x, y > (d));"] as const;
  assert.equal(readSyntax(a, "a.ts").digest, readSyntax(b, "a.ts").digest);
  for (const path of ["a.js", "a.mjs"]) {
    assert.notEqual(readSyntax(a, path).digest, readSyntax(b, path).digest);
  }
  assert.throws(() => readSyntax("const a: number = 1;", "a.js"), SyntaxError);
});

Deno.test("readSyntax() throws on what does not parse", () => {
  assert.throws(() => readSyntax("const = 1;"), SyntaxError);
});

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** Real modules, of every kind of code that the repository has. */
function* realFiles(): Generator<string> {
  for (const folder of ["engine", "stats", "tests/engine"]) {
    yield* modulesBelow(`${REPOSITORY}${folder}`);
  }
}

function modulesBelow(folder: string): readonly string[] {
  return filesBelow(folder).filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path}`);
}

const STYLES: readonly (readonly string[])[] = [
  ...inFull(
    ["--line-width=40"],
    ["--line-width=200"],
    ["--no-semicolons=true", "--single-quote=true"],
  ),
  [
    "--use-tabs=true",
    "--indent-width=8",
    "--line-width=60",
    "--single-quote=true",
  ],
];

test.inFull("readSyntax() gives one digest for real files in any style of deno fmt", async () => {
  const folder = await Deno.makeTempDir();
  const files = [...realFiles()];
  assert.ok(files.length > 20);
  for (const style of STYLES) {
    const copies = files.map((path, i) => {
      const copy = `${folder}/${i}.ts`;
      Deno.writeTextFileSync(
        copy,
        `\n\n// A comment\n${Deno.readTextFileSync(path)}\n\n`,
      );
      return [path, copy] as const;
    });
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--no-config", ...style, folder],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    for (const [path, copy] of copies) {
      const [before, after] = [path, copy].map((file) =>
        Deno.readTextFileSync(file)
      );
      assert.notEqual(before, after);
      assert.ok(
        same(before ?? "", after ?? ""),
        `${path} in ${style.join(" ")}`,
      );
    }
  }
  await Deno.remove(folder, { recursive: true });
});

test.inFull("readSyntax() gives one digest for real files with their imports in another place", () => {
  let moved = 0;
  for (const path of realFiles()) {
    if (path.startsWith(`${REPOSITORY}tests/`)) continue; // modules in strings have imports too
    const text = Deno.readTextFileSync(path);
    const imports = text.match(/^import [^;`]*;\n/gm) ?? [];
    const rest = imports.reduce((left, line) => left.replace(line, ""), text);
    const other = [rest, ...imports].join("");
    if (other !== text) moved++;
    assert.ok(same(text, other), path);
  }
  assert.ok(moved > 10);
});
