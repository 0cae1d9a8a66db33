import assert from "node:assert/strict";
import { startImageDecoder } from "../../../../data/asked/pictures/image_decoder.ts";
import { listImageTree } from "../../../../data/asked/sets/image_tree.ts";
import type { Listing } from "../../../../data/asked/sets/listing.ts";
import {
  type Packing,
  packSet,
  packStamp,
} from "../../../../data/asked/sets/pack_set.ts";
import { GIF, imageFolder, JPEG, png } from "../../image_files.ts";
import { bytesOf, listed } from "./listed.ts";

const grey = (value: number) => png(8, 8, [value, value, value]);

interface How {
  readonly most?: number;
  readonly allowUnreadable?: number | "all";
}

async function pack(
  listing: Listing,
  { most = 5000, allowUnreadable }: How = {},
): Promise<Packing> {
  using decoder = startImageDecoder(8, { workers: 2 });
  return await packSet(listing, {
    name: "shifted",
    decoder,
    side: 8,
    most,
    allowUnreadable,
    signal: new AbortController().signal,
  });
}

async function packTree(
  files: Readonly<Record<string, Uint8Array>>,
  how: How = {},
): Promise<Packing> {
  await using tree = await imageFolder(files);
  return await pack(await listed(listImageTree(tree.folder)), how);
}

/** A list of pictures in memory, the grey of each its number. */
function greys(n: number, groupOf: (i: number) => string | null): Listing {
  return {
    kind: "listed",
    images: Array.from({ length: n }, (_, i) => ({
      name: `${i}`,
      label: null,
      group: groupOf(i),
    })),
    stamp: "stamp",
    remarks: [],
    async *read(positions) {
      for (const position of positions) {
        yield { position, bytes: await Promise.resolve(grey(position)) };
      }
    },
  };
}

Deno.test("packSet() makes all images small in the order of the list, and notes what their files were", async () => {
  const packing = await packTree({
    "owl/wide.jpg": JPEG,
    "owl/a.gif": GIF,
    "cat/a.png": grey(9),
  });
  assert(packing.kind === "packed");
  const { images, ...rest } = packing.set;
  assert.deepEqual([images.length, images[0]], [3 * 192, 9]);
  assert.deepEqual(rest, {
    side: 8,
    labels: Int32Array.of(0, 1, 1),
    classes: ["cat", "owl"],
    groups: null,
    names: ["cat/a.png", "owl/a.gif", "owl/wide.jpg"],
    widths: Int32Array.of(8, 12, 32),
    heights: Int32Array.of(8, 8, 16),
    bytes: Int32Array.of(grey(9).length, GIF.length, JPEG.length),
    types: Uint8Array.of(0, 2, 1),
    found: 3,
    unreadable: [],
    copies: [],
  });
});

Deno.test("packSet() names what it cannot read, and stops where that is more than may be", async () => {
  const files = {
    "a.png": grey(1),
    "b.jpg": JPEG.subarray(0, 600),
    "c.heic": bytesOf("heic"),
    "d.png": grey(2),
  };
  const refused = await packTree(files);
  assert(refused.kind === "refused");
  assert.deepEqual(refused.problems.flat(), [
    'Cannot use shifted: 2 of 4 files cannot be read; repair or remove them, or leave them out with --allow-unreadable 2, or however many there are with --allow-unreadable all ("allowUnreadable" in the file of a question)',
    "Cannot read image: b.jpg is damaged",
    "Cannot read image: c.heic is not a PNG, JPEG, GIF or WebP file; convert it to one of these",
  ]);
  const packing = await packTree(files, { allowUnreadable: 2 });
  assert.deepEqual(await packTree(files, { allowUnreadable: "all" }), packing);
  assert(packing.kind === "packed");
  const { names, labels, classes, unreadable, copies } = packing.set;
  assert.deepEqual([names, labels, classes], [["a.png", "d.png"], null, []]);
  assert.deepEqual(unreadable, [
    "b.jpg is damaged",
    "c.heic is not a PNG, JPEG, GIF or WebP file; convert it to one of these",
  ]);
  assert.deepEqual(copies, []);
});

