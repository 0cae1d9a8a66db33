import assert from "node:assert/strict";
import type { TableQuestion } from "../../../../data/asked/question.ts";
import {
  askedTable,
  type FeaturesOfSets,
} from "../../../../data/asked/tables/asked_table.ts";
import { readPredictions } from "../../../../data/asked/tables/predictions.ts";

interface How {
  readonly columns?: TableQuestion["columns"];
  readonly features?: Readonly<Record<string, FeaturesOfSets>>;
}

/** A table of lines: one with a column of sets, or two. */
function table(
  lines: readonly string[] | Record<"reference" | "shifted", readonly string[]>,
  { columns = {}, features = {} }: How = {},
) {
  const file = (lines: readonly string[], set?: "reference" | "shifted") => ({
    name: set === undefined ? "t.csv" : `${set}.csv`,
    bytes: new TextEncoder().encode(lines.join("\n")),
    set,
  });
  const files = "reference" in lines
    ? [file(lines.reference, "reference"), file(lines.shifted, "shifted")]
    : [file(lines)];
  return askedTable(readPredictions(files, { columns }), { features });
}

/** What each model is right about, by set. */
function rights(asked: ReturnType<typeof table>) {
  assert(asked.kind === "table", JSON.stringify(asked));
  const { test, shifted } = asked.sets;
  return [test, shifted].map(({ right }) =>
    Object.entries(right).map(([name, ofModel]) =>
      `${name} ${ofModel.join("")}`
    ).join(", ")
  );
}

function problems(asked: ReturnType<typeof table>): readonly string[] {
  assert(asked.kind === "refused", "it is not refused");
  return asked.problems.map((line) =>
    line.replace("Cannot use predictions: ", "")
  );
}

const LONG = [
  "example,set,label,model,prediction,group",
  "a,reference,cat,r8,cat,s1",
  "b,reference,owl,r8,cat,s2",
  "a,reference,cat,vit,cat,s1",
  "b,reference,owl,vit,owl,s2",
  "a,shifted,owl,r8,cat,",
  "a,shifted,owl,vit,owl,",
];

Deno.test("readPredictions() reads a row for each example and model, with groups", () => {
  const asked = table(LONG);
  assert.deepEqual(rights(asked), ["r8 10, vit 11", "r8 0, vit 1"]);
  assert(asked.kind === "table");
  const { right: _, ...rest } = asked.sets.test;
  assert.deepEqual(rest, {
    n: 2,
    features: {},
    properties: {},
    labels: Int32Array.of(0, 1),
    classes: ["cat", "owl"],
    groups: ["s1", "s2"],
    names: ["a", "b"],
  });
  assert.deepEqual(asked.sets.shifted.groups, null);
});

Deno.test("readPredictions() reads a column for each model, without names of examples, and numbers that were floats", () => {
  const asked = table([
    "set;label;r8;vit",
    "test;10;10.0;2",
    "test;2;2;10",
    "shifted;10.0;10;10",
  ]);
  assert.deepEqual(rights(asked), ["r8 11, vit 00", "r8 1, vit 1"]);
  assert(asked.kind === "table");
  assert.deepEqual(asked.sets.test.classes, ["2", "10"]);
  assert.deepEqual(asked.sets.test.names, ["row 1", "row 2"]);
});

Deno.test("readPredictions() reads a file for each set, and columns by the names that they are given", () => {
  const lines = ["id,y,net,guess", "1,a,m,a", "2,b,m,a"];
  assert.deepEqual(
    rights(table({ reference: lines, shifted: lines }, {
      columns: { example: "id", label: "y", model: "net", prediction: "guess" },
    })),
    ["m 10", "m 10"],
  );
});

Deno.test("askedTable() refuses features of a class that only the shifted set has: nothing is known of how it looked", () => {
  const lines = [
    "set,label,r8",
    "reference,a,a",
    "reference,b,b",
    "shifted,a,a",
    "shifted,c,a",
    "shifted,c,b",
  ];
  assert.equal(table(lines).kind, "table");
  const of = (n: number, name: string) => ({
    name,
    features: { values: Float32Array.from({ length: n }), dimension: 1 },
  });
  const features = {
    own: { reference: of(2, "r.npy"), shifted: of(3, "s.npy") },
  };
  assert.deepEqual(
    problems(table(lines, { features })),
    [
      'class "c" has 2 shifted examples and no reference example, so that nothing tells whether it looks otherwise; leave its rows out, or add reference examples of it',
    ],
  );
});

