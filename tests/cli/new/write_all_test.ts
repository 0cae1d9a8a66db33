import assert from "node:assert/strict";
import { join } from "node:path";
import { writeAll } from "../../../cli/new/write_all.ts";
import { filesBelow } from "../../files_below.ts";

/** A folder with two files in it. */
async function folder() {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(join(root, "there.ts"), "there");
  await Deno.writeTextFile(join(root, "list.ts"), "old");
  const read = (name: string) => Deno.readTextFile(join(root, name));
  return {
    root,
    read,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

const changed = { path: "list.ts", text: "new" };

Deno.test("writeAll() writes new files, and then the one that changes", async () => {
  await using t = await folder();
  const made = new Map([["a.ts", "a"], ["b.ts", "b"]]);
  await writeAll({ made, changed }, t);
  assert.deepEqual(
    filesBelow(t.root).toSorted(),
    ["a.ts", "b.ts", "list.ts", "there.ts"],
  );
  assert.equal(await t.read("b.ts"), "b");
  assert.equal(await t.read("list.ts"), "new");
});

for (
  const [what, path, state] of [
    ["is there already", "there.ts", "it is there already"],
    ["lies in a folder that is not there", "no/b.ts", "No such file"],
  ] as const
) {
  Deno.test(`writeAll() leaves everything as it was where a file ${what}`, async () => {
    await using t = await folder();
    const made = new Map([["a.ts", "a"], [path, "other"]]);
    await assert.rejects(
      writeAll({ made, changed }, t),
      (error: Error) =>
        error.message.startsWith(`Cannot write ${path}: ${state}`) &&
        error.message.endsWith("; nothing was written"),
    );
    assert.deepEqual(filesBelow(t.root).toSorted(), ["list.ts", "there.ts"]);
    assert.equal(await t.read("there.ts"), "there");
    assert.equal(await t.read("list.ts"), "old");
  });
}

Deno.test("writeAll() leaves no new file where the last one cannot be changed", async () => {
  await using t = await folder();
  await Deno.mkdir(join(t.root, "folder/in"), { recursive: true });
  await assert.rejects(
    writeAll({
      made: new Map([["a.ts", "a"]]),
      changed: { path: "folder", text: "new" },
    }, t),
    /^Error: Cannot write folder\.new: .*; nothing was written$/,
  );
  assert.deepEqual(filesBelow(t.root).toSorted(), ["list.ts", "there.ts"]);
});
