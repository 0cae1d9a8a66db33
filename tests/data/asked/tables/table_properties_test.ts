import assert from "node:assert/strict";
import type { TableQuestion } from "../../../../data/asked/question.ts";
import { features, LONG, problems, table } from "./table.ts";

const CAMERAS = [
  "example,set,label,camera,age,m",
  "1,reference,a,canon,30,a",
  "0,reference,b,NaN,41.0,b",
  "x,shifted,a,nikon,,a",
  "y,shifted,b,canon,5,b",
  "z,shifted,b,canon,5,b",
];

const property = ["camera", "age"];

Deno.test("askedTable() takes columns that are named as properties for these, in the order of features, and for no models or groups", () => {
  const asked = table(CAMERAS, {
    columns: { property },
    features: features(2, 3),
  });
  assert(asked.kind === "table", JSON.stringify(asked));
  const { test, shifted } = asked.sets;
  assert.deepEqual(test.names, ["0", "1"]);
  assert.deepEqual(test.properties, {
    camera: {
      values: Float64Array.of(NaN, 0),
      categories: ["canon", "nikon"],
    },
    age: { values: Float64Array.of(41, 30), categories: null },
  });
  assert.deepEqual(
    shifted.properties["age"]?.values,
    Float64Array.of(NaN, 5, 5),
  );
  assert.deepEqual(Object.keys(test.right), ["m"]);
  assert.deepEqual([test.groups, shifted.groups], [null, null]);
});

Deno.test("askedTable() takes a column of that name for a property, in any case, and a group that is named as one for that alone", () => {
  for (
    const [head, columns] of [
      ["Property", {}],
      ["group", { property: "group" }],
    ] as const
  ) {
    const asked = table([
      `set,label,${head},m`,
      "reference,a,A,a",
      "reference,b,B,b",
      "shifted,a,A,a",
      "shifted,a,B,a",
    ], { columns });
    assert(asked.kind === "table");
    const { properties, groups } = asked.sets.test;
    assert.deepEqual(Object.keys(properties), [head.toLowerCase()]);
    assert.equal(groups, null);
  }
});

Deno.test("askedTable() says of a set without rows nothing besides", () => {
  assert.deepEqual(
    problems(table(CAMERAS.slice(0, 3), { columns: { property } })),
    [
      'no row is of set "shifted"',
      '"m" has predictions for reference examples only; add the others, or leave the model out',
    ],
  );
});

/** The same with one camera for all. */
const ALIKE = CAMERAS.map((line) => line.replace(/nikon|NaN/, "canon"));

Deno.test("askedTable() refuses an example that has two values of a property, and columns that are no properties", () => {
  const long = LONG.map((line, i) => `${line},${["camera", "b"][i] ?? "c"}`);
  assert.deepEqual(problems(table(long, { columns: { property: "camera" } })), [
    'line 4 of t.csv gives example "a" another "camera" than a row before',
  ]);
  assert.deepEqual(
    problems(table(ALIKE, {
      columns: { property },
    })),
    [
      'column "camera" is no property: all its values are "canon"; take it out of the properties',
    ],
  );
});

for (
  const [head, columns, message] of [
    [
      "set,label,m",
      { property },
      'there is no column "camera", nor "age", only "set", "label", "m"; rename what it holds, or name it in "columns" of the question\'s file',
    ],
    [
      "set,label,Camera,m",
      { property: "camera" },
      'there is no column "camera", only "set", "label", "Camera", "m"; write "Camera", rename what it holds, or name it in "columns" of the question\'s file',
    ],
    [
      "set,label,m",
      { property: "label" },
      'column "label" would hold both "label" and "property"; name another in "columns" of the question\'s file',
    ],
    [
      "set,label,property,Property,m",
      {},
      'it has two columns "property"; keep one, or name both, ["A", "B"], as "property" in "columns" of the question\'s file',
    ],
    [
      "set,label,scene,group,m",
      { group: "scene", property: "group" },
      'a property cannot be called "group" where another column says which examples go together; rename it',
    ],
  ] as const satisfies readonly (readonly [
    string,
    TableQuestion["columns"],
    string,
  ])[]
) {
  Deno.test(`readPredictions() refuses ${head} with ${JSON.stringify(columns)}`, () => {
    assert.throws(() => table([head], { columns }), {
      message: `Cannot read predictions t.csv: ${message}`,
    });
  });
}
