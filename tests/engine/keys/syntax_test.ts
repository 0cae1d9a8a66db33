import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readSyntax } from "../../../engine/keys/syntax.ts";

function same(a: string, b: string): boolean {
  return readSyntax(a).digest === readSyntax(b).digest;
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
    "order of imports",
    'import { b, a } from "x";\nimport { c } from "y";\nf();',
    'import { c } from "y";\nimport { a, b } from "x";\nf();',
  ],
  [
    "order of names and imports",
    'import { z, a } from "y";\nimport { m } from "x";',
    'import { m } from "x";\nimport { a, z } from "y";',
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
    "dangling else",
    "if (a) { if (b) c(); } else d();",
    "if (a) { if (b) c(); else d(); }",
  ],
  ["async", "async () => {};", "() => {};"],
  ["fields of a class", "class A {}", "class A { b?: number }"],
];
for (const [what, a, b] of OTHER) {
  Deno.test(`readSyntax() gives two digests for other ${what}`, () => {
    assert.ok(!same(a, b));
  });
}

Deno.test("readSyntax() lists what a module imports and names", () => {
  const { imports, assets, unknown } = readSyntax(`
    const n = "./n.ts", o = import.meta.resolve("./o.ts");
    export const p: string = "./p.bin";
    import a from "./a.ts";
    import { type B } from "./b.ts"; // is evaluated, with verbatimModuleSyntax
    import type { C } from "./c.ts";
    import d from "./d.json" with { type: "json" };
    export * from "./e.ts";
    export { f } from "package/f";
    const g = await import("./g.ts");
    const h = await import(\`@scope/h/\${g}\`);
    const i = new URL("./i.wasm", import.meta.url);
    const j = import.meta.resolve("package/j");
    const k = import.meta.resolve("./k.bin");
    const l = new URL("https://example.com/", import.meta.url);
    const m = await import(n);
    const q = [await import(o), new URL(p, import.meta.url)];
    const r = [new URL(g), new URL(a, "https://example.com/")];
  `);
  assert.deepEqual(imports, [
    "./a.ts",
    "./b.ts",
    "./d.json",
    "./e.ts",
    "./g.ts",
    "./n.ts",
    "@scope/h/",
    "package/f",
    "package/j",
  ]);
  assert.deepEqual(assets, ["./i.wasm", "./k.bin", "./o.ts", "./p.bin"]);
  assert.deepEqual(unknown, []);
});

Deno.test("readSyntax() lists what names something that is known only when it runs", () => {
  const { imports, assets, unknown } = readSyntax(`
    let a = "./a.ts";
    const b = f("./b.ts");
    await import(a);
    import.meta.resolve(b);
    export const g = (url: string) => new URL(url, import.meta.url);
    await import("./c" + ".ts");
  `);
  assert.deepEqual([imports, assets], [[], []]);
  assert.deepEqual(unknown, [
    "import(a)",
    "import.meta.resolve(b)",
    "new URL(url, import.meta.url)",
    'import("./c" + ".ts")',
  ]);
});

Deno.test("readSyntax() refuses a file name that is built at run time", () => {
  assert.throws(() => readSyntax("await import(`./${a}.ts`);"), {
    name: "SyntaxError",
    message:
      'Cannot tell which file "./…" names: the rest is known only when it runs',
  });
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

function* modulesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* modulesBelow(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

const STYLES: readonly (readonly string[])[] = [
  ["--line-width=40"],
  ["--line-width=200"],
  ["--no-semicolons=true", "--single-quote=true"],
  [
    "--use-tabs=true",
    "--indent-width=8",
    "--line-width=60",
    "--single-quote=true",
  ],
];

Deno.test("readSyntax() gives one digest for real files in any style of deno fmt", async () => {
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

Deno.test("readSyntax() gives one digest for real files with their imports in another order", () => {
  let moved = 0;
  for (const path of realFiles()) {
    if (path.startsWith(`${REPOSITORY}tests/`)) continue; // modules in strings have imports too
    const text = Deno.readTextFileSync(path);
    const imports = text.match(/^import [^;`]*;\n/gm) ?? [];
    const rest = imports.reduce((left, line) => left.replace(line, ""), text);
    // Most are in order as they stand; the reverse is not.
    const other = [...imports.toReversed(), rest].join("");
    if (other !== text) moved++;
    assert.ok(same(text, other), path);
  }
  assert.ok(moved > 10);
});
