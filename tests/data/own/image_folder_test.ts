import assert from "node:assert/strict";
import { encode } from "fast-png";
import { join } from "node:path";
import { readImageFolder } from "../../../data/own/image_folder.ts";
import type { Images } from "../../../data/images/images.ts";
import { startRasteriser } from "../../../data/drawings/rasteriser.ts";
import { imageFolder, JPEG, png } from "../image_files.ts";

async function read(
  files: Readonly<Record<string, Uint8Array>>,
  side = 8,
): Promise<Images> {
  await using written = await imageFolder(files);
  using rasteriser = startRasteriser();
  return await readImageFolder(written.folder, { side, rasteriser });
}

/** The message without the folder. */
async function refused(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  await using written = await imageFolder(files);
  using rasteriser = startRasteriser();
  let message = "";
  await assert.rejects(
    () => readImageFolder(written.folder, { side: 8, rasteriser }),
    (error: Error) => {
      message = error.message.replaceAll(written.folder, "photos");
      return true;
    },
  );
  return message;
}

const RED = png(8, 8, [200, 10, 20]);

Deno.test("readImageFolder() takes classes and files by name, and passes over hidden files", async () => {
  const { images, ...rest } = await read({
    "owl/b.png": RED,
    "owl/a.png": png(8, 8, [1, 2, 3]),
    "owl/.DS_Store": new Uint8Array(3),
    "cat/c.png": png(8, 8, [4, 5, 6]),
    "notes.txt": new Uint8Array(3),
  });
  assert.deepEqual(rest, {
    classes: ["cat", "owl"],
    labels: new Uint8Array([0, 1, 1]),
    shape: [8, 8, 3],
  });
  assert.deepEqual([0, 192, 384].map((at) => images[at]), [4, 1, 200]);
});

Deno.test("readImageFolder() leaves an image of the right size as it is, pixel by pixel", async () => {
  const data = Uint8Array.from({ length: 192 }, (_, i) => (i * 37) % 256);
  const file = encode({ width: 8, height: 8, data, channels: 3, depth: 8 });
  assert.deepEqual((await read({ "a/a.png": file })).images, data);
});

Deno.test("readImageFolder() cuts to the middle, and averages what is larger", async () => {
  // 24 × 8: black, then stripes a pixel wide in the middle, then black.
  const data = new Uint8Array(24 * 8 * 3);
  for (let i = 0; i < 24 * 8; i++) {
    const x = i % 24;
    data.fill(x >= 8 && x < 16 ? 100 + 100 * (x % 2) : 0, 3 * i, 3 * i + 3);
  }
  const file = encode({ width: 24, height: 8, data, channels: 3, depth: 8 });
  const { images } = await read({ "a/a.png": file }, 4);
  assert.deepEqual(images, new Uint8Array(48).fill(150));
});

Deno.test("readImageFolder() reads JPEG files, whatever they are called", async () => {
  const { images } = await read({ "a/a.png": JPEG });
  const [left, right] = [images.subarray(0, 3), images.subarray(21, 24)];
  for (const [pixel, colour] of [[left, [192, 32, 32]], [right, [32, 64, 192]]]) {
    for (const [i, value] of (colour as number[]).entries()) {
      assert.ok(Math.abs((pixel?.[i] ?? 0) - value) < 12, `${pixel}`);
    }
  }
});

Deno.test("readImageFolder() puts what is transparent on white", async () => {
  const { images } = await read({ "a/a.png": png(8, 8, [0, 0, 0, 51]) });
  assert.deepEqual(images, new Uint8Array(192).fill(204));
});

for (
  const [what, files, message] of [
    [
      "a folder without classes",
      { "a.png": RED },
      'Cannot read images from "photos": it holds no folders, and there must be one for each class',
    ],
    [
      "a class without files",
      { "a/b/c.png": RED },
      'Cannot read images from "photos/a": it holds no files',
    ],
    [
      "what is no image",
      { "a/a.txt": new TextEncoder().encode("hello") },
      'Cannot read image "photos/a/a.txt": it is neither a PNG nor a JPEG file',
    ],
    [
      "a damaged image",
      { "a/a.png": RED, "a/b.jpg": JPEG.subarray(0, 60) },
      'Cannot read image "photos/a/b.jpg": it is damaged, or wholly transparent',
    ],
    [
      "more than 256 classes",
      Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`${i}/a`, RED])),
      'Cannot read images from "photos": it holds 257 folders, and 256 classes are the most',
    ],
  ] as const
) {
  Deno.test(`readImageFolder() refuses ${what}`, async () => {
    assert.equal(await refused(files), message);
  });
}

Deno.test("readImageFolder() says that there is no such folder", async () => {
  await using written = await imageFolder({ "a/a.png": RED });
  using rasteriser = startRasteriser();
  const folder = join(written.folder, "test");
  await assert.rejects(
    () => readImageFolder(folder, { side: 8, rasteriser }),
    { message: `Cannot read images from "${folder}": there is no such folder` },
  );
});
