import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import {
  digestOfFile,
  entriesBelow,
  entryAt,
  isFileAt,
} from "../../../engine/store/disk_entry.ts";
import { STRANGERS } from "../../strangers.ts";

async function withFolder(test: (folder: string) => void): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "disk-entry-" });
  try {
    test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("entryAt() gives what lies at a path, or what keeps anything from lying there", () =>
  withFolder((folder) => {
    Deno.mkdirSync(join(folder, "a/b"), { recursive: true });
    Deno.writeTextFileSync(join(folder, "a/b/c"), "123");
    Deno.symlinkSync(join(folder, "a"), join(folder, "link"));
    const at = (path: string) => {
      const entry = entryAt(folder, path);
      return entry && `${entry.path} ${entry.kind}`;
    };
    assert.deepEqual(entryAt(folder, "a/b/c"), {
      path: "a/b/c",
      kind: "file",
      bytes: 3,
    });
    assert.equal(at("a/b"), "a/b folder");
    assert.equal(at("a/b/c/d/e"), "a/b/c file");
    assert.equal(at("link"), "link link");
    assert.equal(at("link/b/c"), "link link");
    assert.equal(at("a/x/y"), undefined);
    assert.deepEqual(
      ["a/b/c", "a/b", "a/b/c/d", "link/b/c", "a/x"].map((path) =>
        isFileAt(folder, path)
      ),
      [true, false, false, false, false],
    );
  }));

Deno.test("entriesBelow() names everything, and goes through no link", () =>
  withFolder((folder) => {
    for (const [kind, put] of Object.entries(STRANGERS)) {
      put(join(folder, "a", kind));
    }
    Deno.symlinkSync(folder, join(folder, "a", "up"));
    Deno.writeTextFileSync(join(folder, "b"), "");
    const found = Array.from(
      entriesBelow(folder),
      ({ path, kind }) => `${path}: ${kind}`,
    );
    assert.deepEqual(found.sort(), [
      "a/folder/deep: folder",
      "a/folder: folder",
      "a/link: link",
      "a/named pipe: named pipe",
      "a/up: link",
      "a: folder",
      "b: file",
    ]);
  }));

Deno.test("digestOfFile() is that of all bytes, however many", () =>
  withFolder((folder) => {
    const path = join(folder, "file");
    for (const size of [0, 1, 1 << 16, (1 << 17) + 1]) {
      const bytes = new Uint8Array(size).fill(7);
      Deno.writeFileSync(path, bytes);
      assert.equal(digestOfFile(path), digestOf(bytes));
    }
  }));
