import assert from "node:assert/strict";
import { features, LONG, problems, rights, table } from "./table.ts";

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
    features: {
      values: Float32Array.from({ length: n }, (_, i) => i),
      dimension: 1,
    },
  });
  const features = {
    own: { reference: of(2, "r.npy"), shifted: of(3, "s.npy") },
  };
  assert.deepEqual(
    problems(table(lines, { features })),
    [
      'class "c" has 2 shifted examples and no reference example, so nothing says whether it looks different; leave its rows out, or add reference examples of it',
    ],
  );
});

Deno.test("askedTable() says of classes that differ only in case that they are to be written alike", () => {
  const rows = ["reference,Cat", "reference,owl", "shifted,cat", "shifted,Owl"];
  for (const given of [{ features: features(2, 2) }, {}]) {
    assert.deepEqual(
      problems(
        table(["set,label,m", ...rows.map((row) => `${row},owl`)], given),
      ),
      [
        'class "cat" of shifted examples and "Cat" of reference examples differ only in case; write both alike (the first of 2 like it)',
      ],
    );
  }
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
      'line 4 of t.csv is of set "train", which is neither "reference" nor "shifted" (the first of 2 like it)',
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
      '"m" has predictions for reference examples only; add the others, or leave the model out (the first of 2 like it)',
      "labels name 1 class, and at least 2 are needed",
      '2 of the 2 predictions of "m" are not among the labels: "0" is the first, and labels are like "cat"; leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question\'s file)',
    ],
  );
});

Deno.test("askedTable() refuses labels that are a quantity, in a line of its own, and takes classes that are called by numbers", () => {
  const of = (label: (i: number) => string) => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i < 20 ? "reference" : "shifted"},${label(i)},${label(i)}.1`,
    );
    return problems(table(["set,label,m", ...rows], {
      features: features(20, 20),
    }));
  };
  assert.deepEqual(of((i) => `${i}.5`), [
    "labels are 40 different numbers in 40 rows, such as 0.5, and models must predict classes; make classes of labels and predictions, such as ranges of the quantity",
  ]);
  for (const label of [(i: number) => `${i % 20}`, (i: number) => `c${i}`]) {
    assert.doesNotMatch(of(label).join(), /different numbers/);
  }
});

Deno.test("askedTable() refuses columns of no model beside those of models", () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i},${i < 20 ? "reference" : "shifted"},${i % 2},${i % 2}`,
  );
  assert.deepEqual(problems(table(["frame,set,label,m", ...rows])), [
    '18 of the 20 predictions of "frame" are not among the labels: "2" is the first, and labels are like "0"; leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question\'s file)',
  ]);
});

Deno.test("askedTable() says what the column is to be called that names examples", () => {
  const [problem] = problems(table([
    "id,set,label,m",
    "a1,reference,cat,cat",
    "a2,reference,owl,cat",
    "b1,shifted,owl,owl",
  ]));
  assert.match(problem ?? "", /; call what names the examples "example", and /);
});

Deno.test("askedTable() says how columns of probabilities are to be called that have other names than labels", () => {
  assert.deepEqual(
    problems(table([
      "set,label,p_cat,p_owl",
      "reference,cat,0.9,0.1",
      "reference,owl,0.2,0.8",
      "shifted,owl,0.3,0.7",
    ])),
    [
      '2 of the 2 predictions of "p_cat" are not among the labels: "0.9" is the first, and labels are like "cat"; call columns of probabilities by the labels, one for each, and leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question\'s file) (the first of 2 like it)',
    ],
  );
});

Deno.test("askedTable() says what labels are like though the first example has none", () => {
  assert.deepEqual(
    problems(table([
      "set,label,camera",
      "reference,,nikon",
      "reference,cat,nikon",
      "reference,dog,canon",
      "shifted,cat,canon",
      "shifted,dog,nikon",
    ])),
    [
      '1 of 3 examples of reference have no label, the first is "row 1"; label all of them',
      '3 of the 3 predictions of "camera" are not among the labels: "nikon" is the first, and labels are like "cat"; leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question\'s file)',
    ],
  );
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

Deno.test("askedTable() refuses features with other rows than the table, or other columns than each other", () => {
  assert.deepEqual(problems(table(LONG, { features: features(3, 1, 2) })), [
    "Cannot use features r.npy: it has 3 rows, and the table has 2 examples of reference",
    'Cannot use features "x": r.npy has 1 columns, and s.npy 2',
  ]);
});

Deno.test("askedTable() tells of all features that could not be read, and what is wrong with the table and the others", () => {
  const { x } = features(3, 1);
  assert(x !== undefined);
  const unreadable = (name: string) => ({ name, features: `no ${name}` });
  assert.deepEqual(
    problems(table(LONG.with(2, "b,train,owl,r8,cat,s2"), {
      features: {
        x: { ...x, shifted: unreadable("s.npy") },
        y: { reference: unreadable("u.npy"), shifted: unreadable("v.npy") },
      },
    })),
    [
      'line 3 of t.csv is of set "train", which is neither "reference" nor "shifted"',
      "Cannot use features r.npy: it has 3 rows, and the table has 2 examples of reference",
      "no s.npy",
      "no u.npy",
      "no v.npy",
    ],
  );
});

Deno.test("askedTable() refuses more than 4,096 columns of all features together, and names the widest file", () => {
  const kind = (name: string, dimension: number) => {
    const set = (set: string, n: number) => ({
      name: `${name}-${set}.npy`,
      features: {
        values: Float32Array.from({ length: n * dimension }, (_, i) => i % 11),
        dimension,
      },
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

Deno.test("askedTable() warns of predictions that name no label of either set, once, and says how many there are", () => {
  const warningsOf = (lines: readonly string[]) => {
    const asked = table(["set,label,m,k", ...lines]);
    assert(asked.kind === "table", JSON.stringify(asked));
    return asked.warnings;
  };
  const right = ["reference,a,a,a", "reference,b,b,b"];
  assert.deepEqual(warningsOf([...right, "shifted,a,a,b"]), []);
  // A label of the shifted set alone is one.
  assert.deepEqual(warningsOf([...right, "shifted,c,c,c"]), []);
  assert.deepEqual(
    warningsOf([...right, "shifted,a,A,a", "shifted,b,new_b,new_b"]),
    [{
      text:
        '3 of the 8 predictions name no label of the table, the first is "A" of "m" in set "shifted": where there are labels they count as wrong, so see whether labels and predictions are spelled or numbered alike.',
      inPublic:
        "3 of the 8 predictions name no label of the table: where there are labels they count as wrong.",
    }],
  );
});