Deno.test("packSet() gives what it could read of a set that it refuses, and the set as if it could read all", async () => {
  const refused = await packTree({
    "cat/a.png": grey(1),
    "cat/b.png": grey(1),
    "owl/c.png": bytesOf("no image"),
  });
  assert(refused.kind === "refused");
  const { read, mended } = refused;
  assert.deepEqual([read.names, read.classes], [["cat/a.png"], ["cat"]]);
  assert.deepEqual(read.copies, ["cat/b.png is a copy of cat/a.png"]);
  assert.equal(read.images.length, 192);
  assert.deepEqual(
    [mended.names, mended.classes, mended.images.length],
    [["cat/a.png", "owl/c.png"], ["cat", "owl"], 0],
  );
});

Deno.test("packSet() leaves out one file of a hundred that cannot be read, and not two", async () => {
  const some = (damaged: number) =>
    packTree(Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [
        `${i}.png`,
        i < damaged ? bytesOf(`${i}`) : grey(i),
      ]),
    ));
  assert.equal((await some(1)).kind, "packed");
  assert.equal((await some(2)).kind, "refused");
});

Deno.test("packSet() leaves out files with the same bytes as one before, and names both", async () => {
  const packing = await packTree({
    "cat/a.png": grey(1),
    "cat/b.png": grey(1),
    "owl/a.png": grey(2),
  });
  assert(packing.kind === "packed");
  assert.deepEqual(packing.set.names, ["cat/a.png", "owl/a.png"]);
  assert.deepEqual(packing.set.unreadable, []);
  assert.deepEqual(packing.set.copies, ["cat/b.png is a copy of cat/a.png"]);
});

Deno.test("packSet() leaves out all of the files with the same bytes and several labels, up to one of a hundred", async () => {
  const some = (n: number) =>
    packTree({
      "cat/0.png": grey(0),
      "cat/same.png": grey(0),
      "owl/0.png": grey(0),
      ...Object.fromEntries(
        Array.from(
          { length: n - 3 },
          (_, i) => [`cat/x${i}.png`, png(8, 8, [i % 256, i >> 8, 9])],
        ),
      ),
    });
  const three = [
    "cat/same.png is a copy of cat/0.png",
    "owl/0.png is a copy of cat/0.png, which has another label",
    "cat/0.png has a copy with another label",
  ];
  const packed = await some(300);
  assert(packed.kind === "packed");
  assert.equal(packed.set.names.length, 297);
  assert.deepEqual(packed.set.copies, three);
  assert.deepEqual(packed.set.classes, ["cat"]);
  const refused = await some(299);
  assert(refused.kind === "refused");
  assert.deepEqual(refused.problems, [[
    "Cannot use shifted: 3 of 299 files are the same as others with another label; give each image one label, or remove those of which it is not known",
    ...three.map((line) => `Cannot tell label: ${line}`),
  ]]);
  assert.deepEqual(refused.read.copies, []);
});

Deno.test("packSet() says of a file that a manifest lists twice that it does", async () => {
  const listing = greys(3, () => null);
  const packing = await pack({
    ...listing,
    images: listing.images.toSpliced(2, 1, ...listing.images.slice(0, 1)),
    async *read(positions) {
      for (const position of positions) {
        yield { position, bytes: await Promise.resolve(grey(position % 2)) };
      }
    },
  });
  assert(packing.kind === "packed");
  assert.deepEqual(packing.set.copies, ["0 is listed twice"]);
});

Deno.test("packSet() draws the same images of too many each time, all over the list", async () => {
  const draw = async () => {
    const packing = await pack(greys(100, () => null), { most: 10 });
    assert(packing.kind === "packed");
    return packing.set;
  };
  const first = await draw();
  assert.deepEqual(await draw(), first);
  assert.deepEqual([first.found, first.names.length], [100, 10]);
  assert(first.names.some((name) => Number(name) >= 50));
  assert.deepEqual(
    first.names,
    first.names.toSorted((a, b) => Number(a) - Number(b)),
  );
});

Deno.test("packSet() draws whole groups, and a part of one that is too large by itself", async () => {
  const packing = await pack(greys(100, (i) => `g${Math.floor(i / 10)}`), {
    most: 25,
  });
  assert(packing.kind === "packed");
  const counts = Map.groupBy(packing.set.groups ?? [], (group) => group);
  assert.deepEqual(
    [...counts.values()].map(({ length }) => length),
    [10, 10],
  );
  const large = await pack(greys(30, () => "one"), { most: 25 });
  assert(large.kind === "packed");
  assert.equal(large.set.groups?.length, 25);
});

