import assert from "node:assert/strict";
import { join } from "node:path";
import { images } from "../../../data/images/images.ts";
import { imageFolder, JPEG, png } from "../../data/image_files.ts";
import { rig } from "../rig.ts";

const RED = png(8, 8, [200, 10, 20]);

const PHOTOS = Object.fromEntries(
  ["reference", "test", "shifted"].flatMap((set) => [
    [`${set}/cat/1.png`, RED],
    [`${set}/cat/2.jpg`, JPEG],
    [`${set}/owl/1.png`, RED],
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
Written to own: 3 files of 16 × 16 pixels, 7.5 kB
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
    "reference/cat/1.png": RED,
    "test/cat/1.png": RED,
    "shifted/owl/1.png": RED,
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
    'Cannot read images from "photos/reference/reference": there is no such folder\n',
  );
  const names = await Array.fromAsync(Deno.readDir(t.folder));
  assert.deepEqual(names, []);
});
