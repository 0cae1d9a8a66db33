import assert from "node:assert/strict";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { listManifest } from "../../../../data/asked/sets/manifest.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf, readAll } from "./listed.ts";

const FILES = { "a.png": bytesOf("a"), "deep/b.png": bytesOf("b") };

const CSV = "file_name;label;group\na.png;cat;g1\ndeep/b.png;owl;\n";

const JSONL = [
  '{"file_name": "a.png", "label": "cat", "group": "g1"}',
  "",
  '{"file_name": "deep/b.png", "label": "owl"}',
].join("\r\n");

const PARQUET = new Uint8Array(parquetWriteBuffer({
  columnData: [
    { name: "file_name", data: ["a.png", "deep/b.png"], type: "STRING" },
    { name: "label", data: ["cat", "owl"], type: "STRING" },
    { name: "group", data: ["g1", null], type: "STRING" },
  ],
}));

for (
  const [name, bytes] of [
    ["m.csv", bytesOf(CSV)],
    ["sep.csv", bytesOf(`sep=;\r\n${CSV}`)],
    ["m.tsv", bytesOf(CSV.replaceAll(";", "\t"))],
    ["m.jsonl", bytesOf(JSONL)],
    ["m.parquet", PARQUET],
  ] as const
) {
  Deno.test(`listManifest() lists the images that ${name} names, beside it`, async () => {
    await using tree = await imageFolder({ ...FILES, [name]: bytes });
    const listing = await listed(
      listManifest(join(tree.folder, name), { set: "reference" }),
    );
    assert.deepEqual(listing.images, [
      { name: "a.png", label: "cat", group: "g1" },
      { name: "deep/b.png", label: "owl", group: null },
    ]);
    assert.deepEqual(await readAll(listing), [bytesOf("a"), bytesOf("b")]);
  });
}

Deno.test("listManifest() gives a set the rows of its split, says so, and all rows where no split is called like it", async () => {
  const rows = ["a.png,cat,Train", "b.png,cat,val", "c.png,cat,test"];
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "c.png": bytesOf("c"),
    "m.csv": bytesOf(`file_name,label,split\n${rows.join("\n")}\n`),
  });
  const namesOf = async (set: "reference" | "test" | "shifted") => {
    const { images, remarks } = await listed(
      listManifest(`${tree.folder}/m.csv`, { set }),
    );
    return [
      images.map(({ name }) => name).join(" "),
      ...remarks.map((remark) => remark.replace(tree.folder, "~")),
    ];
  };
  assert.deepEqual(await namesOf("reference"), [
    "a.png",
    'the 1 of 3 rows of m.csv whose split is "train".',
  ]);
  assert.deepEqual(await namesOf("test"), [
    "c.png",
    'the 1 of 3 rows of m.csv whose split is "test".',
  ]);
  assert.deepEqual(await namesOf("shifted"), [
    "a.png b.png c.png",
    'all 3 rows of m.csv: no split in it is called "shifted", only "Train", "val" and "test".',
  ]);
});

Deno.test("listManifest() refuses files outside of its folder, rows without a name, and images without labels among others", async () => {
  const rows = [
    "../x.png,1",
    "/etc/passwd,1",
    "a/../../y.png,1",
    ",1",
    "..a.png,",
  ];
  await using tree = await imageFolder({
    "m.csv": bytesOf(`file_name,label\n${rows.join("\n")}\n`),
  });
  const path = `${tree.folder}/m.csv`;
  const problems = await problemsOf(
    listManifest(path, { set: "test" }),
    tree.folder,
  );
  assert.deepEqual(problems, [
    "Cannot read images: 1 of 5 in ~/m.csv have no label, the first is ..a.png; label all or none",
    "Cannot read images: line 2 of ~/m.csv names ../x.png, which is outside its folder; put the manifest above its images",
    "Cannot read images: line 3 of ~/m.csv names /etc/passwd, which is outside its folder; put the manifest above its images",
    "Cannot read images: line 4 of ~/m.csv names a/../../y.png, which is outside its folder; put the manifest above its images",
    "Cannot read images: line 5 of ~/m.csv names no file",
    'Cannot use test: the file that m.csv names is not there: paths are from its own folder, ~, with "/"',
  ]);
});

Deno.test("listManifest() lists of a file that it refuses the images within its folder alone", async () => {
  await using tree = await imageFolder({
    "set/m.csv": bytesOf(
      "file_name\n../x.png\nhttps://a.example/y.png\na.png\nnot-there.png\n",
    ),
    "set/a.png": bytesOf("a"),
    "x.png": bytesOf("x"),
  });
  const path = join(tree.folder, "set/m.csv");
  const refused = await listManifest(path, { set: "test" });
  assert(refused.kind === "refused" && refused.problems.length === 2);
  assert(refused.found !== undefined);
  assert.deepEqual(refused.found.images.map(({ name }) => name), [
    "a.png",
    "not-there.png",
  ]);
  assert.deepEqual(await readAll(refused.found), [
    bytesOf("a"),
    "is not there",
  ]);
});

