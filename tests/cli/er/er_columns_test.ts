import assert from "node:assert/strict";
import {
  baselineOf,
  checkGroups,
  columnsOf,
} from "../../../cli/er/er_columns.ts";

const words = {
  table: "t.csv",
  reference: "top1",
  shifted: "v2",
  group: "kind",
  name: undefined,
  baseline: undefined,
};

function nameOf(...columns: readonly string[]): string {
  return columnsOf(words, ["top1", "v2", "kind", ...columns]).name;
}

Deno.test("columnsOf() finds the names in a column called model, then name, then the first", () => {
  assert.equal(nameOf("id", "name", "Model "), "Model ");
  assert.equal(nameOf("id", "NAME", "models"), "NAME");
  assert.equal(nameOf("id", "size"), "id");
});

Deno.test("columnsOf() finds a column whose name has spaces around it", () => {
  assert.deepEqual(
    columnsOf(words, ["model", " kind", " top1 ", "v2"]),
    { name: "model", group: " kind", reference: " top1 ", shifted: "v2" },
  );
});

Deno.test("columnsOf() finds a column whose letters are written in another form of Unicode", () => {
  const decomposed = "re\u0301fe\u0301rence";
  const { reference } = columnsOf({ ...words, reference: "référence" }, [
    ...["model", "kind", "v2"],
    decomposed,
  ]);
  assert.equal(reference, decomposed);
});

Deno.test("columnsOf() takes the column of names that it is told", () => {
  const columns = ["model", "size", "top1", "v2", "kind"];
  assert.deepEqual(
    columnsOf({ ...words, name: "size" }, columns),
    {
      name: "size",
      group: "kind",
      reference: "top1",
      shifted: "v2",
    },
  );
});

for (
  const [what, columns, given, message] of [
    [
      "a column that is not there",
      ["model", "top1", "v2", "kinds"],
      {},
      'Cannot find column "kind" (--group) in table "t.csv": the columns are model, top1, v2 and kinds; did you mean "kinds"?',
    ],
    [
      "a column of names that is not there",
      ["model", "top1", "v2", "kind"],
      { name: "architecture" },
      'Cannot find column "architecture" (--name) in table "t.csv": the columns are model, top1, v2 and kind',
    ],
    [
      "columns that nothing tells, all at once",
      ["Modell", "Art", "Test", "Feld"],
      { reference: undefined, shifted: undefined, group: undefined },
      'Cannot tell which columns of table "t.csv" --reference, --shifted and --group are: none is called "reference" or "shifted" or "group"; the columns are Modell, Art, Test and Feld. Name them with --reference, --shifted and --group, or add a column that says which models are baselines, trained from scratch',
    ],
    [
      "a table of one column",
      ["model|top1|v2|kind"],
      {},
      'Cannot find column "top1" (--reference) in table "t.csv": the only one is model|top1|v2|kind; cells are separated by commas, semicolons or tabs',
    ],
    [
      "a table without names of columns",
      ["1", "0.5", "60"],
      {},
      'Cannot find column "top1" (--reference) in table "t.csv": the columns are 1, 0.5 and 60; the first line has to name the columns',
    ],
    [
      "one column for both accuracies",
      ["model", "top1", "v2", "kind"],
      { shifted: "top1" },
      'Cannot use column "top1" twice: --reference and --shifted both name it',
    ],
    [
      "the groups for names",
      ["model", "top1", "v2", "kind"],
      { name: "kind" },
      'Cannot use column "kind" twice: --group and --name both name it',
    ],
    [
      "for one accuracy the column of the other",
      ["model", "reference", "shifted", "kind"],
      { reference: "shifted", shifted: undefined },
      'Cannot use column "shifted" twice: it would be --reference and --shifted; name another with --shifted',
    ],
    [
      "for the names the column of the groups",
      ["model", "top1", "v2", "group"],
      { group: undefined, name: "group" },
      'Cannot use column "group" twice: it would be --group and --name; name another with --group',
    ],
    [
      "a table without names of models",
      ["top1", "v2", "kind"],
      {},
      'Cannot name the models of table "t.csv": it has no column beside "top1", "v2" and "kind"',
    ],
  ] as const
) {
  Deno.test(`columnsOf() refuses ${what}`, () => {
    assert.throws(
      () => columnsOf({ ...words, ...given }, columns),
      { name: "UsageError", message },
    );
  });
}

Deno.test("columnsOf() does not list all of very many columns", () => {
  const columns = Array.from({ length: 25 }, (_, i) => `column${i}`);
  assert.throws(
    () => columnsOf(words, columns),
    /: the columns are column0, .*, column19 and 5 more$/,
  );
});

function rowsOf(...groups: readonly string[]) {
  return groups.map((group, i) => ({
    line: i + 2,
    model: `m${i}`,
    group,
    reference: 0.5,
    shifted: 0.4,
  }));
}

Deno.test("baselineOf() finds a group with one of the usual names", () => {
  assert.equal(baselineOf(words, rowsOf("new", "Baseline")), "Baseline");
  assert.equal(baselineOf(words, rowsOf("BASELINES", "new")), "BASELINES");
  assert.equal(baselineOf(words, rowsOf("new", "scratch")), "scratch");
});

Deno.test("baselineOf() takes the group that it is told", () => {
  const rows = rowsOf("scratch", "supervised");
  assert.equal(
    baselineOf({ ...words, baseline: " supervised" }, rows),
    "supervised",
  );
  assert.equal(
    baselineOf({ ...words, baseline: "re\u0301f" }, rowsOf("réf", "b")),
    "réf",
  );
});

