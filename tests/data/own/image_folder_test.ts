import assert from "node:assert/strict";
import { startImageDecoder } from "../../../data/asked/pictures/image_decoder.ts";
import {
  type ImageSets,
  readImageSets,
} from "../../../data/own/image_folder.ts";
import { imageFolder, JPEG, png } from "../image_files.ts";

async function read(
  files: Readonly<Record<string, Uint8Array>>,
  { skipUnreadable = false } = {},
): Promise<ImageSets> {
  await using written = await imageFolder(files);
  using decoder = startImageDecoder(8);
  const { signal } = new AbortController();
  const options = { side: 8, decoder, skipUnreadable, signal };
  return await readImageSets(written.folder, options);
}

/** An image of its own. */
const grey = (value: number) => png(8, 8, [value, value, value]);

const GOOD = {
  "reference/cat/a.png": grey(1),
  "reference/owl/a.png": grey(2),
  "test/cat/a.png": grey(3),
  "test/owl/a.png": grey(4),
  "shifted/cat/a.png": grey(5),
  "shifted/owl/a.png": grey(6),
};

const DAMAGED = JPEG.subarray(0, 60);

Deno.test("readImageSets() takes classes and files by name, and passes over hidden files", async () => {
  const read1 = await read({
    ...GOOD,
    "test/owl/b.png": grey(8),
    "test/owl/.DS_Store": new Uint8Array(3),
    "test/notes.txt": new Uint8Array(3),
  });
  assert(read1.kind === "read");
  const { images, ...rest } = read1.sets.test;
  assert.deepEqual(rest, {
    classes: ["cat", "owl"],
    labels: new Uint8Array([0, 1, 1]),
    shape: [8, 8, 3],
  });
  assert.deepEqual([0, 192, 384].map((at) => images[at]), [3, 4, 8]);
  assert.deepEqual(read1.leftOut, []);
});

Deno.test("readImageSets() finds nested folders, copies and unreadable files of all sets in one pass", async () => {
  const refused = await read({
    ...GOOD,
    "reference/cat/2019/a.png": grey(7),
    "reference/owl/copy.png": grey(1),
    "test/cat/copy.png": grey(1),
    "shifted/cat/b.jpg": DAMAGED,
    "shifted/owl/b.tif": new TextEncoder().encode("II*"),
  });
  assert.deepEqual(refused, {
    kind: "refused",
    problems: [
      "Cannot use folder: reference/cat/2019 lies within a class; move its files to reference/cat",
      "Cannot use image: reference/owl/copy.png is a copy of reference/cat/a.png; keep it in one set and one class",
      "Cannot use image: test/cat/copy.png is a copy of reference/cat/a.png; keep it in one set and one class",
      "Cannot read image: shifted/cat/b.jpg is damaged",
      "Cannot read image: shifted/owl/b.tif is not a PNG, JPEG, GIF or WebP file; convert it to one of these",
    ],
  });
});

Deno.test("readImageSets() leaves out copies within a class, and unreadable files if it is told to, and names them", async () => {
  const some = await read({
    ...GOOD,
    "reference/cat/b.png": grey(1),
    "test/cat/b.jpg": DAMAGED,
  }, { skipUnreadable: true });
  assert(some.kind === "read");
  assert.deepEqual(some.leftOut, [
    "reference/cat/b.png is a copy of reference/cat/a.png",
    "test/cat/b.jpg is damaged",
  ]);
  assert.equal(some.sets.test.labels.length, 2);
  assert.equal(some.sets.reference.labels.length, 2);
});

Deno.test("readImageSets() refuses sets that are not there, without classes, with too many, and classes without images", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 257 }, (_, i) => [`shifted/${i}/a`, grey(i % 200)]),
  );
  const refused = await read({ "test/a.png": grey(9), ...many }, {
    skipUnreadable: true,
  });
  assert(refused.kind === "refused");
  assert.deepEqual(refused.problems.slice(0, 3), [
    "Cannot read images: reference is missing",
    "Cannot read images: test has no folders, but needs one for each class",
    "Cannot read images: shifted has 257 folders, but there may be at most 256 classes",
  ]);
  const empty = await read({ ...GOOD, "test/cat/a.png": DAMAGED }, {
    skipUnreadable: true,
  });
  assert(empty.kind === "refused");
  assert.deepEqual(empty.problems, [
    "Cannot use class: test/cat has no images that can be read",
  ]);
});
