/** File systems without hard links, or without any between folders, and such as call files stale, for which a stub stands in. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { storeFiles } from "../../../engine/store/store_files.ts";
import { filesBelow } from "../../files_below.ts";
import { withFolder } from "./other_machine.ts";

const BYTES = Uint8Array.of(1, 2, 3);

type Call =
  | "linkSync"
  | "renameSync"
  | "lstatSync"
  | "readDirSync"
  | "readFileSync"
  | "remove";

/** Calls a test where some calls give an error of the system. */
async function without(
  calls: readonly Call[],
  { code, act }: { readonly code: number; readonly act: () => Promise<void> },
): Promise<void> {
  const { linkSync, renameSync, lstatSync, readDirSync, readFileSync, remove } =
    Deno;
  for (const call of calls) {
    Deno[call] = () => {
      throw new Error(`Refused (os error ${code})`);
    };
  }
  try {
    await act();
  } finally {
    Object.assign(Deno, {
      linkSync,
      renameSync,
      lstatSync,
      readDirSync,
      readFileSync,
      remove,
    });
  }
}

for (const code of [1, 18, 31, 38, 95]) {
  Deno.test(`create() writes a file where a link gives error ${code}`, () =>
    withFolder(async (folder) => {
      await Deno.mkdir(join(folder, "tmp"));
      const files = storeFiles(folder);
      const act = async () => {
        assert.equal(await files.create("a/b", BYTES), true);
      };
      await without(["linkSync"], { code, act });
      assert.deepEqual(files.readSmall("a/b"), BYTES);
      assert.deepEqual(filesBelow(folder), ["a/b"]);
    }));
}

Deno.test("create() says why it cannot where a folder lies on another file system", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    await Deno.mkdir(join(folder, "a"));
    const files = storeFiles(folder);
    const act = () =>
      assert.rejects(files.create("a/b", BYTES), {
        name: "StoreError",
        message: /^Cannot write to store ".*": Refused \(os error 18\)$/,
      });
    await without(["linkSync", "renameSync"], { code: 18, act });
    assert.deepEqual(filesBelow(folder), []);
  }));

Deno.test("create() leaves what another has written under a name, and says so", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const files = storeFiles(folder);
    const writers = [BYTES, Uint8Array.of(4), Uint8Array.of(5)];
    const written = await Promise.all(
      writers.map((bytes) => files.create("a/b", bytes)),
    );
    const first = writers[written.indexOf(true)];
    assert.equal(written.filter((isOurs) => isOurs).length, 1);
    assert.deepEqual(files.readSmall("a/b"), first);
    assert.equal(await files.create("a/b", Uint8Array.of(6)), false);
    assert.deepEqual(files.readSmall("a/b"), first);
    assert.deepEqual(filesBelow(folder), ["a/b"]);
  }));

Deno.test("create() writes nothing where another has written, and removed it since", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const { linkSync } = Deno;
    const isThere = () => {
      throw new Deno.errors.AlreadyExists();
    };
    Object.assign(Deno, { linkSync: isThere });
    try {
      const files = storeFiles(folder);
      assert.equal(await files.create("objects/ab/abc", BYTES), false);
    } finally {
      Object.assign(Deno, { linkSync });
    }
    assert.deepEqual(filesBelow(folder), []);
  }));

Deno.test("what a network file system calls stale is not there, until it is asked again", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const files = storeFiles(folder);
    await files.create("a/b", BYTES);
    const act = async () => {
      assert.equal(files.readSmall("a/b"), undefined);
      assert.equal(await files.read("a/b"), undefined);
      assert.equal(files.sizeOf("a/b"), undefined);
      assert.deepEqual(files.list("a"), []);
    };
    await without(["lstatSync", "readDirSync"], { code: 116, act });
    await without(["readFileSync", "readDirSync"], {
      code: 116,
      act: async () => {
        assert.equal(files.readSmall("a/b"), undefined);
        assert.equal(await files.read("a/b"), undefined);
      },
    });
    assert.deepEqual(files.readSmall("a/b"), BYTES);
    assert.deepEqual(files.list("a"), ["b"]);
  }));

Deno.test("remove() takes what a network file system calls stale for removed, by another machine", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "tmp"));
    const files = storeFiles(folder);
    await files.create("a/b", BYTES);
    await without(["remove"], { code: 116, act: () => files.remove("a/b") });
    await without(["remove"], {
      code: 13,
      act: () => assert.rejects(files.remove("a/b"), { name: "StoreError" }),
    });
  }));
