import assert from "node:assert/strict";
import { join } from "node:path";
import { listImageTree } from "../../../../data/asked/sets/image_tree.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf, readAll } from "./listed.ts";

const A = bytesOf("a");

Deno.test("listImageTree() takes classes and files by name, folders within a class with it, and passes over what is no image", async () => {
  await using tree = await imageFolder({
    "owl/a.png": A,
    "cat/2019/b.jpg": bytesOf("b"),
    "cat/a.png": A,
    "cat/.DS_Store": A,
    "cat/Thumbs.db": A,
    "notes.txt": A,
    ".git/config": A,
  });
  const listing = await listed(listImageTree(tree.folder));
  assert.deepEqual(listing.images, [
    { name: "cat/2019/b.jpg", label: "cat", group: null },
    { name: "cat/a.png", label: "cat", group: null },
    { name: "owl/a.png", label: "owl", group: null },
  ]);
  assert.deepEqual(await readAll(listing), [bytesOf("b"), A, A]);
});

Deno.test("listImageTree() reads classes and files of any name", async () => {
  const names = [
    "<script>alert(1)</script>"
      .replaceAll("/", ""),
    "zeile\neins",
    "größe 猫 🦉",
  ].sort();
  await using tree = await imageFolder(
    Object.fromEntries(names.map((name) => [`${name}/${name}`, A])),
  );
  const { images } = await listed(listImageTree(tree.folder));
  assert.deepEqual(images.map(({ label }) => label), names);
});

Deno.test("listImageTree() takes a class for the same whether its é is one character or two", async () => {
  const own = "caf\u00e9";
  for (const name of [own, own.normalize("NFD")]) {
    await using tree = await imageFolder({ [`${name}/a.png`]: A });
    const { images } = await listed(listImageTree(tree.folder));
    assert.deepEqual(images, [
      { name: `${name}/a.png`, label: own, group: null },
    ]);
  }
});

Deno.test("listImageTree() takes a folder of images alone for one without labels", async () => {
  await using tree = await imageFolder({ "b.png": A, "a.png": A });
  const { images } = await listed(listImageTree(tree.folder));
  assert.deepEqual(
    images.map(({ name, label }) => [name, label]),
    [["a.png", null], ["b.png", null]],
  );
});

Deno.test("listImageTree() refuses a folder without images, images beside classes, and what is not there", async () => {
  await using tree = await imageFolder({ "notes.txt": A });
  const { folder } = tree;
  assert.deepEqual(await problemsOf(listImageTree(folder), folder), [
    "Cannot read images: ~ has none; put them into a folder for each class",
  ]);
  assert.deepEqual(await problemsOf(listImageTree(join(folder, "x")), folder), [
    "Cannot read images: ~/x is not there",
  ]);
  await using mixed = await imageFolder({
    "cat/a.png": A,
    "a.png": A,
    "b.png": A,
  });
  assert.deepEqual(
    await problemsOf(listImageTree(mixed.folder), mixed.folder),
    [
      "Cannot read images: in ~, a.png and 1 more lie beside the folders of classes; move each into one",
    ],
  );
});

Deno.test("listImageTree() says all at once that is wrong with a folder, and lists what it found", async () => {
  await using tree = await imageFolder({
    "train/cat/a.png": A,
    "test/cat/b.png": A,
    "c.png": A,
  });
  const { folder } = tree;
  await Deno.symlink(join(folder, "nowhere"), join(folder, "dog"));
  const refused = await listImageTree(folder);
  assert(refused.kind === "refused");
  assert.deepEqual(refused.problems.map((line) => line.replace(folder, "~")), [
    `Cannot read images: ~/dog is a link that leads nowhere; correct or remove it`,
    "Cannot read images: in ~, c.png lies beside the folders of classes; move each into one",
    `Cannot read images: ~ has "test" and "train", which look like sets with folders of classes; name one, as ${folder}/test`,
  ]);
  assert.deepEqual(refused.found?.images.map(({ name }) => name), [
    "c.png",
    "test/cat/b.png",
    "train/cat/a.png",
  ]);
});

Deno.test("listImageTree() follows links, but not in a circle, and lists those that lead nowhere", async () => {
  await using tree = await imageFolder({ "cat/a.png": A });
  const { folder } = tree;
  await Deno.symlink(folder, join(folder, "cat/all"));
  await Deno.symlink(join(folder, "cat"), join(folder, "owl"));
  await Deno.symlink(join(folder, "nowhere"), join(folder, "cat/b.png"));
  const listing = await listed(listImageTree(folder));
  assert.deepEqual(listing.images.map(({ name }) => name), [
    "cat/a.png",
    "cat/b.png",
    "owl/a.png",
    "owl/b.png",
  ]);
  assert.deepEqual(await readAll(listing), [
    A,
    "is not there",
    A,
    "is not there",
  ]);
});

