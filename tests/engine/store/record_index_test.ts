import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../../engine/define/hash.ts";
import {
  type RecordIndex,
  recordIndex,
} from "../../../engine/store/record_index.ts";
import { storeFiles } from "../../../engine/store/store_files.ts";

/** Long after any file of a test was written. */
const LATER = () => Date.now() + 60_000;

const KEY = `ab${"0".repeat(62)}`;
const OTHER = `cd${"0".repeat(62)}`;
const REST = {
  stage: "train",
  outputs: { value: { digest: "1".repeat(64), bytes: 3 } },
  finishedAt: "2020-01-01T00:00:00.000Z",
  seconds: 1.5,
};

interface Setting {
  readonly folder: string;
  open(clock?: () => number): RecordIndex;
}

/** A store with two records, which an index has read and kept. */
async function withIndex(
  test: (setting: Setting) => Promise<void>,
  clock = LATER,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const files = storeFiles(folder);
  const open = (clock = LATER) => recordIndex(folder, { files, clock });
  try {
    await Deno.mkdir(join(folder, "tmp"));
    for (const key of [KEY, OTHER]) {
      const path = `records/${key.slice(0, 2)}/${key}.json`;
      await files.write(path, new Uint8Array());
      // As LATER pretends: a change within the same tick of the file system would else leave no trace.
      await Deno.utime(join(folder, "records", key.slice(0, 2)), 0, 0);
    }
    const index = open(clock);
    for (const key of [KEY, OTHER]) {
      assert.equal(index.get(key), undefined);
      index.note(key, REST);
    }
    await index.save();
    await test({ folder, open });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("get() and believed() give what an earlier process noted while the folder of the record stays the same", () =>
  withIndex(async ({ folder, open }) => {
    assert.deepEqual(open().get(KEY), REST);
    assert.deepEqual([...open().believed()], [[KEY, REST], [OTHER, REST]]);
    await Deno.writeTextFile(join(folder, "records/ab/another.json"), "");
    assert.equal(open().get(KEY), undefined, "a record was added");
    assert.deepEqual(open().get(OTHER), REST, "in another folder");
    assert.deepEqual([...open().believed()], [[OTHER, REST]]);
  }));

Deno.test("get() gives nothing where a record was deleted, replaced, or is about to be", () =>
  withIndex(async ({ folder, open }) => {
    const index = open();
    index.forget(KEY);
    assert.equal(index.get(KEY), undefined);
    const files = storeFiles(folder);
    await files.write(`records/ab/${KEY}.json`, new Uint8Array());
    assert.equal(open().get(KEY), undefined);
    await Deno.remove(join(folder, `records/cd/${OTHER}.json`));
    assert.equal(open().get(OTHER), undefined);
  }));

Deno.test("save() keeps nothing of a folder that has just changed, or changed since it was read", async () => {
  await withIndex(async ({ folder, open }) => {
    assert.equal(open().get(KEY), undefined);
    const index = open();
    index.get(KEY);
    index.note(KEY, REST);
    await Deno.writeTextFile(join(folder, "records/ab/another.json"), "");
    await index.save();
    assert.equal(open().get(KEY), undefined);
  }, Date.now);
});

Deno.test("save() keeps what it kept before in folders that stayed the same", () =>
  withIndex(async ({ open }) => {
    const third = `ab${"1".repeat(62)}`;
    const index = open();
    assert.deepEqual(index.get(KEY), REST);
    index.note(third, { ...REST, stage: "third" });
    await index.save();
    assert.deepEqual(open().get(KEY), REST);
    assert.deepEqual(open().get(OTHER), REST);
    assert.deepEqual(open().get(third), { ...REST, stage: "third" });
  }));

Deno.test("save() keeps of more than 20,000 records those that were used", () =>
  withIndex(async ({ open }) => {
    const key = (i: number) => `ab${`${i}`.padStart(62, "0")}`;
    const index = open();
    for (let i = 1; i <= 19_998; i++) index.note(key(i), REST);
    await index.save();
    assert.equal([...open().believed()].length, 20_000);
    const again = open();
    assert.deepEqual(again.get(OTHER), REST);
    again.note(key(20_000), REST);
    await again.save();
    assert.deepEqual([...open().believed()], [
      [OTHER, REST],
      [key(20_000), REST],
    ]);
  }));

Deno.test("get() gives nothing of a file that is damaged", () =>
  withIndex(async ({ folder, open }) => {
    const path = join(folder, "records.json");
    const text = await Deno.readTextFile(path);
    const content = '{"folders":{},"records":{"a":1}}';
    const digest = digestOf(new TextEncoder().encode(content));
    for (
      const garbage of [
        "",
        "{}",
        text.replace("1.5", "2.5"),
        text.slice(0, -1),
        `${digest}\n${content}`,
      ]
    ) {
      await Deno.writeTextFile(path, garbage);
      assert.equal(open().get(KEY), undefined);
    }
    await Deno.writeTextFile(path, text);
    assert.deepEqual(open().get(KEY), REST);
  }));

Deno.test("save() says nothing where it cannot write", () =>
  withIndex(async ({ folder, open }) => {
    const index = open();
    index.note(KEY, REST);
    await Deno.remove(join(folder, "tmp"));
    await index.save();
  }));
