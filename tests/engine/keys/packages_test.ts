import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type PackageLock,
  packageOf,
  readPackageLock,
} from "../../../engine/keys/packages.ts";

async function lockOf(
  config: unknown,
  lock: unknown,
): Promise<PackageLock> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(root, "deno.json"), JSON.stringify(config));
    if (lock !== undefined) {
      await Deno.writeTextFile(join(root, "deno.lock"), JSON.stringify(lock));
    }
    return await readPackageLock(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const CONFIG = {
  imports: { a: "npm:@scope/a@^1.0.0", gone: "npm:gone@1.0.0" },
};
const LOCK = {
  specifiers: { "npm:@scope/a@^1.0.0": "1.2.3_peer@2.0.0" },
  npm: {
    "@scope/a@1.2.3_peer@2.0.0": {
      integrity: "sha512-a",
      dependencies: ["b", "c@1.0.0"],
    },
    "b@1.0.0": { integrity: "sha512-b", optionalDependencies: ["d"] },
    "c@1.0.0": { integrity: "sha512-c", dependencies: ["b"] },
    "c@2.0.0": { integrity: "sha512-c2" },
    "d@1.0.0": {
      integrity: "sha512-d",
      dependencies: ["old@npm:@scope/new@1.0.0"],
    },
    "@scope/new@1.0.0": { integrity: "sha512-new" },
  },
};

Deno.test("packageOf() gives the name of a package", () => {
  assert.equal(packageOf("zod/v4"), "zod");
  assert.equal(packageOf("@scope/name/path/x.js"), "@scope/name");
});

Deno.test("versionOf() changes with the integrity of whatever the package depends on", async () => {
  const version = (await lockOf(CONFIG, LOCK)).versionOf("a");
  assert.match(version, /^1\.2\.3_peer@2\.0\.0 \(sha256 [0-9a-f]{12}\)$/);
  for (const id of Object.keys(LOCK.npm)) {
    const changed = structuredClone(LOCK);
    Object.assign(Reflect.get(changed.npm, id), { integrity: "sha512-x" });
    const other = (await lockOf(CONFIG, changed)).versionOf("a");
    assert.equal(other === version, id === "c@2.0.0", id);
  }
});

Deno.test("closureOf() gives a package and what it depends on, itself first, with what each needs", async () => {
  assert.deepEqual((await lockOf(CONFIG, LOCK)).closureOf("a"), [
    {
      id: "@scope/a@1.2.3_peer@2.0.0",
      integrity: "sha512-a",
      dependencies: ["b@1.0.0", "c@1.0.0"],
    },
    { id: "b@1.0.0", integrity: "sha512-b", dependencies: ["d@1.0.0"] },
    { id: "c@1.0.0", integrity: "sha512-c", dependencies: ["b@1.0.0"] },
    {
      id: "d@1.0.0",
      integrity: "sha512-d",
      dependencies: ["@scope/new@1.0.0"],
    },
    { id: "@scope/new@1.0.0", integrity: "sha512-new", dependencies: [] },
  ]);
});

Deno.test("versionOf() gives the specifier where there is no lock file", async () => {
  const lock = await lockOf(CONFIG, undefined);
  assert.match(lock.versionOf("a"), /^npm:@scope\/a@\^1\.0\.0 \(/);
});

Deno.test("versionOf() refuses a package that deno.json does not import", async () => {
  const lock = await lockOf({}, LOCK);
  assert.throws(() => lock.versionOf("b"), {
    name: "ReferenceError",
    message:
      'Cannot tell the version of package "b": deno.json does not import it',
  });
});

Deno.test("versionOf() refuses a name by which deno.json means a file, or part of a package elsewhere", async () => {
  for (
    const [key, to] of [
      ["a", "./a.ts"],
      ["a", "https://example.com/a.ts"],
      ["a/b", "./b.ts"],
      ["a/", "./lib/"],
      // Another package under the name of a part.
      ["a/b", "npm:c@1.0.0"],
      ["a/", "npm:/c@1/"],
    ] as const
  ) {
    const config = { imports: { ...CONFIG.imports, [key]: to } };
    for (const lock of [LOCK, undefined]) {
      const read = await lockOf(config, lock);
      assert.throws(() => read.versionOf("a"), {
        name: "ReferenceError",
        message:
          `Cannot tell the code of "${key}": deno.json says "${to}", and a key can only hold packages from npm; import a file by its path`,
      });
    }
  }
  const { imports: { a } } = CONFIG;
  const part = `npm:/${a.slice("npm:".length)}/`;
  const more = {
    imports: { ...CONFIG.imports, "a/": part, "a/b": `${a}/b`, ab: "./b" },
  };
  assert.equal(
    (await lockOf(more, LOCK)).versionOf("a"),
    (await lockOf(CONFIG, LOCK)).versionOf("a"),
  );
});

Deno.test("readPackageLock() refuses a deno.json that moves modules", async () => {
  for (
    const [what, config] of [
      ["./a.ts", { imports: { "./a.ts": "./b.ts" } }],
      ["/a/", { imports: { "/a/": "./b/" } }],
      ["https://example.com/a.ts", {
        imports: { "https://example.com/a.ts": "./b.ts" },
      }],
      ["scopes", { scopes: { "./a/": { zod: "./b.ts" } } }],
      ["importMap", { importMap: "./map.json" }],
      ["workspace", { ...CONFIG, workspace: ["./member"] }],
      ["links", { links: ["./zod"] }],
      ["patch", { patch: ["./zod"] }],
    ] as const
  ) {
    await assert.rejects(lockOf(config, LOCK), {
      name: "SyntaxError",
      message:
        `Cannot read deno.json: by "${what}" it substitutes other modules for imported ones, which a key does not follow; import those modules directly`,
    });
  }
});

Deno.test("readPackageLock() refuses a deno.json that pins packages elsewhere than in deno.lock", async () => {
  for (const lock of [false, "./other.lock", { path: "locks/deno.lock" }]) {
    await assert.rejects(lockOf({ ...CONFIG, lock }, LOCK), {
      name: "SyntaxError",
      message:
        'Cannot read deno.json: by "lock" it pins packages elsewhere than in deno.lock, which is what a key follows; let the path there be "./deno.lock", or leave "lock" out',
    });
  }
  const { versionOf } = await lockOf(CONFIG, LOCK);
  for (
    const lock of [true, "deno.lock", { path: "./deno.lock" }, { frozen: true }]
  ) {
    const there = await lockOf({ ...CONFIG, lock }, LOCK);
    assert.equal(there.versionOf("a"), versionOf("a"));
  }
});

Deno.test("readPackageLock() passes over a map of imports that Deno does not read", async () => {
  assert.equal(
    (await lockOf({ ...CONFIG, importMap: "./map.json" }, LOCK)).versionOf("a"),
    (await lockOf(CONFIG, LOCK)).versionOf("a"),
  );
});

Deno.test("versionOf() refuses a package that the lock file does not pin", async () => {
  const lock = await lockOf(CONFIG, LOCK);
  assert.throws(() => lock.versionOf("gone"), {
    name: "ReferenceError",
    message:
      'Cannot tell the version of package "gone": deno.lock does not pin "npm:gone@1.0.0"',
  });
});

Deno.test("versionOf() knows every package of this repository", async () => {
  const root = new URL("../../../", import.meta.url).pathname;
  const lock = await readPackageLock(root);
  const { imports } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  // The others are folders of packages.
  const names = Object.keys(imports).filter((name) => !name.endsWith("/"));
  assert.ok(names.length > 10);
  for (const name of names) {
    assert.match(lock.versionOf(name), /^\d+\.\d+\.\d+\S* \(sha256 \w{12}\)$/);
  }
});

Deno.test("readPackageLock() says which file is not what it should be", async () => {
  await assert.rejects(lockOf({ imports: [] }, undefined), {
    name: "SyntaxError",
    message: "Cannot read deno.json: it does not list packages as Deno does",
  });
  await assert.rejects(lockOf(CONFIG, { npm: { a: {} } }), {
    message: "Cannot read deno.lock: it does not list packages as Deno does",
  });
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(join(root, "deno.json"), "// {");
  await assert.rejects(readPackageLock(root), {
    message: "Cannot read deno.json: it is not JSON",
  });
  await Deno.remove(root, { recursive: true });
});