Deno.test("packSet() stops where it is told to", async () => {
  using decoder = startImageDecoder(8, { workers: 1 });
  const stop = new AbortController();
  await assert.rejects(
    packSet(greys(20, () => null), {
      name: "test",
      decoder,
      side: 8,
      most: 20,
      signal: stop.signal,
      onProgress: (done) => done === 3 && stop.abort(new Error("stopped")),
    }),
    { message: "stopped" },
  );
});

Deno.test("packStamp() changes with the files and with what is made of them", () => {
  const how = {
    place: "/photos",
    side: 64,
    most: 10,
    allowUnreadable: undefined,
  };
  const list = greys(1, () => null);
  const stamps = [
    packStamp(list, how),
    packStamp({ ...list, stamp: "other" }, how),
    packStamp(list, { ...how, side: 32 }),
    packStamp(list, { ...how, most: 9 }),
    packStamp(list, { ...how, allowUnreadable: 0 }),
    packStamp(list, { ...how, place: "/others" }),
  ];
  assert.equal(new Set(stamps).size, 6);
  assert.equal(packStamp(greys(1, () => null), how), stamps[0]);
});

Deno.test("packStamp() changes with the properties that are given, and stays where there are none", () => {
  const list = greys(1, () => null);
  const how = {
    place: "/photos",
    side: 64,
    most: 10,
    allowUnreadable: undefined,
  };
  const stampWith = (names: readonly string[]) =>
    packStamp({
      ...list,
      images: list.images.map((image) => ({
        ...image,
        properties: Object.fromEntries(names.map((name) => [name, "x"])),
      })),
    }, how);
  assert.equal(stampWith([]), packStamp(list, how));
  assert.equal(new Set([[], ["a"], ["b"], ["a", "b"]].map(stampWith)).size, 4);
});

Deno.test("packSet() keeps the properties of the images that it keeps", async () => {
  const list = greys(4, () => null);
  const images = list.images.map((image, i) => ({
    ...image,
    properties: { camera: `c${i}` },
  }));
  const packing = await pack({
    ...list,
    images,
    async *read(positions) {
      for await (const { position, bytes } of list.read(positions)) {
        yield { position, bytes: position === 1 ? "is lost" : bytes };
      }
    },
  }, { allowUnreadable: 1 });
  assert(packing.kind === "packed");
  const { names, properties } = packing.set;
  assert.deepEqual(names, ["0", "2", "3"]);
  assert.deepEqual(properties, { camera: ["c0", "c2", "c3"] });
});

Deno.test("packSet() names images without a group so that those of two sets have none in common", async () => {
  const groupsOf = async (name: string) => {
    using decoder = startImageDecoder(8, { workers: 1 });
    const packing = await packSet(greys(2, (i) => i === 0 ? "one" : null), {
      name,
      decoder,
      side: 8,
      most: 9,
      signal: new AbortController().signal,
    });
    assert(packing.kind === "packed");
    return new Set(packing.set.groups);
  };
  const [first, second] = [await groupsOf("test"), await groupsOf("shifted")];
  assert.deepEqual([...first.intersection(second)], ["one"]);
});

Deno.test("packSet() counts copies of what it cannot read as unreadable too", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, i) => [`${i}.png`, bytesOf("no image")]),
  );
  const packing = await packTree({ ...files, "x.png": grey(7) });
  assert(packing.kind === "refused");
  assert.match(
    packing.problems[0]?.[0] ?? "",
    /^Cannot use shifted: 6 of 7 files cannot be read; /,
  );
});

Deno.test("packSet() does not offer to leave out all files, nor does so", async () => {
  const files = { "a.png": bytesOf("a"), "b.png": bytesOf("b") };
  for (const allowUnreadable of [1, 2]) {
    const packing = await packTree(files, { allowUnreadable });
    assert(packing.kind === "refused");
    assert.equal(
      packing.problems[0]?.[0],
      "Cannot use shifted: 2 of 2 files cannot be read; repair them",
    );
  }
});
