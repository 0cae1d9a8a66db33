import assert from "node:assert/strict";
import { readPredictions } from "../../../../data/asked/tables/predictions.ts";
import { features, LONG, problems, rights, table } from "./table.ts";

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

Deno.test("readPredictions() takes no column for a model in which pandas or R number the rows", () => {
  for (const name of ["Unnamed: 0", ""]) {
    const asked = table([
      `${name},set,label,m`,
      "0,reference,0,0",
      "1,reference,1,0",
      "2,shifted,1,1",
    ]);
    assert.deepEqual(rights(asked), ["m 10", "m 1"]);
  }
});

Deno.test("readPredictions() reads a table whose first line says what separates cells", () => {
  const asked = table([
    "sep=;",
    "set;label;m",
    "test;a,b;a,b",
    "test;c;a,b",
    "shifted;c;c",
  ]);
  assert.deepEqual(rights(asked), ["m 10", "m 1"]);
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

Deno.test("readPredictions() reads probabilities with decimal commas", () => {
  assert.deepEqual(
    rights(table([
      "set;label;probability",
      "reference;1;0,8",
      "reference;0;,2",
      "shifted;0;1,0",
    ])),
    ["model 11", "model 0"],
  );
  assert.deepEqual(
    problems(table([
      "set;label;p",
      "reference;1;1,234",
      "reference;0;0,2",
      "shifted;0;0,0,1",
    ], { columns: { probability: "p" } })),
    ['line 2 of t.csv has "1,234" in column "p", where a probability must be (the first of 2 like it)'],
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
      'line 3 of t.csv has "NaN" in column "cat", where a probability must be (the first of 3 like it)',
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
    `${problem('line 2 of t.csv has label "cat"')} (the first of 2 like it)`,
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

Deno.test("readPredictions() knows that a lookup of Excel which found nothing names no class and no group", () => {
  const asked = table([
    "set,label,group,m",
    "reference,a,#N/A,a",
    "reference,b,#NV,b",
    "shifted,#N/A,#N/D,a",
    "shifted,#nv,x,b",
  ]);
  assert(asked.kind === "table");
  const { test, shifted } = asked.sets;
  assert.deepEqual([test.groups, shifted.labels], [null, null]);
  assert.deepEqual(shifted.groups, ["alone in shifted: row 1", "x"]);
  assert.deepEqual(
    problems(table([
      "set,label,m",
      "reference,a,#N/A",
      "reference,b,b",
      "reference,#N/A,a",
      "shifted,b,b",
    ])),
    [
      'line 2 of t.csv has no prediction of "m"',
      '1 of 3 examples of reference have no label, the first is "row 3"; label all of them',
    ],
  );
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
    [
      ["set,label,r8,r8 ", "shifted,a,b,a"],
      {},
      'it has two columns "r8", one of them with blanks around its name; rename it, or keep one',
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