Deno.test("readPredictions() takes the class of the highest probability, however probabilities are laid out", () => {
  const expected = ["model 10", "model 1"];
  assert.deepEqual(
    rights(table([
      "example,set,label,cat,owl,cow",
      "a,reference,cat,0.5,0.3,0.2",
      "b,reference,owl,0.5,0.3,0.2",
      "a,shifted,cow,0.1,0.1,0.8",
    ])),
    expected,
  );
  assert.deepEqual(
    rights(table([
      "example,set,label,class,probability",
      "a,reference,cat,owl,0.3",
      "a,reference,cat,cat,0.7",
      "b,reference,owl,owl,0.4",
      "b,reference,owl,cat,0.6",
      "a,shifted,owl,cat,0",
      "a,shifted,owl,owl,1",
    ])),
    expected,
  );
  assert.deepEqual(
    rights(table([
      "set,label,probability",
      "reference,1,0.8",
      "reference,1,0.2",
      "shifted,0,0.1",
    ].concat("reference,0,0.3"))),
    ["model 101", "model 1"],
  );
});

Deno.test("readPredictions() tells columns of classes by the first label that there is, wherever it stands and however it is written", () => {
  const reference = [
    "a,reference,0,0.7,0.3",
    "b,reference,1,0.4,0.6",
  ];
  const head = "example,set,label,0,1";
  const shifted = ["c,shifted,,0.2,0.8"];
  const expected = rights(table([head, ...reference, ...shifted]));
  assert.deepEqual(rights(table([head, ...shifted, ...reference])), expected);
  const floats = reference.map((row) => row.replace(/e,(\d)/, "e,$1.0"));
  assert.deepEqual(rights(table([head, ...floats, ...shifted])), expected);
  assert.deepEqual(expected, ["model 11", ""]);
});

Deno.test("readPredictions() refuses probabilities that are none or do not sum to one, and goes on", () => {
  assert.deepEqual(
    problems(table([
      "example,set,label,cat,owl",
      "a,reference,cat,0.5,0.3",
      "b,reference,owl,NaN,1",
      "c,shifted,owl,-0.5,1.5",
    ])),
    [
      "probabilities of the example on line 2 of t.csv sum to 0.800, and must sum to 1",
      'line 3 of t.csv has "NaN" where a probability must be',
      'line 4 of t.csv has "-0.5" where a probability must be',
      'line 4 of t.csv has "1.5" where a probability must be',
    ],
  );
  assert.deepEqual(
    problems(table([
      "example,set,label,class,probability",
      "a,reference,cat,owl,0.3",
      "a,reference,cat,cat,0.3",
      "a,shifted,owl,owl,1",
    ])),
    ["probabilities of the example on line 2 of t.csv sum to 0.600, and must sum to 1"],
  );
});

Deno.test("askedTable() lets shifted examples have no labels, and says nothing of what is right there", () => {
  const asked = table([
    "set,label,m",
    "reference,a,a",
    "reference,b,a",
    "shifted,,a",
  ]);
  assert.deepEqual(rights(asked), ["m 10", ""]);
  assert(asked.kind === "table");
  assert.equal(asked.sets.shifted.labels, null);
});

Deno.test("askedTable() finds everything that is wrong at once", () => {
  assert.deepEqual(
    problems(table([
      "example,set,label,model,prediction",
      "a,reference,cat,m,cat",
      "a,reference,owl,m,cat",
      "b,train,owl,m,owl",
      "e,train,owl,m,owl",
      "c,reference,,m,owl",
      "d,reference,owl,m,nan",
      ",shifted,owl,m,owl",
    ])),
    [
      'line 3 of t.csv gives example "a" another label or group than a row before',
      'line 3 of t.csv is a second prediction of "m"',
      'line 4 of t.csv is of set "train", which is neither "reference" nor "shifted"',
      'line 7 of t.csv has no prediction of "m"',
      "line 8 of t.csv names no example",
      '1 of 3 examples of reference have no label, the first is "c"; label all of them',
    ],
  );
  assert.deepEqual(
    problems(table([
      "example,set,label,model,prediction",
      "a,reference,cat,m,0",
      "b,reference,cat,m,1",
      "a,reference,cat,n,cat",
    ])),
    [
      '"n" has no prediction for 1 of 2 examples of reference, the first is "b"',
      'no row is of set "shifted"',
      '"m" has predictions of reference examples alone; add the others, or leave the model out',
      '"n" has predictions of reference examples alone; add the others, or leave the model out',
      "labels name 1 class, and at least 2 are needed",
      '2 of 2 that "m" predicts are no label: "0" is the first, and labels are like "cat"; leave out a column that is of no model',
    ],
  );
});

