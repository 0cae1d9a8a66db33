import assert from "node:assert/strict";
import {
  accuracyTable,
  type AccuracyTableOptions,
  rowTexts,
} from "../../../data/tables/accuracy_table.ts";
import { readCsv } from "../../../data/tables/csv.ts";

const columns = {
  name: "model",
  group: "group",
  reference: "top1",
  shifted: "v2",
};

function read(
  rows: readonly string[],
  scale: "probit" | "logit" | "linear" = "probit",
  options: Partial<AccuracyTableOptions> = {},
) {
  const { rows: texts } = readCsv(["v2,model,top1,group", ...rows].join("\n"), {
    take: (names) => rowTexts(names, columns),
  });
  return accuracyTable(texts, { columns, scale, ...options });
}

/** The problems of a table to which these rows are added, after line 4. */
function problems(
  rows: readonly string[],
  scale: "probit" | "logit" | "linear" = "probit",
): readonly string[] {
  const good = ["0.5,a,0.6,baseline", "0.6,b,0.7,baseline", "0.7,c,0.8,x"];
  const table = read([...good, ...rows], scale);
  return table.kind === "refused" ? table.problems : [];
}

Deno.test("accuracyTable() reads fractions in the order of the file", () => {
  assert.deepEqual(read([" 0.51 , a ,0.6, baseline ", "0.61,b,0.7,new"]), {
    kind: "table",
    unit: "fraction",
    because: "no value is above 1",
    rows: [
      {
        line: 2,
        model: "a",
        group: "baseline",
        reference: 0.6,
        shifted: 0.51,
      },
      { line: 3, model: "b", group: "new", reference: 0.7, shifted: 0.61 },
    ],
    suspects: [],
    leftOut: [],
    extremes: [],
  });
});

Deno.test("accuracyTable() turns percentages into fractions", () => {
  const table = read(["51,a,60%,baseline", "61.5%,b,70,new"]);
  assert(table.kind === "table");
  assert.equal(table.unit, "percent");
  assert.deepEqual(
    table.rows.map(({ reference, shifted }) => [reference, shifted]),
    [[0.6, 0.51], [0.7, 0.615]],
  );
});

Deno.test("accuracyTable() names the lines of percentages that might be fractions", () => {
  const table = read(
    ["51,a,60,x", "0.9,b,70,x", "1.5,c,80,x", "0,d,2,x"],
    "linear",
  );
  assert(table.kind === "table");
  assert.deepEqual(table.suspects, [3]);
  assert.equal(table.rows[1]?.shifted, 0.9 / 100);
});

Deno.test("accuracyTable() takes a group for one, whatever form of Unicode its name is written in", () => {
  const table = read(["0.5,a,0.6,pré", "0.6,b,0.7,pre\u0301"]);
  assert(table.kind === "table");
  assert.deepEqual(table.rows.map(({ group }) => group), ["pré", "pré"]);
});

Deno.test("accuracyTable() keeps models of one name in two groups", () => {
  assert.deepEqual(problems(["0.5,a,0.6,x"]), []);
});

Deno.test("accuracyTable() takes 0 and 1 on the linear scale", () => {
  assert.deepEqual(problems(["0,d,1,x"], "linear"), []);
});