Deno.test("listImageTree() gives another stamp where a file changes, and the same where none does", async () => {
  await using tree = await imageFolder({ "cat/a.png": A, "owl/a.png": A });
  const stamp = async () => (await listed(listImageTree(tree.folder))).stamp;
  const first = await stamp();
  assert.equal(await stamp(), first);
  await Deno.utime(join(tree.folder, "cat/a.png"), 1, 1);
  assert.notEqual(await stamp(), first);
});

Deno.test("listImageTree() refuses a folder of sets, and passes over what other programs put beside images", async () => {
  await using tree = await imageFolder({
    "Train/cat/1.png": bytesOf("1"),
    "val/cat/2.png": bytesOf("2"),
    "val/cat/@eaDir/2.png/SYNOPHOTO_THUMB_M.jpg": bytesOf("small"),
    "val/dog/Icon\r": bytesOf(""),
    "val/dog/3.png": bytesOf("3"),
  });
  assert.deepEqual(await problemsOf(listImageTree(tree.folder), tree.folder), [
    'Cannot read images: ~ has "Train" and "val", which look like sets with folders of classes; name one, as ~/Train',
  ]);
  const { images } = await listed(listImageTree(join(tree.folder, "val")));
  assert.deepEqual(images.map(({ name }) => name), ["cat/2.png", "dog/3.png"]);
});

Deno.test("listImageTree() takes folders of classes whatever they are called, and reads no pipe", async () => {
  await using tree = await imageFolder({
    "v1.md/a.png": bytesOf("a"),
    "x.py/b.png": bytesOf("b"),
    "x.py/notes.txt": bytesOf("no image"),
    ".cache/c.png": bytesOf("c"),
  });
  const pipe = join(tree.folder, "x.py", "z.png");
  assert.ok(
    (await new Deno.Command("mkfifo", { args: [pipe] }).output()).success,
  );
  const listing = await listed(listImageTree(tree.folder));
  assert.deepEqual(
    listing.images.map(({ name, label }) => [name, label]),
    [["v1.md/a.png", "v1.md"], ["x.py/b.png", "x.py"], ["x.py/z.png", "x.py"]],
  );
  assert.deepEqual(await readAll(listing), [
    bytesOf("a"),
    bytesOf("b"),
    "is no file",
  ]);
});

Deno.test("listImageTree() gives another stamp where two files of one size and time change places", async () => {
  await using tree = await imageFolder({
    "cat/1.png": bytesOf("one"),
    "dog/1.png": bytesOf("two"),
  });
  const [cat, dog, aside] = ["cat/1.png", "dog/1.png", "aside"]
    .map((path) => join(tree.folder, path)) as [string, string, string];
  const time = new Date(0);
  for (const path of [cat, dog]) await Deno.utime(path, time, time);
  const stamp = async () => (await listed(listImageTree(tree.folder))).stamp;
  const before = await stamp();
  for (const [from, to] of [[cat, aside], [dog, cat], [aside, dog]] as const) {
    await Deno.rename(from, to);
  }
  assert.notEqual(await stamp(), before);
});

Deno.test("listImageTree() says of a folder of a class that it is a link that leads nowhere, or that its name is not in UTF-8", async () => {
  await using tree = await imageFolder({ "cat/a.png": A, "dog/a.png": A });
  const { folder } = tree;
  await Deno.symlink(join(folder, "nowhere"), join(folder, "owl"));
  await Deno.symlink(join(folder, "nowhere"), join(folder, "notes.txt"));
  const { success } = await new Deno.Command("sh", {
    args: ["-c", "mkdir \"$(printf 'caf\\351')\""],
    cwd: folder,
  }).output();
  const lines = [
    "Cannot read images: ~/owl is a link that leads nowhere; correct or remove it",
  ];
  if (success) { // macOS has names in UTF-8 alone
    lines.unshift(
      "Cannot read images: ~/caf\uFFFD has a name that is not in UTF-8; rename it",
    );
  }
  assert.deepEqual(await problemsOf(listImageTree(folder), folder), lines);
  for (const name of ["cat", "dog"]) {
    await Deno.remove(join(folder, name), { recursive: true });
  }
  assert.deepEqual(await problemsOf(listImageTree(folder), folder), lines);
});

Deno.test("listImageTree() says of an image that its name is not in UTF-8 when it is read", async () => {
  await using tree = await imageFolder({ "cat/a.png": A, "cat/b.png": A });
  const { success } = await new Deno.Command("sh", {
    args: ["-c", "mv b.png \"$(printf 'caf\\351.png')\""],
    cwd: join(tree.folder, "cat"),
  }).output();
  if (!success) return; // macOS has names in UTF-8 alone
  assert.deepEqual(await readAll(await listed(listImageTree(tree.folder))), [
    A,
    "has a name that is not in UTF-8; rename it",
  ]);
});
