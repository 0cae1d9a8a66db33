import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type CodeReader, codeReader } from "../../../engine/keys/code.ts";
import { digestOf } from "../../../engine/define/hash.ts";
import { factsCache } from "../../../engine/keys/facts_cache.ts";
import { storeFiles } from "../../../engine/store/store_files.ts";
import { readSyntax } from "../../../engine/keys/syntax.ts";

const lock = { versionOf: (name: string) => `${name} 1` };

function readerOf(root: string): CodeReader {
  return codeReader(root, { lock, cache: factsCache(storeFiles(root)) });
}

async function withFiles(
  files: Readonly<Record<string, string>>,
  test: (root: string, url: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    await test(root, pathToFileURL(join(root, "a.ts")).href);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("closureOf() follows imports and assets, round circles, and stops at packages", () =>
  withFiles({
    "a.ts": 'import "./b/b.ts";\nimport "zod/v4";\nimport "node:fs";',
    "b/b.ts": 'import "../a.ts";\nnew URL("./c.bin", import.meta.url);',
    "b/c.bin": "bytes",
    "unrelated.ts": "x",
  }, async (root, url) => {
    const closure = await readerOf(root).closureOf(url);
    assert.deepEqual(Object.keys(closure.files), ["a.ts", "b/b.ts", "b/c.bin"]);
    assert.equal(
      closure.files["b/c.bin"],
      digestOf(new TextEncoder().encode("bytes")),
    );
    assert.equal(
      closure.files["a.ts"],
      readSyntax(await Deno.readTextFile(join(root, "a.ts"))).digest,
    );
    assert.deepEqual(closure.packages, { zod: "zod 1" });
  }));

Deno.test("closureOf() follows what is loaded later, with its packages", () =>
  withFiles({
    "a.ts": `
      import { later } from "./define/later.ts";
      later<typeof import("./b.ts")>(import.meta.resolve("./b.ts"));
    `,
    "define/later.ts": "f();",
    "b.ts": 'import "./c.ts";\nimport "zod";',
    "c.ts": "f();",
  }, async (root, url) => {
    const { files, packages } = await readerOf(root).closureOf(url);
    assert.deepEqual(Object.keys(files), [
      "a.ts",
      "b.ts",
      "c.ts",
      "define/later.ts",
    ]);
    assert.equal(
      files["c.ts"],
      readSyntax(await Deno.readTextFile(join(root, "c.ts"))).digest,
    );
    assert.deepEqual(packages, { zod: "zod 1" });
  }));

Deno.test("closureOf() of a new reader sees an edit that keeps size and time of modification", () =>
  withFiles({ "a.ts": "f(1);" }, async (root, url) => {
    const path = join(root, "a.ts");
    const { mtime } = await Deno.stat(path);
    const before = await readerOf(root).closureOf(url);
    for (const n of [2, 3, 4, 5]) {
      await Deno.writeTextFile(path, `f(${n});`);
      await Deno.utime(path, 0, mtime ?? 0);
      const after = await readerOf(root).closureOf(url);
      assert.equal(after.files["a.ts"], readSyntax(`f(${n});`).digest);
      assert.notDeepEqual(after, before);
    }
  }));

Deno.test("closureOf() names the file that is missing and the one that names it", () =>
  withFiles({ "a.ts": 'import "./gone.ts";' }, async (root, url) => {
    await assert.rejects(readerOf(root).closureOf(url), {
      name: "SyntaxError",
      message:
        'Cannot read the code of "gone.ts", named by "a.ts": there is no such file',
    });
  }));

Deno.test("closureOf() refuses a folder", () =>
  withFiles(
    { "a.ts": 'new URL("./b/", import.meta.url);', "b/c": "" },
    async (root, url) => {
      await assert.rejects(readerOf(root).closureOf(url), {
        message:
          'Cannot read the code of "b", named by "a.ts": it is a folder, and a key can only hold files',
      });
    },
  ));

Deno.test("closureOf() names the line of what no key can follow, and the way out", () =>
  withFiles({
    "a.ts": 'import "./b.ts";',
    "b.ts": "// A comment.\nexport const b = import.meta.dirname;",
  }, async (root, url) => {
    await assert.rejects(readerOf(root).closureOf(url), {
      name: "SyntaxError",
      message:
        'Cannot read the code of "b.ts", named by "a.ts": line 2: import.meta.dirname leads to files that no key holds; write new URL("./file", import.meta.url)',
    });
  }));

Deno.test("closureOf() names the line of what types cannot be taken from", () =>
  withFiles({
    "a.ts": 'import "./b.ts";',
    "b.ts": "// A comment.\nexport enum Kind { A }",
  }, async (root, url) => {
    await assert.rejects(readerOf(root).closureOf(url), {
      message:
        'Cannot read the code of "b.ts", named by "a.ts": line 2: TypeScript enum is not supported in strip-only mode, in which types alone are taken away; write it as JavaScript has it (no enum, namespace or parameter property)',
    });
  }));

for (const file of ["a.tsx", "a.jsx", "a.cjs", "a.wasm", "a"]) {
  Deno.test(`closureOf() refuses to begin at ${file}`, () =>
    withFiles({ [file]: "f();" }, async (root) => {
      const { href } = pathToFileURL(join(root, file));
      await assert.rejects(readerOf(root).closureOf(href), {
        name: "SyntaxError",
        message:
          `Cannot read the code of "${file}": a key can only hold the code of .ts, .mts, .js and .mjs files; use one of these`,
      });
    }));
}

Deno.test("closureOf() reads one text as JavaScript or as TypeScript, as the name of its file says", () =>
  withFiles({
    "a.ts": 'import "./b.js"; import "./c.ts";',
    "b.js": "f(a < b, c > (d));",
    "c.ts": "f(a < b, c > (d));",
  }, async (root, url) => {
    const { files } = await readerOf(root).closureOf(url);
    assert.notEqual(files["b.js"], files["c.ts"]);
  }));

Deno.test("closureOf() takes all of that from the engine, which is given what counts where it is named", async () => {
  const url = import.meta.resolve("../../../engine/define/later.ts");
  const root = dirname(fileURLToPath(url));
  const lock = { versionOf: () => "" };
  const folder = await Deno.makeTempDir();
  try {
    const cache = factsCache(storeFiles(folder));
    const { files } = await codeReader(root, { lock, cache }).closureOf(url);
    assert.deepEqual(Object.keys(files), ["later.ts"]);
    // The same text is refused where it is not the engine's.
    const copy = join(folder, "later.ts");
    await Deno.copyFile(fileURLToPath(url), copy);
    await assert.rejects(
      codeReader(folder, { lock, cache }).closureOf(pathToFileURL(copy).href),
      SyntaxError,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("closureOf() names the file that does not parse", () =>
  withFiles({ "a.ts": "const = 1;" }, async (root, url) => {
    await assert.rejects(
      readerOf(root).closureOf(url),
      /^SyntaxError: Cannot read the code of "a\.ts": /,
    );
  }));
