import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import data from "../../package.json" with { type: "json" };
import listed from "../../package_files.json" with { type: "json" };
import { pinsOf } from "../../engine/keys/package_files.ts";
import { readPackageLock } from "../../engine/keys/packages.ts";
import { packagesRead } from "../../tools/packages.ts";
import forTests from "../imports.json" with { type: "json" };
import { test } from "../full.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test.inFull("package_files.json has every package that stages read, no other, and what is installed here", async () => {
  const store = await Deno.makeTempDir();
  try {
    const names = await packagesRead(store);
    const lock = await readPackageLock(ROOT);
    const pins = new Map(Object.entries(pinsOf(names, { root: ROOT, lock })));
    const file = new Map(Object.entries(listed));
    const differ = [...new Set([...pins.keys(), ...file.keys()])]
      .filter((name) => pins.get(name) !== file.get(name));
    assert.deepEqual(
      differ,
      [],
      `package_files.json is not of the packages that stages read (deno task packages writes it), or node_modules was altered, in ${differ}`,
    );
  } finally {
    await Deno.remove(store, { recursive: true });
  }
});

Deno.test("tests import every package of deno.json, and files of it, as deno.json does", () => {
  const imports: Readonly<Record<string, string>> = forTests.imports;
  for (const [name, specifier] of Object.entries(config.imports)) {
    // Folders are named from where the file is.
    const expected = specifier.replace(/^\.\//, "../");
    assert.equal(imports[name], expected, "tests/imports.json");
  }
  for (const [name, specifier] of Object.entries(imports)) {
    if (name.endsWith("/")) continue;
    const files = `${specifier.replace("npm:", "npm:/")}/`;
    assert.equal(imports[`${name}/`], files, "tests/imports.json");
  }
});

Deno.test("deno.json says where the packages of package.json are, for code that a store elsewhere has copies of", () => {
  const imports: Readonly<Record<string, string>> = config.imports;
  for (const name of Object.keys(data.dependencies)) {
    const scope = `${name.split("/")[0]}/`;
    assert.equal(imports[scope], `./node_modules/${scope}`, "deno.json");
  }
});

Deno.test("tests run on the packages that deno.lock pins", async () => {
  const packagesIn = async (lock: string) => {
    const { npm } = JSON.parse(await Deno.readTextFile(join(ROOT, lock)));
    return new Map<string, { readonly integrity: string }>(Object.entries(npm));
  };
  const inTests = await packagesIn("tests/deno.lock");
  for (const [id, { integrity }] of await packagesIn("deno.lock")) {
    assert.equal(
      inTests.get(id)?.integrity,
      integrity,
      `tests/deno.lock: ${id}`,
    );
  }
});
