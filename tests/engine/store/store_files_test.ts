/** File systems without hard links, or without any between folders, for which a stub stands in. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { storeFiles } from "../../../engine/store/store_files.ts";
import { filesBelow } from "../files_below.ts";
import { withFolder } from "./other_machine.ts";

const BYTES = Uint8Array.of(1, 2, 3);

/** Calls a test where links, and perhaps renames, give an error of the system. */
async function without(
  calls: readonly ("linkSync" | "renameSync")[],
  { code, act }: { readonly code: number; readonly act: () => Promise<void> },
): Promise<void> {
  const { linkSync, renameSync } = Deno;
  for (const call of calls) {
    Deno[call] = () => {
      throw new Error(`Refused (os error ${code})`);
    };
  }
  try {
    await act();
  } finally {
    Object.assign(Deno, { linkSync, renameSync });
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
