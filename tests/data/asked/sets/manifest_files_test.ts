/** What a manifest may say of files that are not there, or are called otherwise. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { listManifest } from "../../../../data/asked/sets/manifest.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf, readAll } from "./listed.ts";

const FILES = { "a.png": bytesOf("a"), "deep/b.png": bytesOf("b") };

Deno.test("listManifest() says of a missing file that it is not there when it is read", async () => {
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.csv": bytesOf("file_name\nx.png\na.png\n"),
  });
  const listing = await listed(
    listManifest(`${tree.folder}/m.csv`, { set: "shifted" }),
  );
  assert.deepEqual(listing.images, [
    { name: "x.png", label: null, group: null },
    { name: "a.png", label: null, group: null },
  ]);
  assert.deepEqual(await readAll(listing), ["is not there", bytesOf("a")]);
});

Deno.test("listManifest() finds files whose names are as Windows writes them, and those that are called so", async () => {
  const rows = ["deep\\b.png,1", "c\\d.png,1", "deep/b\\c.png,1"];
  await using tree = await imageFolder({
    ...FILES,
    "c\\d.png": bytesOf("d"),
    "m.csv": bytesOf(`file_name,label\n${rows.join("\n")}\n`),
    "out.csv": bytesOf("file_name\na\\..\\..\\x.png\n"),
  });
  const { folder } = tree;
  const list = (name: string) =>
    listManifest(join(folder, name), { set: "reference" });
  const listing = await listed(list("m.csv"));
  assert.deepEqual(
    listing.images.map(({ name }) => name),
    ["deep/b.png", "c\\d.png", "deep/b\\c.png"],
  );
  assert.deepEqual(await readAll(listing), [
    bytesOf("b"),
    bytesOf("d"),
    "is not there",
  ]);
  assert.deepEqual(await problemsOf(list("out.csv"), folder), [
    "Cannot read images: line 2 of ~/out.csv names a\\..\\..\\x.png, which is outside its folder; put the manifest above its images",
  ]);
});

Deno.test("listManifest() refuses in a line what names no file that is there, or addresses", async () => {
  await using tree = await imageFolder({
    ...FILES,
    "none.csv": bytesOf("file_name\nb.png\ndata/a.png\n"),
    "one.csv": bytesOf("file_name\nC:\\data\\a.png\n"),
    "web.csv": bytesOf("file_name\na.png\ns3://b/a.png\nhttp://h/b.png\n"),
  });
  const { folder } = tree;
  const problems = (name: string) =>
    problemsOf(listManifest(join(folder, name), { set: "shifted" }), folder);
  assert.deepEqual(await problems("none.csv"), [
    'Cannot use shifted: none of the 2 files that none.csv names is there: paths are from its own folder, ~, with "/"',
  ]);
  assert.deepEqual(await problems("one.csv"), [
    'Cannot use shifted: the file that one.csv names is not there: paths are from its own folder, ~, with "/"',
  ]);
  assert.deepEqual(await problems("web.csv"), [
    "Cannot use shifted: 2 of the 3 files that web.csv names are addresses, such as s3://b/a.png; fetch them, and name the paths of their files from its own folder, ~",
  ]);
});