Deno.test("listManifest() finds files that it names from the root on below its folder, and knows numbers that were floats", async () => {
  await using tree = await imageFolder(FILES);
  const path = join(tree.folder, "m.csv");
  await Deno.writeTextFile(
    path,
    `file_name,label,group\n${
      join(tree.folder, "deep/b.png")
    },1.0,2.0\na.png,1,\n`,
  );
  const listing = await listed(listManifest(path, { set: "reference" }));
  assert.deepEqual(listing.images, [
    { name: "deep/b.png", label: "1", group: "2" },
    { name: "a.png", label: "1", group: null },
  ]);
  assert.deepEqual(await readAll(listing), [bytesOf("b"), bytesOf("a")]);
});

Deno.test("listManifest() reads text in Parquet that is written as bytes, and names a file that it cannot unpack", async () => {
  const column = (name: string, data: readonly string[]) =>
    ({ name, data: data.map(bytesOf), type: "BYTE_ARRAY" }) as const;
  const parquet = new Uint8Array(parquetWriteBuffer({
    columnData: [
      column("file_name", ["a.png", "deep/b.png"]),
      column("label", ["cat", "owl"]),
    ],
  }));
  const packed = new Uint8Array(parquetWriteBuffer({
    codec: "SNAPPY",
    columnData: [{
      name: "file_name",
      data: Array.from({ length: 500 }, () => "a.png"),
      type: "STRING",
      encoding: "PLAIN",
    }],
  }));
  packed.fill(0, 30, 60);
  await using tree = await imageFolder({
    ...FILES,
    "m.parquet": parquet,
    "bad.parquet": packed,
  });
  const list = (name: string) =>
    listManifest(join(tree.folder, name), { set: "reference" });
  const { images } = await listed(list("m.parquet"));
  assert.deepEqual(images.map(({ name, label }) => [name, label]), [
    ["a.png", "cat"],
    ["deep/b.png", "owl"],
  ]);
  const [problem] = await problemsOf(list("bad.parquet"), tree.folder);
  assert.match(
    problem ?? "",
    /^Cannot read images: .*bad\.parquet cannot be read \(.*\); write it again, with /,
  );
});

for (
  const [name, bytes, problem] of [
    [
      "m.csv",
      "image,label\na,b\n",
      '~/m.csv has no column "file_name", only "image", "label"; rename the one with the paths of images',
    ],
    [
      "m.jsonl",
      '{"file_name": "a"}\n[1]',
      'table "~/m.jsonl": line 2 is not a JSON record',
    ],
    [
      "m.jsonl",
      '{"file": "a"}',
      'line 1 of ~/m.jsonl has no column "file_name", only "file"; rename the one with the paths of images',
    ],
    [
      "m.parquet",
      "PAR1 hello",
      "~/m.parquet is not a Parquet file, or is damaged",
    ],
    [
      "m.csv",
      "file_name,label\na\n",
      'table "~/m.csv": the row on line 2 has 1 cell, and line 1 names 2 columns',
    ],
  ] as const
) {
  Deno.test(`listManifest() refuses ${name} with ${JSON.stringify(bytes)}`, async () => {
    await using tree = await imageFolder({ [name]: bytesOf(bytes) });
    const { folder } = tree;
    const problems = await problemsOf(
      listManifest(`${folder}/${name}`, { set: "test" }),
      folder,
    );
    assert.equal(problems.length, 1);
    assert.equal(
      problems[0]?.replace(/Cannot read (?:images: )?/, ""),
      problem,
    );
  });
}

Deno.test("listManifest() refuses Parquet of another schema", async () => {
  const bytes = parquetWriteBuffer({
    columnData: [{ name: "image", data: ["a"], type: "STRING" }, {
      name: "label",
      data: [1],
      type: "INT32",
    }],
  });
  await using tree = await imageFolder({ "m.parquet": new Uint8Array(bytes) });
  assert.deepEqual(
    await problemsOf(
      listManifest(`${tree.folder}/m.parquet`, { set: "test" }),
      tree.folder,
    ),
    [
      'Cannot read images: ~/m.parquet has neither a column "file_name" nor "image" with "bytes", only "image", "label"',
    ],
  );
});

