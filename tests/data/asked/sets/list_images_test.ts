import assert from "node:assert/strict";
import { join } from "node:path";
import {
  listImages,
  listQuestion,
} from "../../../../data/asked/sets/list_images.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf } from "./listed.ts";

const A = bytesOf("a");

Deno.test("listImages() tells a folder, a manifest and an archive apart, and says what else there may be", async () => {
  await using tree = await imageFolder({
    "photos/cat/a.png": A,
    "photos/m.csv": bytesOf("file_name\ncat/a.png\n"),
    "x.zip": A,
    "x.tar": A,
  });
  const { folder } = tree;
  const list = (place: string) =>
    listImages(join(folder, place), { set: "reference" });
  for (const place of ["photos", "photos/m.csv"]) {
    const { images } = await listed(list(place));
    assert.deepEqual(images.map(({ name }) => name), ["cat/a.png"]);
  }
  assert.deepEqual(await problemsOf(list("x.zip"), folder), [
    "Cannot read images: ~/x.zip is neither a folder nor a .tar, .tar.gz, .csv, .tsv, .jsonl or .parquet file",
  ]);
  assert.match(
    (await problemsOf(list("x.tar"), folder)).join(),
    /not a complete tar/,
  );
  assert.deepEqual(await problemsOf(list("y"), folder), [
    "Cannot read images: ~/y is not there",
  ]);
});

Deno.test("listQuestion() lists all sets, and finds what is wrong with any of them at once", async () => {
  await using tree = await imageFolder({
    "train/cat/a.png": A,
    "field/cat/a.png": A,
    "empty/notes.txt": A,
  });
  const { folder } = tree;
  const [train, field, empty] = ["train", "field", "empty"]
    .map((name) => join(folder, name)) as [string, string, string];
  const good = await listQuestion({ reference: train, shifted: field });
  assert(good.kind === "listed");
  assert.deepEqual(Object.keys(good.listings), [
    "reference",
    "test",
    "shifted",
  ]);
  assert.equal(good.listings.test, undefined);
  assert.deepEqual(
    await problemsOf(
      listQuestion({
        reference: empty,
        test: join(folder, "x"),
        shifted: field,
      }),
      folder,
    ),
    [
      "Cannot read images: ~/empty has none; put them into a folder for each class",
      "Cannot read images: ~/x is not there",
    ],
  );
});

Deno.test("listQuestion() refuses the same folder twice, by a link too, and a folder within another", async () => {
  await using tree = await imageFolder({ "train/cat/a.png": A });
  const { folder } = tree;
  const train = join(folder, "train");
  const link = join(folder, "link");
  await Deno.symlink(train, link);
  for (const shifted of [train, link, `${train}/`]) {
    assert.deepEqual(
      await problemsOf(listQuestion({ reference: train, shifted }), folder),
      ["Cannot compare reference and shifted: both are ~/train"],
    );
  }
  assert.deepEqual(
    await problemsOf(
      listQuestion({ reference: train, shifted: join(train, "cat") }),
      folder,
    ),
    [
      "Cannot compare reference and shifted: one of ~/train and ~/train/cat lies within the other; keep them apart",
    ],
  );
});

Deno.test("listQuestion() lets one manifest hold several sets by their splits, and no image twice", async () => {
  const rows = ["a,x,train", "b,x,test", "c,x,shifted"];
  await using tree = await imageFolder({
    "m.csv": bytesOf(`file_name,label,split\n${rows.join("\n")}\n`),
    "n.csv": bytesOf("file_name,label,split\na,x,train\nb,x,extra\n"),
    a: A,
    b: A,
    c: A,
  });
  const { folder } = tree;
  const m = join(folder, "m.csv");
  const n = join(folder, "n.csv");
  const all = { reference: m, test: m, shifted: m };
  assert.equal((await listQuestion(all)).kind, "listed");
  assert.deepEqual(
    await problemsOf(listQuestion({ reference: n, shifted: n }), folder),
    [
      'Cannot compare reference and shifted: both are ~/n.csv, and 1 of its images are in both, such as a; a manifest of several sets has a column "split", which says train, test or shifted',
    ],
  );
});

Deno.test("listQuestion() takes properties of manifests, and says in a line that a folder or an archive has no columns", async () => {
  await using tree = await imageFolder({
    "train.csv": bytesOf("file_name,label,camera\na.png,cat,nikon\n"),
    "new.csv": bytesOf("file_name,label,camera\nb.png,cat,canon\n"),
    "a.png": A,
    "b.png": A,
    "field/cat/a.png": A,
    "x.tar": A,
  });
  const { folder } = tree;
  const reference = join(folder, "train.csv");
  const list = (shifted: string) =>
    listQuestion({
      reference,
      shifted: join(folder, shifted),
      columns: { property: "camera" },
    });
  const good = await list("new.csv");
  assert(good.kind === "listed");
  const { shifted } = good.listings;
  assert.deepEqual(shifted.images[0]?.properties, { camera: "canon" });
  for (const place of ["field", "x.tar"]) {
    assert.deepEqual(await problemsOf(list(place), folder), [
      `Cannot read images: ~/${place} is no manifest, and has no column "camera"; list the images of all sets in manifests with it, or take it out of the properties`,
    ]);
  }
});
