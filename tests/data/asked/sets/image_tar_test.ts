import assert from "node:assert/strict";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { listImageTar } from "../../../../data/asked/sets/image_tar.ts";
import { stream } from "../../../../engine/define/random.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf, readAll } from "./listed.ts";

function tar(
  files: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return packTar(
    Object.entries(files).map(([name, body]) => ({
      header: { name, size: bytesOf(body).length, mtime: new Date(0) },
      body: bytesOf(body),
    })),
  );
}

const FILES = {
  "a/0001.jpg": "one",
  "a/0001.cls": "7\n",
  "a/0001.txt": "a caption",
  "a/0002.json": '{"label": "owl", "group": "scene 1"}',
  "a/0002.seg.npy": "…",
  "a/0002.png": "two",
  "0003.webp": "three",
  "0003.txt": "猫",
  "README": "no image",
};

Deno.test("listImageTar() takes files of one key for an example, with the class of .cls, .json or .txt", async () => {
  const bytes = await tar(FILES);
  await using tree = await imageFolder({
    "x.tar": bytes,
    "x.tgz": gzipSync(bytes),
  });
  for (const name of ["x.tar", "x.tgz"]) {
    const listing = await listed(listImageTar(join(tree.folder, name)));
    assert.deepEqual(listing.images, [
      { name: "a/0001.jpg", label: "7", group: null },
      { name: "a/0002.png", label: "owl", group: "scene 1" },
      { name: "0003.webp", label: "猫", group: null },
    ]);
    assert.deepEqual(await readAll(listing), [
      bytesOf("one"),
      bytesOf("two"),
      bytesOf("three"),
    ]);
    const some = [];
    for await (const { position } of listing.read([1])) some.push(position);
    assert.deepEqual(some, [1]);
  }
});

Deno.test("listImageTar() lets go of what waits for each piece of a long gzipped archive", async () => {
  const random = stream(1, "bytes");
  const noise = Array.from(
    { length: 300_000 },
    () => random.integer(2 ** 32).toString(36),
  ).join("");
  await using tree = await imageFolder({
    "x.tgz": gzipSync(await tar({ "cat/a.png": noise })),
  });
  const warnings: Error[] = [];
  const take = (warning: Error) => void warnings.push(warning);
  process.on("warning", take);
  await listed(listImageTar(join(tree.folder, "x.tgz")));
  process.off("warning", take);
  assert.deepEqual(warnings, []);
});

