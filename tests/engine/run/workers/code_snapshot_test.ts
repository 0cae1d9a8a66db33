import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { digestOf } from "../../../../engine/define/hash.ts";
import { takeSnapshot } from "../../../../engine/run/workers/code_snapshot.ts";
import { type StoreUse, useStore } from "../../../../engine/store/use_store.ts";
import { filesBelow } from "../../../files_below.ts";

const FILES = { "a.ts": "1", "deep/b.ts": "2", "deep/c.bin": "3" };

/** A project of a few files beside an engine, and its store. */
async function withProject(
  test: (project: {
    readonly root: string;
    readonly store: string;
    readonly digests: Map<string, string>;
    take(
      leases?: Parameters<typeof takeSnapshot>[1]["leases"],
    ): ReturnType<typeof takeSnapshot>;
  }) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "snapshot-" });
  const [root, store] = ["project", "store"].map((name) =>
    join(folder, name)
  ) as [string, string];
  const digests = new Map<string, string>();
  try {
    for (const path of [join(root, "deep"), join(store, "tmp")]) {
      await Deno.mkdir(path, { recursive: true });
    }
    for (const [path, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(join(root, path), text);
      digests.set(path, digestOf(new TextEncoder().encode(text)));
    }
    await test({
      root,
      store,
      digests,
      take: (leases) => takeSnapshot(digests, { root, store, leases }),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The copies below a store, without the name of the machine. */
function copiesIn(store: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesBelow(join(store, "code")).map((path) => {
      const full = join(store, "code", path);
      return [path.split("/").slice(1).join("/"), Deno.readTextFileSync(full)];
    }),
  );
}

Deno.test("takeSnapshot() copies files read-only, and names them and their modules by turns", () =>
  withProject(async ({ root, store, take }) => {
    const { pathOf, urlOf, original } = await take();
    assert.deepEqual(copiesIn(store), FILES);
    const path = pathOf("deep/b.ts");
    assert.equal(await Deno.readTextFile(path), "2");
    assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o444);
    const module = pathToFileURL(join(root, "deep/b.ts")).href;
    assert.equal(urlOf(module), pathToFileURL(path).href);
    assert.equal(
      original(`${urlOf(module)}:3:7 ${path}`),
      `${module}:3:7 ${join(root, "deep/b.ts")}`,
    );
    assert.equal(urlOf("https://example.org/a.ts"), "https://example.org/a.ts");
  }));

Deno.test("takeSnapshot() takes what is there already, and mends what is not what was digested", () =>
  withProject(async ({ store, take }) => {
    const { pathOf } = await take();
    const inode = () => Deno.statSync(pathOf("a.ts")).ino;
    const before = inode();
    await take();
    assert.equal(inode(), before);
    await Deno.remove(pathOf("a.ts"));
    await Deno.writeTextFile(pathOf("a.ts"), "9");
    await take();
    assert.deepEqual(copiesIn(store), FILES);
    await Deno.remove(pathOf("a.ts"));
    await Deno.symlink("/etc/hostname", pathOf("a.ts"));
    await take();
    assert.deepEqual(copiesIn(store), FILES);
    assert.ok((await Deno.lstat(pathOf("a.ts"))).isFile);
  }));

Deno.test("takeSnapshot() copies what has changed to the same place, and leaves nothing else there", () =>
  withProject(async ({ root, store, digests, take }) => {
    const { folder, pathOf } = await take();
    const inode = () => Deno.statSync(pathOf("deep/b.ts")).ino;
    const before = inode();
    await Deno.writeTextFile(join(root, "a.ts"), "4");
    digests.set("a.ts", digestOf(new TextEncoder().encode("4")));
    digests.delete("deep/c.bin");
    await Deno.mkdir(join(folder, "other"));
    await Deno.symlink("/etc", join(folder, "other/link"));
    assert.equal((await take()).folder, folder);
    assert.deepEqual(copiesIn(store), { "a.ts": "4", "deep/b.ts": "2" });
    assert.equal(inode(), before);
    assert.ok((await Deno.stat("/etc")).isDirectory);
  }));

for (const kind of ["link", "file"] as const) {
  Deno.test(`takeSnapshot() does not write through a ${kind} where its folder should be`, () =>
    withProject(async ({ store, take }) => {
      const elsewhere = join(store, "elsewhere");
      await Deno.mkdir(elsewhere);
      if (kind === "link") await Deno.symlink(elsewhere, join(store, "code"));
      else await Deno.writeTextFile(join(store, "code"), "");
      await take();
      assert.deepEqual(copiesIn(store), FILES);
      assert.deepEqual(filesBelow(elsewhere), []);
    }));
}

Deno.test("takeSnapshot() puts a copy where a folder is, and where a folder should be", () =>
  withProject(async ({ store, take }) => {
    const { folder, pathOf } = await take();
    await Deno.remove(pathOf("a.ts"));
    await Deno.mkdir(join(folder, "a.ts/b"), { recursive: true });
    await Deno.remove(join(folder, "deep"), { recursive: true });
    await Deno.writeTextFile(join(folder, "deep"), "");
    await take();
    assert.deepEqual(copiesIn(store), FILES);
  }));

for (
  const [what, change] of [
    ["is another", (path: string) => Deno.writeTextFileSync(path, "5")],
    ["is gone", (path: string) => Deno.removeSync(path)],
  ] as const
) {
  Deno.test(`takeSnapshot() refuses a file that ${what} since it was digested`, () =>
    withProject(async ({ root, store, take }) => {
      change(join(root, "deep/c.bin"));
      await assert.rejects(take, {
        name: "StoreError",
        message:
          'Cannot run: "deep/c.bin" changed while the run was starting; run the command again',
      });
      assert.ok(!("deep/c.bin" in copiesIn(store)));
    }));
}

Deno.test("takeSnapshot() gives each process a folder of its own, and the next the first that is free", () =>
  withProject(async ({ root, store, digests }) => {
    const take = async (leases: StoreUse) =>
      (await takeSnapshot(digests, { root, store, leases })).folder;
    using one = await useStore(store);
    const first = await take(one);
    {
      using two = await useStore(store);
      assert.notEqual(await take(two), first);
    }
    one[Symbol.dispose]();
    using three = await useStore(store);
    assert.equal(await take(three), first);
  }));

Deno.test("takeSnapshot() keeps the places of an engine that lies beside the project", () =>
  withProject(async ({ root, store }) => {
    const beside = join(root, "../engine/e.ts");
    await Deno.mkdir(join(beside, ".."));
    await Deno.writeTextFile(beside, "6");
    const digests = new Map([
      ["../engine/e.ts", digestOf(new TextEncoder().encode("6"))],
      ["a.ts", digestOf(new TextEncoder().encode("1"))],
    ]);
    const { urlOf } = await takeSnapshot(digests, {
      root,
      store,
      leases: undefined,
    });
    const [engine, project] = [beside, join(root, "a.ts")]
      .map((path) => urlOf(pathToFileURL(path).href));
    assert.equal(new URL("../engine/e.ts", project).href, engine);
  }));

Deno.test("takeSnapshot() goes without copies only where nothing is kept", () =>
  withProject(async ({ root, store, take }) => {
    const { chmodSync } = Deno;
    const refuse = () => {
      throw new Deno.errors.PermissionDenied(
        "Operation not permitted (os error 1)",
      );
    };
    Object.assign(Deno, { chmodSync: refuse });
    try {
      const { pathOf } = await take();
      assert.equal(pathOf("a.ts"), join(root, "a.ts"));
      using use = await useStore(store);
      await assert.rejects(take(use), {
        name: "StoreError",
        message: /^Cannot write to store ".*": permission denied/,
      });
    } finally {
      Object.assign(Deno, { chmodSync });
    }
  }));
