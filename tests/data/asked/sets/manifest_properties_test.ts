import assert from "node:assert/strict";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { listManifest } from "../../../../data/asked/sets/manifest.ts";
import { imageFolder } from "../../image_files.ts";
import { bytesOf, listed, problemsOf } from "./listed.ts";

const WITH_CAMERAS = [
  [
    "m.csv",
    bytesOf(
      ",file_name,label, camera group ,group\n0,a.png,cat,nikon,3.0\n1,b.png,owl,#N/A,4\n",
    ),
  ],
  [
    "m.jsonl",
    bytesOf(
      '{"file_name": "a.png", "label": "cat", "group": 3, "camera group": "nikon"}\n{"file_name": "b.png", "label": "owl", "group": 4.0}\n',
    ),
  ],
  [
    "m.parquet",
    new Uint8Array(parquetWriteBuffer({
      columnData: [
        { name: "file_name", data: ["a.png", "b.png"], type: "STRING" },
        { name: "label", data: ["cat", "owl"], type: "STRING" },
        { name: "camera group", data: ["nikon", null], type: "STRING" },
        { name: "group", data: [3, 4], type: "DOUBLE" },
      ],
    })),
  ],
] as const;

for (const [name, bytes] of WITH_CAMERAS) {
  Deno.test(`listManifest() reads columns of ${name} that are named as properties, a group too, and refuses others`, async () => {
    await using tree = await imageFolder({
      [name]: bytes,
      "a.png": bytesOf("a"),
    });
    const { folder } = tree;
    const list = (property: string | readonly string[]) =>
      listManifest(join(folder, name), {
        set: "shifted",
        property: typeof property === "string" ? property : [...property],
      });
    const { images } = await listed(list(["camera group", "group"]));
    assert.deepEqual(images, [
      {
        name: "a.png",
        label: "cat",
        group: null,
        properties: { "camera group": "nikon", group: "3" },
      },
      {
        name: "b.png",
        label: "owl",
        group: null,
        properties: { "camera group": "", group: "4" },
      },
    ]);
    // A name in a name is not that name.
    const groups = await listed(list("camera group"));
    assert.deepEqual(groups.images.map(({ group }) => group), ["3", "4"]);
    assert.match(
      (await problemsOf(list(["camera group", "site"]), folder)).join("\n"),
      new RegExp(
        `^Cannot read images of ~/${name}: there is no column "site", only ("[a-z_ ]*"(, )?)+; rename what it holds, or name it in "columns" of the question's file$`,
      ),
    );
    assert.deepEqual(await problemsOf(list("label"), folder), [
      `Cannot read images of ~/${name}: column "label" would hold both "label" and "property"; name another in "columns" of the question's file`,
    ]);
  });
}

Deno.test("listManifest() takes a column of that name for a property, in any case", async () => {
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.csv": bytesOf("file_name,Property\na.png,x\n"),
  });
  const { images } = await listed(
    listManifest(`${tree.folder}/m.csv`, { set: "shifted" }),
  );
  assert.deepEqual(images[0]?.properties, { property: "x" });
});

Deno.test("listManifest() refuses a property that is called group beside a column that says what goes together", async () => {
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.csv": bytesOf("file_name,label,Group,group\na.png,cat,3,x\n"),
  });
  const { folder } = tree;
  const listing = listManifest(join(folder, "m.csv"), {
    set: "shifted",
    property: "group",
  });
  assert.deepEqual(await problemsOf(listing, folder), [
    'Cannot read images of ~/m.csv: a property cannot be called "group" where another column says which examples go together; rename it',
  ]);
});

Deno.test("listManifest() reads what Python writes for no number, but not within strings, and no other word", async () => {
  const lines = [
    '{"file_name": "a.png", "label": "say \\"NaN\\", NaN", "age": NaN}',
    '{"file_name": "-Infinity", "label": "Infinity", "age": -Infinity}',
  ];
  await using tree = await imageFolder({
    "a.png": bytesOf("a"),
    "m.jsonl": bytesOf(lines.join("\n")),
    "bad.jsonl": bytesOf('{"file_name": "a.png", "age": aNaN}'),
  });
  const { folder } = tree;
  const list = (name: string) =>
    listManifest(join(folder, name), { set: "shifted", property: "age" });
  const { images } = await listed(list("m.jsonl"));
  assert.deepEqual(
    images.map(({ name, label, properties }) => [name, label, properties]),
    [
      ["a.png", 'say "NaN", NaN', { age: "" }],
      ["-Infinity", "Infinity", { age: "-Infinity" }],
    ],
  );
  assert.deepEqual(await problemsOf(list("bad.jsonl"), folder), [
    'Cannot read table "~/bad.jsonl": line 1 is not a JSON record',
  ]);
});

Deno.test("listManifest() reads days and times of Parquet as they are written elsewhere", async () => {
  const days = [
    "2024-01-03",
    "2024-01-03T10:20:30Z",
    "2024-01-03T10:20:30.500Z",
  ];
  const parquet = new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: "file_name", data: days.map((_, i) => `${i}.png`) },
      { name: "property", data: days.map((day) => new Date(day)) },
    ],
  }));
  await using tree = await imageFolder({
    "0.png": bytesOf("0"),
    "m.parquet": parquet,
  });
  const { images } = await listed(
    listManifest(`${tree.folder}/m.parquet`, { set: "shifted" }),
  );
  assert.deepEqual(
    images.map(({ properties }) => properties?.["property"]),
    days,
  );
});