Deno.test("listImageTar() reads an archive that was gzipped in several parts, and refuses one whose sum is wrong", async () => {
  const bytes = await tar(FILES);
  const middle = bytes.length >> 1;
  const parts = [bytes.subarray(0, middle), bytes.subarray(middle)]
    .flatMap((part) => [...gzipSync(part)]);
  const wrong = gzipSync(bytes);
  wrong.writeUInt32LE(
    (wrong.readUInt32LE(wrong.length - 8) ^ 1) >>> 0,
    wrong.length - 8,
  );
  await using tree = await imageFolder({
    "parts.tgz": Uint8Array.from(parts),
    "wrong.tgz": wrong,
  });
  const listing = await listed(listImageTar(join(tree.folder, "parts.tgz")));
  assert.deepEqual(await readAll(listing), [
    bytesOf("one"),
    bytesOf("two"),
    bytesOf("three"),
  ]);
  const [problem] = await problemsOf(
    listImageTar(join(tree.folder, "wrong.tgz")),
    tree.folder,
  );
  assert.match(
    problem ?? "",
    /wrong\.tgz is not a complete tar archive \(.*check/,
  );
});

Deno.test("listImageTar() refuses images whose names have a second point, but for those beside an image", async () => {
  const image = { "x.jpg": "one", "x.cls": "7", "x.mask.png": "mask" };
  await using tree = await imageFolder({
    "masks.tar": await tar(image),
    "points.tar": await tar({
      ...image,
      "cat.001.jpg": "two",
      "cat.001.cls": "8",
      "cat.002.jpg": "three",
      "cat.002.cls": "8",
    }),
  });
  const { images } = await listed(listImageTar(join(tree.folder, "masks.tar")));
  assert.deepEqual(images, [{ name: "x.jpg", label: "7", group: null }]);
  assert.deepEqual(
    await problemsOf(
      listImageTar(join(tree.folder, "points.tar")),
      tree.folder,
    ),
    [
      `Cannot read images: ~/points.tar has cat.001.jpg and 1 more, and what stands before the first point, "cat", is what names an example; put no other point into the names of images`,
    ],
  );
});

Deno.test("listImageTar() refuses an archive that is cut off anywhere, is none, or is not there", async () => {
  const bytes = await tar(FILES);
  await using tree = await imageFolder({
    "none.tar": bytesOf("hello ".repeat(200)),
    ...Object.fromEntries(
      [100, 600, 1024, 3000, bytes.length - 1024].map((end) => [
        `${end}.tar`,
        bytes.subarray(0, end),
      ]),
    ),
    "cut.tar.gz": gzipSync(bytes).subarray(0, 200),
  });
  const { folder } = tree;
  for await (const { name } of Deno.readDir(folder)) {
    const [problem] = await problemsOf(
      listImageTar(join(folder, name)),
      folder,
    );
    assert.match(
      problem ?? "",
      /^Cannot read images: ~\/\S+ is not a complete tar archive \(.+\)$/,
    );
  }
  assert.deepEqual(await problemsOf(listImageTar(`${folder}/y.tar`), folder), [
    "Cannot read images: ~/y.tar is not there",
  ]);
});

Deno.test("listImageTar() finds everything that is wrong with examples at once, and then with their labels", async () => {
  await using tree = await imageFolder({
    "x.tar": await tar({
      "1.jpg": "",
      "1.png": "",
      "2.jpg": "",
      "2.json": "{",
      "3.jpg": "",
      "3.cls": "1",
    }),
    "y.tar": await tar({ "1.cls": "1" }),
    "z.tar": await tar({ "1.jpg": "", "2.jpg": "", "2.cls": "1" }),
  });
  const { folder } = tree;
  assert.deepEqual(await problemsOf(listImageTar(`${folder}/x.tar`), folder), [
    "Cannot read images: ~/x.tar has two images of one example, 1.jpg and 1.png; keep one",
    "Cannot read images: the .json file of 2.jpg in ~/x.tar is no JSON",
  ]);
  assert.deepEqual(await problemsOf(listImageTar(`${folder}/y.tar`), folder), [
    "Cannot read images: ~/y.tar names none",
  ]);
  assert.deepEqual(await problemsOf(listImageTar(`${folder}/z.tar`), folder), [
    "Cannot read images: 1 of 2 in ~/z.tar have no label, the first is 1.jpg; label all or none",
  ]);
});

Deno.test("listImageTar() takes an empty label or group, or NaN, for none", async () => {
  await using tree = await imageFolder({
    "x.tar": await tar({
      "1.jpg": "one",
      "1.json": '{"label": "", "group": " "}',
      "2.jpg": "two",
      "2.cls": "\n",
      "3.jpg": "three",
      "3.json": '{"label": NaN, "group": NaN}',
    }),
  });
  const listing = await listed(listImageTar(join(tree.folder, "x.tar")));
  assert.deepEqual(listing.images, [
    { name: "1.jpg", label: null, group: null },
    { name: "2.jpg", label: null, group: null },
    { name: "3.jpg", label: null, group: null },
  ]);
});

Deno.test("listImageTar() reads an archive of many files of which some are passed over", async () => {
  const n = 300;
  const body = (i: number) => `${i}`.padEnd(1 + 331 * i, ".");
  await using tree = await imageFolder({
    "x.tar": await tar(Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        [`${i}.jpg`, body(i)],
        [`${i}.npy`, body(n - i)],
        [`${i}.cls`, `${i % 3}`],
      ]).flat(),
    )),
  });
  const listing = await listed(listImageTar(join(tree.folder, "x.tar")));
  assert.equal(listing.images.length, n);
  for (const step of [1, 7]) {
    const positions = [...listing.images.keys()].filter((i) => i % step === 0);
    const read = [];
    for await (const { position, bytes } of listing.read(positions)) {
      assert.deepEqual(bytes, bytesOf(body(position)));
      read.push(position);
    }
    assert.deepEqual(read, positions);
  }
});

Deno.test("listImageTar() says where .json has a record in the place of a word, and which archive is cut off when it is read", async () => {
  const whole = await tar({ "1.jpg": "one", "2.jpg": "two" });
  await using tree = await imageFolder({
    "x.tar": await tar({
      "0.jpg": "",
      "0.cls": "2",
      "1.jpg": "",
      "1.json": '{"label": {"id": 1}}',
    }),
    "y.tar": whole,
  });
  const { folder } = tree;
  assert.deepEqual(await problemsOf(listImageTar(`${folder}/x.tar`), folder), [
    'Cannot read images: the .json file of 1.jpg in ~/x.tar has {"id":1} as "label", where one word or number must be',
  ]);
  const listing = await listed(listImageTar(`${folder}/y.tar`));
  await Deno.writeFile(`${folder}/y.tar`, whole.subarray(0, 700));
  await assert.rejects(readAll(listing), {
    message:
      /^Cannot read images: \S+\/y\.tar is not a complete tar archive \(.+\); write it again$/,
  });
});