for (
  const [lines, message] of [
    [["set,m", "shifted,a"], 'there is no column "label", only "set", "m"'],
    [["label,m", "a,a"], 'there is no column "set", only "label", "m"'],
    [
      ["set,label,model,prediction", "a,a,a,a"],
      'there is no column "example", only "set", "label", "model", "prediction"',
    ],
    [
      ["set,label", "shifted,a"],
      'no column holds predictions; name one "prediction", or "probability", or have one for each model',
    ],
  ] as const
) {
  Deno.test(`readPredictions() refuses a table of ${lines[0]}`, () => {
    assert.throws(() => table(lines), {
      message: `Cannot read predictions t.csv: ${message}${
        message.startsWith("there is no column")
          ? '; rename what it holds, or name it in "columns" of the question\'s file'
          : ""
      }`,
    });
  });
}

Deno.test("askedTable() refuses columns of no model beside those of models", () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i},${i < 20 ? "reference" : "shifted"},${i % 2},${i % 2}`,
  );
  assert.deepEqual(problems(table(["Unnamed: 0,set,label,m", ...rows])), [
    '18 of 20 that "Unnamed: 0" predicts are no label: "2" is the first, and labels are like "0"; leave out a column that is of no model',
  ]);
});

Deno.test("readPredictions() takes a probability alone for that of class 1, and no other labels with it", () => {
  const lines = (label: string) => [
    "set,label,probability",
    `reference,${label},0.9`,
    "reference,0,0.2",
    "reference,3,0.2",
    "shifted,0,0.1",
  ];
  const problem = (at: string) =>
    `${at}, and a "probability" alone is that of class 1, so that labels must be 0 and 1; name what is predicted in a column "prediction", or the class of the probability in "class"`;
  assert.deepEqual(problems(table(lines("1.0"))), [
    problem('line 4 of t.csv has label "3"'),
  ]);
  assert.deepEqual(problems(table(lines("cat"))), [
    problem('line 2 of t.csv has label "cat"'),
  ]);
});

Deno.test("readPredictions() passes over rows of nothing, and knows groups as it knows labels", () => {
  const asked = table([
    "set,label,group,m",
    "reference,0,1.0,0",
    "reference,1,nan,1",
    "shifted,none,1,0",
    "shifted,0,,0",
    ",,,",
  ]);
  assert(asked.kind === "table");
  assert.deepEqual(asked.sets.test.groups, ["1", "alone in reference: row 2"]);
  assert.deepEqual(asked.sets.shifted.groups, ["1", "alone in shifted: row 2"]);
  assert.deepEqual(asked.sets.test.classes, ["0", "1", "none"]);
});

for (
  const [lines, columns, message] of [
    [
      ["set,label,Label ,m", "shifted,a,b,a"],
      {},
      'it has two columns "label"; keep one',
    ],
    [
      ["set,label,prediction", "shifted,a,b"],
      { label: "prediction" },
      'column "prediction" would hold both "label" and "prediction"; name another in "columns" of the question\'s file',
    ],
  ] as const
) {
  Deno.test(`readPredictions() refuses a table: ${message}`, () => {
    assert.throws(() => table(lines, { columns }), {
      message: `Cannot read predictions t.csv: ${message}`,
    });
  });
}

Deno.test("readPredictions() refuses rows of another set than their file's, and sets of names that objects have", () => {
  const bytes = new TextEncoder().encode(
    "set,label,m\nreference,a,a\nshifted,b,b\nfold 1,b,b\n",
  );
  const { problems: found } = readPredictions(
    [{ name: "r.csv", bytes, set: "reference" }],
    { columns: {} },
  );
  assert.deepEqual(found, [
    'Cannot use predictions: line 3 of r.csv is of set "shifted", and the file is given as that of reference',
  ]);
  assert.match(
    problems(table(["set,label,m", "constructor,a,a"]))[0] ?? "",
    /^line 2 of t\.csv is of set "constructor", which is neither/,
  );
});

Deno.test("readPredictions() says which column of a question is missing", () => {
  assert.throws(() => table(LONG, { columns: { label: "y", model: "net" } }), {
    message:
      'Cannot read predictions t.csv: there is no column "y", nor "net", only "example", "set", "label", "model", "prediction", "group"; rename what it holds, or name it in "columns" of the question\'s file',
  });
});

const features = (reference: number, shifted: number, dimension = 1) => ({
  x: {
    reference: {
      name: "r.npy",
      features: {
        values: Float32Array.from({ length: reference }, (_, i) => i),
        dimension: 1,
      },
    },
    shifted: {
      name: "s.npy",
      features: {
        values: new Float32Array(shifted * dimension),
        dimension,
      },
    },
  },
});

Deno.test("askedTable() puts examples that are numbered beside the rows of their numbers", () => {
  const asked = table([
    "example,set,label,m",
    "2,reference,a,a",
    "0,reference,b,b",
    "1,reference,a,b",
    "x,shifted,a,a",
  ], { features: features(3, 1) });
  assert.deepEqual(rights(asked), ["m 101", "m 1"]);
  assert(asked.kind === "table");
  const { names, labels, features: { x } } = asked.sets.test;
  assert.deepEqual(names, ["0", "1", "2"]);
  assert.deepEqual(labels, Int32Array.of(1, 0, 0));
  assert.deepEqual(x?.values, Float32Array.of(0, 1, 2));
});

Deno.test("readPredictions() takes names for the same whose é is one character or two, and numbers of examples that were floats", () => {
  const asked = table([
    "example,set,label,prediction,group",
    "2.0,reference,cafe\u0301,caf\u00e9,1.0",
    "0.0,reference,bar,bar,1",
    "1.0,reference,bar,caf\u00e9,2",
    "0,shifted,caf\u00e9,cafe\u0301,",
  ], {
    features: features(3, 1),
  });
  assert.deepEqual(rights(asked), ["model 101", "model 1"]);
  assert(asked.kind === "table");
  const { test } = asked.sets;
  assert.deepEqual(test.names, ["0", "1", "2"]);
  assert.deepEqual(test.groups, ["1", "2", "1"]);
  assert.deepEqual([...test.features["x"]?.values ?? []], [0, 1, 2]);
});

Deno.test("askedTable() refuses features with other rows than the table, or other columns than each other", () => {
  assert.deepEqual(problems(table(LONG, { features: features(3, 1, 2) })), [
    "Cannot use features r.npy: it has 3 rows, and the table has 2 examples of reference",
    'Cannot use features "x": r.npy has 1 columns, and s.npy 2',
  ]);
});

Deno.test("askedTable() refuses more than 4,096 columns of all features together, and names the widest file", () => {
  const kind = (name: string, dimension: number) => {
    const set = (set: string, n: number) => ({
      name: `${name}-${set}.npy`,
      features: { values: new Float32Array(n * dimension), dimension },
    });
    return { reference: set("r", 2), shifted: set("s", 1) };
  };
  const widths = (...all: readonly number[]) => ({
    features: Object.fromEntries(
      all.map((width, i) => [`f${i}`, kind(`f${i}`, width)]),
    ),
  });
  assert.equal(table(LONG, widths(4096)).kind, "table");
  assert.equal(table(LONG, widths(1024, 3072)).kind, "table");
  assert.deepEqual(problems(table(LONG, widths(25088))), [
    "Cannot use features f0-r.npy: it has 25088 columns; 4096 are the most, so make fewer of them, as with a PCA to 512, for both sets",
  ]);
  assert.deepEqual(problems(table(LONG, widths(1024, 3073))), [
    "Cannot use features f1-r.npy: it has 3073 columns, and all kinds together 4097; 4096 are the most, so make fewer of them, as with a PCA to 512, for both sets",
  ]);
});