for (
  const [what, row, problem] of [
    [
      "an empty cell",
      "0.7,d,,x",
      'Cannot use the row on line 5 (model "d"): column "top1" is empty',
    ],
    [
      "a cell of spaces",
      "  ,d,0.8,x",
      'Cannot use the row on line 5 (model "d"): column "v2" is empty',
    ],
    [
      "a model without name",
      "0.7,,0.8,x",
      'Cannot use the row on line 5: column "model" is empty',
    ],
    [
      "a model without group",
      "0.7,d,0.8,",
      'Cannot use the row on line 5 (model "d"): column "group" is empty',
    ],
    [
      "what is no number",
      "0.7,d,n/a,x",
      'Cannot use the row on line 5 (model "d"): column "top1" holds "n/a", which is not a number',
    ],
    [
      "NaN",
      "NaN,d,0.8,x",
      'Cannot use the row on line 5 (model "d"): column "v2" holds "NaN", which is not a number',
    ],
    [
      "a decimal comma",
      '"0,7",d,0.8,x',
      'Cannot use the row on line 5 (model "d"): column "v2" holds "0,7", which is not a number; decimals follow a point',
    ],
    [
      "a per cent among fractions",
      "0.7,d,85,x",
      'Cannot use the row on line 5 (model "d"): column "top1" holds 85, which is not between 0 and 1; accuracies are read as fractions, because 7 of 8 values are at most 1',
    ],
    [
      "thousands",
      '0.7,d,"1,013.01",x',
      'Cannot use the row on line 5 (model "d"): column "top1" holds 1,013.01, which is not between 0 and 1; accuracies are read as fractions, because 7 of 8 values are at most 1; decimals follow a point',
    ],
    [
      "a negative number",
      "-0.1,d,0.8,x",
      'Cannot use the row on line 5 (model "d"): column "v2" holds -0.1, which is not between 0 and 1; accuracies are read as fractions, because no value is above 1',
    ],
    [
      "an accuracy of 0",
      "0.0,d,0.8,x",
      'Cannot use the row on line 5 (model "d"): column "v2" holds 0.0, an accuracy of 0, which the probit scale cannot place without --reference-size and --shifted-size',
    ],
    [
      "an accuracy of 1",
      "0.7,d,1,x",
      'Cannot use the row on line 5 (model "d"): column "top1" holds 1, an accuracy of 100%, which the probit scale cannot place without --reference-size and --shifted-size',
    ],
    [
      "an accuracy that no test set can tell from 0",
      "1e-300,d,0.8,x",
      'Cannot use the row on line 5 (model "d"): column "v2" holds 1e-300, which is nearer to 0 than any test set can resolve',
    ],
    [
      "an accuracy that no test set can tell from 1",
      "0.7,d,0.9999999999999999,x",
      'Cannot use the row on line 5 (model "d"): column "top1" holds 0.9999999999999999, which is nearer to 100% than any test set can resolve',
    ],
    [
      "a second row of a model",
      "0.7,c,0.9,x",
      'Cannot use the rows on lines 4 and 5: column "model" names model "c" of group "x" in each',
    ],
  ] as const
) {
  Deno.test(`accuracyTable() refuses ${what}`, () => {
    assert.deepEqual(problems([row]), [problem]);
  });
}

Deno.test("accuracyTable() refuses 100 per cent on the logit scale", () => {
  const table = read(["50,a,60,x", "70,b,100,x"], "logit");
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot use the row on line 3 (model "b"): column "top1" holds 100, an accuracy of 100%, which the logit scale cannot place without --reference-size and --shifted-size',
  ]);
});

Deno.test("accuracyTable() refuses more than 100 per cent", () => {
  const table = read(["50,a,60,x", "70,b,100.1,x"], "linear");
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot use the row on line 3 (model "b"): column "top1" holds 100.1, which is not between 0 and 100; accuracies are read as percentages, because the values are above 1',
  ]);
});

Deno.test("accuracyTable() refuses a small value without sign among per cent signs", () => {
  const table = read(["50%,a,60%,x", "0.7,b,80,x"]);
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot use the row on line 3 (model "b"): column "v2" holds 0.7 without a % sign, and 2 of 4 values carry a % sign; write it with one',
  ]);
});

Deno.test("accuracyTable() refuses fractions beside percentages", () => {
  assert.deepEqual(read(["0.5,a,60,x", "0.7,b,80,x"]), {
    kind: "refused",
    about: "columns",
    problems: [
      'Cannot tell whether accuracies are fractions or percentages: column "v2" is nowhere above 1, but the other column is; write both as fractions, or both in per cent with % signs',
    ],
  });
});

Deno.test("accuracyTable() refuses a column without a number once, not row by row", () => {
  const table = read(["a,a,0.5,x", "b,b,0.6,x"]);
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot use column "v2" for shifted accuracies: no row has a number there; the first has "a"',
  ]);
});

Deno.test("accuracyTable() tells every problem, in the order of the file", () => {
  const told = problems([
    "x,d,0,y",
    "0.7,a,0.8,baseline",
    ",e,,x",
    "0.7,a,.8,baseline",
  ]);
  assert.deepEqual(told, [
    'Cannot use the row on line 5 (model "d"): column "top1" holds 0, an accuracy of 0, which the probit scale cannot place without --reference-size and --shifted-size',
    'Cannot use the row on line 5 (model "d"): column "v2" holds "x", which is not a number',
    'Cannot use the rows on lines 2, 6 and 8: column "model" names model "a" of group "baseline" in each',
    'Cannot use the row on line 7 (model "e"): column "top1" is empty',
    'Cannot use the row on line 7 (model "e"): column "v2" is empty',
  ]);
});