for (
  const [what, groups, baseline, message] of [
    [
      "a group that is not there",
      ["scratch", "clip", "clip"],
      "scrach",
      'Cannot find group "scrach" (--baseline) in column "kind" of table "t.csv": the groups are "scratch" (1 model) and "clip" (2 models); did you mean "scratch"?',
    ],
    [
      "a group in other letters",
      ["Scratch"],
      "scratch",
      'Cannot find group "scratch" (--baseline) in column "kind" of table "t.csv": the only group is "Scratch" (1 model); did you mean "Scratch"?',
    ],
    [
      "groups of which none has a usual name",
      ["supervised", "clip"],
      undefined,
      'Cannot tell which group of column "kind" of table "t.csv" holds the baselines: the groups are "supervised" (1 model) and "clip" (1 model); name one with --baseline',
    ],
    [
      "two groups with usual names",
      ["baseline", "scratch"],
      undefined,
      'Cannot tell which group of column "kind" of table "t.csv" holds the baselines: the groups are "baseline" (1 model) and "scratch" (1 model); name one with --baseline',
    ],
    [
      "a table without rows",
      [],
      undefined,
      'Cannot tell which group of column "kind" of table "t.csv" holds the baselines: the table has no rows',
    ],
  ] as const
) {
  Deno.test(`baselineOf() refuses ${what}`, () => {
    assert.throws(
      () => baselineOf({ ...words, baseline }, rowsOf(...groups)),
      { name: "UsageError", message },
    );
  });
}

/** Models of the given groups, one a line, no two with one reference accuracy. */
function variedRows(...groups: readonly string[]) {
  return rowsOf(...groups).map((row, i) => ({ ...row, reference: i / 20 }));
}

for (
  const [what, rows, message] of [
    [
      "two baselines",
      variedRows("base", "new", "base"),
      'Cannot fit a line through the baselines: group "base" of column "kind" has 2 models (lines 2 and 4), and at least 3 are needed',
    ],
    [
      "one baseline",
      variedRows("new", "new", "new", "base"),
      'Cannot fit a line through the baselines: group "base" of column "kind" has 1 model (line 5), and at least 3 are needed',
    ],
    [
      "baselines of one reference accuracy",
      rowsOf("base", "base", "new", "base"),
      'Cannot fit a line through the baselines: column "top1" has the same value for all 3 of them, from line 2 to line 5',
    ],
    [
      "baselines whose reference accuracies differ by rounding alone",
      rowsOf("base", "base", "new", "base").map((row, i) => ({
        ...row,
        reference: 0.5 + i * 1e-6,
      })),
      'Cannot fit a line through the baselines: column "top1" has values within a thousandth of a point for all 3 of them, from line 2 to line 5',
    ],
    [
      "baselines alone",
      variedRows("base", "base", "base"),
      'Cannot measure effective robustness: column "kind" has no group beside the baselines "base"',
    ],
  ] as const
) {
  Deno.test(`checkGroups() refuses ${what}`, () => {
    const columns = { reference: "top1", group: "kind" };
    assert.throws(() => checkGroups(rows, { baseline: "base", columns }), {
      name: "UsageError",
      message,
    });
  });
}

Deno.test("columnsOf() finds columns called reference, shifted and group by itself", () => {
  const unnamed = {
    ...words,
    reference: undefined,
    shifted: undefined,
    group: undefined,
  };
  assert.deepEqual(
    columnsOf(unnamed, ["model", "Group ", "Reference", "shifted"]),
    {
      name: "model",
      group: "Group ",
      reference: "Reference",
      shifted: "shifted",
    },
  );
  assert.equal(
    columnsOf(unnamed, ["model", "group", "Reference ", "reference", "shifted"])
      .reference,
    "reference",
  );
  assert.throws(
    () => columnsOf(unnamed, ["model", "group", "reference", "v2"]),
    {
      message:
        'Cannot tell which column of table "t.csv" --shifted is: none is called "shifted"; the columns are model, group, reference and v2. Name it with --shifted',
    },
  );
});

Deno.test("checkGroups() takes accuracies within half an example of 1 for one", () => {
  const rows = [0.999, 0.9995, 1, 0.5].map((reference, i) => ({
    line: i + 2,
    model: `m${i}`,
    group: i < 3 ? "base" : "new",
    reference,
    shifted: 0.5,
  }));
  const options = {
    baseline: "base",
    columns: { reference: "top1", group: "kind" },
  };
  checkGroups(rows, options);
  assert.throws(() => checkGroups(rows, { ...options, half: 0.005 }), {
    name: "UsageError",
    message:
      'Cannot fit a line through the baselines: column "top1" has values nearer to 0 or 100% than half an example for all 3 of them, from line 2 to line 4',
  });
});

Deno.test("columnsOf() takes no numbers of rows for names, unless there is nothing else", () => {
  const unnamed = {
    ...words,
    reference: undefined,
    shifted: undefined,
    group: undefined,
  };
  const used = ["reference", "shifted", "group"];
  for (const numbers of ["", "Unnamed: 0"]) {
    assert.equal(
      columnsOf(unnamed, [numbers, "architecture", ...used]).name,
      "architecture",
    );
    assert.equal(columnsOf(unnamed, [numbers, ...used]).name, numbers);
  }
});
