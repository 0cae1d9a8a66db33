import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  type AccuracyRow,
  accuracyTable,
  rowTexts,
} from "../../../data/tables/accuracy_table.ts";
import { readCsv } from "../../../data/tables/csv.ts";
import { robustnessJson } from "../../../reports/value/er_text.ts";
import {
  groupedRobustness,
  type TestSizes,
} from "../../../stats/lines/grouped_robustness.ts";

const options = { baseline: "baseline", scale: "probit", level: 0.95 } as const;

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
  return readFileSync(
    new URL(`../../cli/data/${name}`, import.meta.url),
    "utf8",
  );
}

/** Values by tests/cli/data/make_er_scipy.py. */
const scipy: Stored = JSON.parse(file("er_scipy.json"));

function tableRows(): readonly AccuracyRow[] {
  const columns = {
    name: "model",
    group: "group",
    reference: "reference",
    shifted: "shifted",
  };
  const { rows: texts } = readCsv(file("er_table.csv"), {
    take: (names) => rowTexts(names, columns),
  });
  const table = accuracyTable(texts, {
    columns,
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
    `robustnessJson() agrees with ${scipy.source} on the ${fit.scale} scale at level ${level}${
      sizes === null ? "" : " with sizes of test sets"
    }`,
    () => {
      const rows = tableRows();
      const measurement = groupedRobustness(rows, {
        ...options,
        scale: fit.scale,
        level,
        sizes: sizes ?? undefined,
      });
      assertClose(JSON.parse([...robustnessJson(measurement)].join("")), {
        fit: { ...fit, baseline: measurement.baseline },
        level,
        ...sizes ?? {},
        groups,
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

Deno.test("robustnessJson() keeps the order of the table and a group of any name", () => {
  const rows = tableRows().map((row) =>
    row.group === "narrow" ? { ...row, group: "__proto__" } : row
  );
  const { groups, models } = JSON.parse(
    [...robustnessJson(groupedRobustness(rows, options))].join(""),
  );
  assert.deepEqual(Object.keys(groups), ["pre-trained", "__proto__"]);
  assert.deepEqual(
    models.map(({ name }: { readonly name: string }) => name),
    rows.map(({ model }) => model),
  );
});