Deno.test("accuracyTable() leaves out rows without one of the four cells if it is told to, and names them", () => {
  const table = read(
    [
      "0.5,a,0.6,x",
      ",b,0.7,x",
      "0.7,,0.8,x",
      "#N/A,c,0.8,x",
      "0.7,d,0.8,",
      "0.7,e,0.8,NA",
      "#NV,f,0.8,x",
      "k. A.,g,0.8,x",
      "#N/D,h,0.8,x",
      "0.7,i,#Н/Д,x",
    ],
    "probit",
    { dropIncomplete: true },
  );
  assert(table.kind === "table");
  assert.deepEqual(table.rows.map(({ model }) => model), ["a"]);
  assert.deepEqual(table.leftOut, [
    'line 3 (model "b")',
    "line 4",
    'line 5 (model "c")',
    'line 6 (model "d")',
    'line 7 (model "e")',
    'line 8 (model "f")',
    'line 9 (model "g")',
    'line 10 (model "h")',
    'line 11 (model "i")',
  ]);
});

Deno.test("accuracyTable() refuses what is wrong in a whole row, whatever is left out", () => {
  const table = read(["0.5,a,0.6,x", ",b,0.7,x", "abc,c,0.8,x"], "probit", {
    dropIncomplete: true,
  });
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot use the row on line 4 (model "c"): column "v2" holds "abc", which is not a number',
  ]);
});

Deno.test("accuracyTable() keeps 0 and 1 where the numbers of examples are known, and names the lines within half an example of them", () => {
  const table = read(
    ["0.5,a,1,x", "0,b,0.7,x", "0.6,c,0.8,x", "0.999,d,0.8,x", "0.99,e,0.8,x"],
    "probit",
    { half: { reference: 0.0005, shifted: 0.005 } },
  );
  assert(table.kind === "table");
  assert.deepEqual(table.extremes, [2, 3, 5]);
  assert.equal(table.rows[0]?.reference, 1);
});

Deno.test("accuracyTable() refuses a name or a group that names nothing, as spreadsheets and R write it", () => {
  assert.deepEqual(problems(["0.7,d,0.6,#N/A", "0.7,NA,0.6,x", "0.7,e,0.6,"]), [
    'Cannot use the row on line 5 (model "d"): column "group" holds "#N/A", which names nothing',
    'Cannot use the row on line 6 (model "NA"): column "model" holds "NA", which names nothing',
    'Cannot use the row on line 7 (model "e"): column "group" is empty',
  ]);
});

Deno.test("accuracyTable() says where leaving out incomplete rows leaves none", () => {
  const table = read(["NA,a,0.6,x", "NA,b,0.7,x"], "probit", {
    dropIncomplete: true,
  });
  assert(table.kind === "refused" && table.about === "columns");
  assert.deepEqual(table.problems, [
    "Cannot use the table: all 2 rows lack a name, a group or an accuracy, so that none is left",
  ]);
});

Deno.test("accuracyTable() does not take fractions for percentages because of one cell among them", () => {
  const table = read([
    "0.3985,a,52.10,x",
    "0.4502,b,58.64,x",
    "0.5276,c,63.97,x",
    "57.95,d,66.80,x",
  ]);
  assert(table.kind === "refused");
  assert.deepEqual(table.problems, [
    'Cannot tell whether accuracies are fractions or percentages: column "v2" is above 1 in 1 of 4 values only, and the other column in most; write both as fractions, or both in per cent with % signs',
  ]);
});

Deno.test("accuracyTable() reads decimals that follow a comma", () => {
  const table = read(['"52,5 %",a,"60,1%",x'], "probit", { decimal: "," });
  assert(table.kind === "table");
  assert.deepEqual(
    table.rows.map(({ reference, shifted }) => [reference, shifted]),
    [[0.601, 0.525]],
  );
});

Deno.test("accuracyTable() names the first lines of many equal rows, at once", () => {
  const [told] = problems(
    Array.from({ length: 20_000 }, () => "0.7,a,0.6,baseline"),
  );
  assert.match(
    told ?? "",
    /^Cannot use the rows on lines 2, 5, .* 13 and 19991 more: column /,
  );
  assert.ok((told ?? "").length < 200);
});