Deno.test("listManifest() reads images in Parquet as Hugging Face writes them, with the names of their classes", async () => {
  const images = Array.from({ length: 5 }, (_, i) => ({
    bytes: i === 3 ? null : Uint8Array.of(0x89, 200 + i),
    path: `${i}.png`,
  }));
  const bytes = parquetWriteBuffer({
    schema: [
      { name: "root", num_children: 2 },
      { name: "image", num_children: 2, repetition_type: "OPTIONAL" },
      { name: "bytes", type: "BYTE_ARRAY", repetition_type: "OPTIONAL" },
      {
        name: "path",
        type: "BYTE_ARRAY",
        converted_type: "UTF8",
        repetition_type: "OPTIONAL",
      },
      { name: "label", type: "INT64", repetition_type: "OPTIONAL" },
    ],
    columnData: [
      { name: "image", data: images },
      { name: "label", data: [0n, 1n, 1n, 0n, 1n] },
    ],
    rowGroupSize: 2,
    codec: "ZSTD",
    compressors: { ZSTD: (input) => new Uint8Array(zstdCompressSync(input)) },
    kvMetadata: [{
      key: "huggingface",
      value: JSON.stringify({
        info: { features: { label: { names: ["cat", "owl"] } } },
      }),
    }],
  });
  await using tree = await imageFolder({ "m.parquet": new Uint8Array(bytes) });
  const listing = await listed(
    listManifest(`${tree.folder}/m.parquet`, { set: "reference" }),
  );
  assert.deepEqual(
    listing.images.map(({ name, label }) => `${name} ${label}`),
    ["row 1 cat", "row 2 owl", "row 3 owl", "row 4 cat", "row 5 owl"],
  );
  const all = await readAll(listing);
  assert.deepEqual(
    all.map((one) => typeof one === "string" ? one : [...one]),
    [[0x89, 200], [0x89, 201], [0x89, 202], "has no bytes", [0x89, 204]],
  );
  const some = [];
  for await (const { position, bytes } of listing.read([1, 4])) {
    some.push([position, bytes[1]]);
  }
  assert.deepEqual(some, [[1, 201], [4, 204]]);
});

Deno.test("listManifest() takes -1 for no label where Hugging Face's libraries name the classes", async () => {
  const about = { info: { features: { label: { names: ["cat", "owl"] } } } };
  const bytes = new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: "file_name", data: ["a.png", "b.png"], type: "STRING" },
      { name: "label", data: [-1, -1], type: "INT32" },
    ],
    kvMetadata: [{ key: "huggingface", value: JSON.stringify(about) }],
  }));
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.parquet": bytes,
  });
  const { images } = await listed(
    listManifest(`${tree.folder}/m.parquet`, { set: "shifted" }),
  );
  assert.deepEqual(images.map(({ label }) => label), [null, null]);
});

Deno.test("listManifest() knows columns in letters of any case, and takes rows of nothing and words for nothing as such, and é for é", async () => {
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.csv": bytesOf(
      "File_Name, Label,GROUP\na.png,none,nan\n , ,\nb.png,oe\u0301,g\n,,\n",
    ),
    "m.jsonl": bytesOf(
      '{"File_Name": "a.png", "LABEL": ["none"], "group": null}\n{"File_Name": "b.png", "LABEL": "o\u00e9", "group": "g"}\n',
    ),
  });
  for (const name of ["m.csv", "m.jsonl"]) {
    const { images } = await listed(
      listManifest(`${tree.folder}/${name}`, { set: "test" }),
    );
    assert.deepEqual(images, [
      { name: "a.png", label: "none", group: null },
      { name: "b.png", label: "o\u00e9", group: "g" },
    ]);
  }
});

Deno.test("listManifest() keeps numbers apart that no double tells apart", async () => {
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.jsonl": bytesOf(
      '{"file_name": "a.png", "label": 1, "group": 12345678901234567}\n{"file_name": "b.png", "label": 1.5, "group": 12345678901234568}\n',
    ),
  });
  const { images } = await listed(
    listManifest(`${tree.folder}/m.jsonl`, { set: "test" }),
  );
  assert.deepEqual(images, [
    { name: "a.png", label: "1", group: "12345678901234567" },
    { name: "b.png", label: "1.5", group: "12345678901234568" },
  ]);
});

for (
  const [name, text, problem] of [
    [
      "m.csv",
      "file_name,label,Label \na.png,1,2\n",
      '~/m.csv has two columns "label"; keep one',
    ],
    [
      "m.jsonl",
      '{"file_name": "a.png", "label": {"id": 3}}\n',
      'line 1 of ~/m.jsonl has {"id":3} as "label", where one word or number must be',
    ],
    [
      "m.jsonl",
      '{"file_name": "a.png", "label": ["cat", "owl"]}\n',
      'line 1 of ~/m.jsonl has ["cat","owl"] as "label", where one word or number must be',
    ],
  ] as const
) {
  Deno.test(`listManifest() refuses a list where ${problem}`, async () => {
    await using tree = await imageFolder({ [name]: bytesOf(text) });
    assert.deepEqual(
      await problemsOf(
        listManifest(`${tree.folder}/${name}`, { set: "test" }),
        tree.folder,
      ),
      [`Cannot read images: ${problem}`],
    );
  });
}
