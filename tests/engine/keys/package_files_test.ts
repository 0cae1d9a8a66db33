import assert from "node:assert/strict";
import { join } from "node:path";
import {
  checkPackageFiles,
  pinsOf,
} from "../../../engine/keys/package_files.ts";
import { readPackageLock } from "../../../engine/keys/packages.ts";
import { storeFiles } from "../../../engine/store/store_files.ts";

const LOCK = {
  specifiers: { "npm:@scope/a@1.0.0": "1.0.0_b@2.0.0" },
  npm: {
    "@scope/a@1.0.0_b@2.0.0": { integrity: "sha512-a", dependencies: ["b"] },
    "b@2.0.0": { integrity: "sha512-b" },
  },
};

const A = "node_modules/.deno/@scope+a@1.0.0/node_modules/@scope/a";
const B = "node_modules/.deno/b@2.0.0/node_modules/b";

/** A package "@scope/a" that depends on "b", both installed as Deno does, and pinned. */
interface Setting extends AsyncDisposable {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  check(names?: readonly string[]): Promise<string | undefined>;
}

async function setting(): Promise<Setting> {
  const root = await Deno.makeTempDir({ prefix: "package-files-" });
  const files = storeFiles(root);
  const write = async (path: string, text: string) => {
    await Deno.mkdir(join(root, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  };
  await Deno.mkdir(join(root, "tmp"));
  await write(
    "deno.json",
    JSON.stringify({ imports: { a: "npm:@scope/a@1.0.0" } }),
  );
  await write("deno.lock", JSON.stringify(LOCK));
  await write(`${A}/package.json`, '{ "main": "lib/main.js" }');
  await write(`${A}/lib/main.js`, 'module.exports = require("b");');
  await write(`${B}/index.js`, "module.exports = 1;");
  await Deno.mkdir(join(root, "node_modules/@scope"));
  await Deno.symlink(join(root, A), join(root, "node_modules/@scope/a"));
  await Deno.symlink(join(root, B), join(root, A, "../../b"));
  const lock = await readPackageLock(root);
  await write(
    "package_files.json",
    JSON.stringify(pinsOf(["a"], { root, lock })),
  );
  return {
    root,
    write,
    async check(names = ["a"]) {
      const lock = await readPackageLock(root);
      return await checkPackageFiles(names, { root, lock, files });
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

const message = (what: string, reload: string) => ({
  message:
    `Cannot use the packages in node_modules: ${what}; remove node_modules and run "deno install --reload=${reload}"`,
});

Deno.test("checkPackageFiles() passes what nobody touched, again and again", async () => {
  await using t = await setting();
  assert.equal(await t.check(), undefined);
  assert.equal(await t.check(), undefined);
});

Deno.test("checkPackageFiles() names a file that was altered, added or is missing, in a dependency too", async () => {
  await using t = await setting();
  await t.check();
  await t.write(`${A}/lib/main.js`, 'module.exports = require("B");');
  await assert.rejects(
    t.check(),
    message('@scope/a@1.0.0 ("lib/main.js" was altered)', "npm:@scope/a"),
  );
  await t.write(`${A}/lib/main.js`, 'module.exports = require("b");');
  assert.equal(await t.check(), undefined);
  await t.write(`${B}/lib/more.js`, "");
  await assert.rejects(
    t.check(),
    message('b@2.0.0 ("lib/more.js" was added)', "npm:b"),
  );
  await Deno.remove(join(t.root, A, "package.json"));
  await assert.rejects(
    t.check(),
    message(
      '@scope/a@1.0.0 ("package.json" is missing) and b@2.0.0 ("lib/more.js" was added)',
      "npm:@scope/a,npm:b",
    ),
  );
});

Deno.test("checkPackageFiles() names three files of a package, and counts the others", async () => {
  await using t = await setting();
  await t.check();
  for (const name of ["w", "x", "y", "z"]) await t.write(`${B}/${name}.js`, "");
  await assert.rejects(
    t.check(),
    message(
      'b@2.0.0 ("w.js" was added, "x.js" was added, "y.js" was added and 1 more)',
      "npm:b",
    ),
  );
});

Deno.test("checkPackageFiles() names three packages, and then has all of them installed anew", async () => {
  await using t = await setting();
  const imports: Record<string, string> = {};
  const lock: Record<string, { integrity: string }> = {};
  for (const name of ["w", "x", "y", "z"]) {
    imports[name] = `npm:${name}@1.0.0`;
    lock[`${name}@1.0.0`] = { integrity: `sha512-${name}` };
    await t.write(`node_modules/${name}/index.js`, name);
  }
  await t.write("deno.json", JSON.stringify({ imports }));
  await t.write(
    "deno.lock",
    JSON.stringify({
      specifiers: Object.fromEntries(
        Object.values(imports).map((specifier) => [specifier, "1.0.0"]),
      ),
      npm: lock,
    }),
  );
  await t.write(
    "package_files.json",
    JSON.stringify(
      Object.fromEntries(Object.keys(lock).map((id) => [id, "0".repeat(64)])),
    ),
  );
  const why = "not the files that were published";
  await assert.rejects(
    t.check(Object.keys(imports)),
    message(
      `w@1.0.0 (${why}), x@1.0.0 (${why}), y@1.0.0 (${why}) and 1 more`,
      "npm:",
    ),
  );
});

Deno.test("checkPackageFiles() names the package where it was never seen as it should be", async () => {
  await using t = await setting();
  await t.write(`${B}/index.js`, "module.exports = 2;");
  await assert.rejects(
    t.check(),
    message("b@2.0.0 (not the files that were published)", "npm:b"),
  );
});

Deno.test("checkPackageFiles() refuses a link in the place of a file", async () => {
  await using t = await setting();
  await t.check();
  const path = join(t.root, B, "index.js");
  await Deno.rename(path, join(t.root, "index.js"));
  await Deno.symlink(join(t.root, "index.js"), path);
  await assert.rejects(
    t.check(),
    message('b@2.0.0 ("index.js" was altered)', "npm:b"),
  );
});

Deno.test("checkPackageFiles() looks where imports lead to, of packages and of the project", async () => {
  await using t = await setting();
  await t.check();
  await t.write("mine/index.js", "module.exports = 3;");
  const link = join(t.root, A, "../../b");
  await Deno.remove(link);
  await Deno.symlink(join(t.root, "mine"), link);
  await assert.rejects(
    t.check(),
    message('b@2.0.0 ("index.js" was altered)', "npm:b"),
  );
  await Deno.remove(link);
  await Deno.symlink(join(t.root, B), link);
  // The project's own imports do not go through this one.
  const way = join(t.root, "node_modules/@scope/a");
  await Deno.remove(way);
  await Deno.symlink(join(t.root, "mine"), way);
  assert.equal(await t.check(), undefined);
});

Deno.test("checkPackageFiles() and pinsOf() refuse a package that is not installed", async () => {
  await using t = await setting();
  await Deno.remove(join(t.root, A, "../../b"));
  await assert.rejects(t.check(), message("b@2.0.0 (not installed)", "npm:b"));
  const lock = await readPackageLock(t.root);
  assert.throws(() => pinsOf(["a"], { root: t.root, lock }), {
    message: "Cannot list the files of package b@2.0.0: it is not installed",
  });
});

Deno.test("checkPackageFiles() refuses files that belong to another archive than that of deno.lock", async () => {
  await using t = await setting();
  await t.write(
    "deno.lock",
    JSON.stringify(LOCK).replace("sha512-b", "sha512-c"),
  );
  await assert.rejects(
    t.check(),
    message("b@2.0.0 (not the files that were published)", "npm:b"),
  );
});

Deno.test("checkPackageFiles() says which packages package_files.json does not list", async () => {
  await using t = await setting();
  await Deno.remove(join(t.root, "package_files.json"));
  assert.equal(
    await t.check(),
    'Cannot check the files of packages: package_files.json does not list @scope/a@1.0.0 and b@2.0.0; run "deno task packages"',
  );
});

Deno.test("checkPackageFiles() refuses a package_files.json that is something else", async () => {
  await using t = await setting();
  for (const text of ["{", '{ "b@2.0.0": "sha512-b" }']) {
    await t.write("package_files.json", text);
    await assert.rejects(t.check(), {
      name: "SyntaxError",
      message:
        'Cannot read package_files.json: it is not what "deno task packages" writes',
    });
  }
});
