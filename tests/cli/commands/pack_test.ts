import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { images } from "../../../data/images/images.ts";
import { leftOutOf } from "../../../data/own/packed_images.ts";
import { imageFolder, JPEG, png } from "../../data/image_files.ts";
import { rig } from "../rig.ts";

const PHOTOS = Object.fromEntries(
  ["reference", "test", "shifted"].flatMap((set, i) => [
    [`${set}/cat/1.png`, png(8, 8, [200, 10, i])],
    [`${set}/cat/2.png`, png(8, 8, [210, 10, i])],
    [`${set}/owl/1.png`, png(8, 8, [220, 10, i])],
  ]),
);

Deno.test("pack writes a file for each set, of images by class", async () => {
  await using t = await rig();
  await using photos = await imageFolder(PHOTOS);
  const { code, stdout } = await t.run(
    ["pack", photos.folder, "--side", "16"],
    { pipelines: [] },
  );
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `reference: 3 images of 2 classes: cat 2 and owl 1
test: 3 images of 2 classes: cat 2 and owl 1
shifted: 3 images of 2 classes: cat 2 and owl 1
Noise of an accuracy (95%): up to ±56.6 points with 3 test images, ±56.6 points with 3 shifted ones
Wrote own: 3 files of 16 × 16 pixels, 7.5 kB
`,
  );
  const { labels, shape, classes } = images.decode(
    await Deno.readFile(join(t.folder, "own/shifted.safetensors")),
  );
  assert.deepEqual([...labels], [0, 0, 1]);
  assert.deepEqual([shape, classes], [[16, 16, 3], ["cat", "owl"]]);
});

Deno.test("pack refuses in one line what it cannot read, and writes nothing", async () => {
  await using t = await rig();
  await using photos = await imageFolder({
    "reference/cat/1.png": png(8, 8, [1, 2, 3]),
    "test/cat/1.png": png(8, 8, [2, 2, 3]),
    "shifted/owl/1.png": png(8, 8, [3, 2, 3]),
  });
  const refused = async (folder: string) => {
    const { code, stderr } = await t.run(["pack", folder], { pipelines: [] });
    assert.equal(code, 2);
    return stderr.replaceAll(photos.folder, "photos");
  };
  assert.match(
    await refused(photos.folder),
    /^Cannot use the images of "images-\w+": "shifted" has no class "cat", which "reference" has\n$/,
  );
  assert.equal(
    await refused(join(photos.folder, "reference")),
    "Cannot read images: reference and test and shifted are missing\n",
  );
  const names = await Array.fromAsync(Deno.readDir(t.folder));
  assert.deepEqual(names, []);
});

Deno.test("pack leaves out what cannot be read with --skip-unreadable, names it, and records it", async () => {
  await using t = await rig();
  await using photos = await imageFolder({
    ...PHOTOS,
    "test/cat/3.jpg": JPEG.subarray(0, 60),
  });
  const words = ["pack", photos.folder, "--side", "16"];
  const refused = await t.run(words, { pipelines: [] });
  assert.equal(refused.code, 2);
  assert.equal(
    refused.stderr,
    "Cannot read image: test/cat/3.jpg is damaged\nFix or remove the files that cannot be read, or leave them out with --skip-unreadable\n",
  );
  const { code, stderr } = await t.run([...words, "--skip-unreadable"], {
    pipelines: [],
  });
  assert.equal(code, 0);
  assert.equal(stderr, "Left out: test/cat/3.jpg is damaged\n");
  const [reference, test, shifted] = ["reference", "test", "shifted"]
    .map((name) =>
      pathToFileURL(join(t.folder, "own", `${name}.safetensors`))
    ) as [URL, URL, URL];
  assert.equal(await leftOutOf({ files: { reference, test, shifted } }), 1);
});
