import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  measure,
  measurementJson,
  type TestSizes,
} from "../../cli/er_measure.ts";
import { type AccuracyRow, accuracyTable } from "../../data/accuracy_table.ts";
import { parseCsv } from "../../data/csv.ts";

const columns = { reference: "reference", group: "group" };
const options = {
  baseline: "baseline",
  scale: "probit",
  level: 0.95,
  columns,
} as const;

interface Stored {
  readonly source: string;
  readonly cases: readonly {
    readonly level: number;
    readonly sizes: TestSizes | null;
    readonly fit: { readonly scale: "probit" | "logit" | "linear" };
    readonly groups: unknown;
    readonly models: readonly Readonly<Record<string, unknown>>[];
  }[];
}

function file(name: string): string {
  return readFileSync(new URL(`./data/${name}`, import.meta.url), "utf8");
}

/** Values by tests/cli/data/make_er_scipy.py. */
const scipy: Stored = JSON.parse(file("er_scipy.json"));

function tableRows(): readonly AccuracyRow[] {
  const table = accuracyTable(parseCsv(file("er_table.csv")), {
    columns: { name: "model", shifted: "shifted", ...columns },
    scale: "probit",
  });
  assert(table.kind === "table");
  return table.rows;
}

/** Asserts that two values are the same, numbers to 1e-12. */
function assertClose(actual: unknown, expected: unknown, path = ""): void {
  if (typeof expected === "number") {
    assert(
      Math.abs(Number(actual) - expected) < 1e-12,
      `${path}: ${actual} is not ${expected}`,
    );
  } else if (typeof expected === "object" && expected !== null) {
    const object = actual as Readonly<Record<string, unknown>>;
    assert.deepEqual(
      Object.keys(object).toSorted(),
      Object.keys(expected).toSorted(),
      path,
    );
    for (const [key, value] of Object.entries(expected)) {
      assertClose(object[key], value, `${path}.${key}`);
    }
  } else assert.equal(actual, expected, path);
}

for (const { level, sizes, fit, groups, models } of scipy.cases) {
  Deno.test(
    `measurementJson() agrees with ${scipy.source} on the ${fit.scale} scale at level ${level}${
      sizes === null ? "" : " with sizes of test sets"
    }`,
    () => {
      const rows = tableRows();
      const measurement = measure(rows, {
        ...{ ...options, scale: fit.scale, level },
        sizes: sizes ?? undefined,
      });
      assertClose(JSON.parse(measurementJson(measurement)), {
        ...{ fit, level, ...sizes ?? {}, groups },
        models: models.map((model, i) => ({
          ...model,
          group: rows[i]?.group,
          reference: rows[i]?.reference,
          shifted: rows[i]?.shifted,
        })),
      });
    },
  );
}

Deno.test("measurementJson() keeps the order of the table and a group of any name", () => {
  const rows = tableRows().map((row) =>
    row.group === "narrow" ? { ...row, group: "__proto__" } : row
  );
  const { groups, models } = JSON.parse(
    measurementJson(measure(rows, options)),
  );
  assert.deepEqual(Object.keys(groups), ["pre-trained", "__proto__"]);
  assert.deepEqual(
    models.map(({ name }: { readonly name: string }) => name),
    rows.map(({ model }) => model),
  );
});

Deno.test("measure() does not round what it measures", () => {
  const [first] = measure(tableRows(), options).models;
  assert.equal(first?.robustness.reference, 52.1 / 100);
});

for (
  const [what, change, message] of [
    [
      "two baselines",
      (rows: readonly AccuracyRow[]) =>
        rows.filter(({ line }) => [2, 3, 4, 9, 10].includes(line)),
      'Cannot fit a line through the baselines: group "baseline" of column "group" has 2 models (lines 2 and 4), and at least 3 are needed',
    ],
    [
      "one baseline",
      (rows: readonly AccuracyRow[]) =>
        rows.filter(({ group, line }) => group !== "baseline" || line === 5),
      'Cannot fit a line through the baselines: group "baseline" of column "group" has 1 model (line 5), and at least 3 are needed',
    ],
    [
      "baselines of one reference accuracy",
      (rows: readonly AccuracyRow[]) =>
        rows.map((row) =>
          row.group === "baseline" ? { ...row, reference: 0.6 } : row
        ),
      'Cannot fit a line through the baselines: column "reference" has the same value for all 5 of them, from line 2 to line 8',
    ],
    [
      "baselines alone",
      (rows: readonly AccuracyRow[]) =>
        rows.filter(({ group }) => group === "baseline"),
      'Cannot measure effective robustness: column "group" has no group beside the baselines "baseline"',
    ],
  ] as const
) {
  Deno.test(`measure() refuses ${what}`, () => {
    assert.throws(() => measure(change(tableRows()), options), {
      name: "UsageError",
      message,
    });
  });
}