Deno.test("listImageTar() passes over what macOS and others put beside images, as folders do, and takes names that begin with a folder of one point", async () => {
  const files = {
    "./0001.jpg": "one",
    "./._0001.jpg": "what macOS keeps of it",
    "./0001.cls": "7",
    "./._0001.cls": "what macOS keeps of that",
    "./cat/0002.png": "two",
    "./cat/0002.cls": "8",
    "./cat/.0003.png": "hidden",
    ".cache/0004.png": "in a hidden folder",
    "__MACOSX/cat/0002.png": "beside all others",
    "cat/@eaDir/0002.png": "small",
  };
  await using tree = await imageFolder({ "x.tar": await tar(files) });
  const listing = await listed(listImageTar(join(tree.folder, "x.tar")));
  assert.deepEqual(listing.images, [
    { name: "./0001.jpg", label: "7", group: null },
    { name: "./cat/0002.png", label: "8", group: null },
  ]);
  assert.deepEqual(await readAll(listing), [bytesOf("one"), bytesOf("two")]);
});

Deno.test("listImageTar() refuses links in the place of images, labels or folders, and passes over others", async () => {
  const tarWith = (links: Readonly<Record<string, "link" | "symlink">>) =>
    packTar([
      { header: { name: "1.png", size: 3 }, body: bytesOf("one") },
      { header: { name: "1.cls", size: 1 }, body: bytesOf("7") },
      ...Object.entries(links).map(([name, type]) => ({
        header: { name, type, size: 0, linkname: "1.png" },
      })),
    ]);
  const refusal = (what: string) => [
    `Cannot read images: ~/x.tar has ${what}; write it again with tar -h --hard-dereference`,
  ];
  await using tree = await imageFolder({});
  const { folder } = tree;
  const file = join(folder, "x.tar");
  for (
    const [links, what] of [
      [
        { "2.png": "symlink", "2.cls": "link" },
        "2 links, such as 2.png, and not their files",
      ],
      [{ "1.json": "link" }, "a link, 1.json, and not its file"],
      [{ "owl": "symlink" }, "a link, owl, and not its file"],
    ] as const
  ) {
    await Deno.writeFile(file, await tarWith(links));
    assert.deepEqual(
      await problemsOf(listImageTar(file), folder),
      refusal(what),
    );
  }
  await Deno.writeFile(
    file,
    await tarWith({ "2.png": "link", "3.jpg": "link", "2.mask.png": "link" }),
  );
  const refused = await listImageTar(file);
  assert(refused.kind === "refused");
  assert.deepEqual(refused.found?.images.map(({ name }) => name), ["1.png"]);
  await Deno.writeFile(file, await tarWith({ "1.npy": "link" }));
  const { images } = await listed(listImageTar(file));
  assert.deepEqual(images, [{ name: "1.png", label: "7", group: null }]);
});

Deno.test("listImageTar() takes folders below a common one for classes where no image has a label, and says so", async () => {
  const labels = async (...names: readonly string[]) => {
    const bytes = await tar(
      Object.fromEntries(names.map((name) => [name, name])),
    );
    await using tree = await imageFolder({ "x.tar": bytes });
    const { images, remarks } = await listed(
      listImageTar(join(tree.folder, "x.tar")),
    );
    assert.deepEqual(images.map(({ name }) => name), names);
    return [images.map(({ label }) => label), remarks] as const;
  };
  const remark =
    "no image in x.tar has a label beside it: the folders there are the classes.";
  const cafe = "cafe\u0301/2019/2.png";
  for (const above of ["", "./", "data/train/"]) {
    assert.deepEqual(
      await labels(`${above}owl/1.png`, `${above}${cafe}`),
      [["owl", "caf\u00e9"], [remark]],
    );
  }
  for (
    const names of [
      ["1.png"],
      ["images/1.png", "images/2.png"],
      ["1.png", "owl/1.png"],
      ["train/1.png", "train/owl/1.png"],
    ]
  ) {
    assert.deepEqual(await labels(...names), [names.map(() => null), []]);
  }
});

Deno.test("listImageTar() refuses an archive of sets", async () => {
  await using tree = await imageFolder({
    "x.tar": await tar({
      "./train/owl/1.png": "one",
      "./val/owl/2.png": "two",
    }),
  });
  assert.deepEqual(
    await problemsOf(listImageTar(join(tree.folder, "x.tar")), tree.folder),
    [
      'Cannot read images: ~/x.tar has "train" and "val", which look like sets with folders of classes; write an archive of each',
    ],
  );
});
