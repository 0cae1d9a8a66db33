/** Tables of somebody else: read, measured, written, and shown on pages. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { parseCsv } from "../../data/tables/csv.ts";
import { site } from "../../reports/site/site.ts";
import { csv } from "../../reports/text/csv.ts";
import { visible } from "../../reports/text/escape.ts";
import type { OnTheLineFigure } from "../../reports/value/on_the_line_figure.ts";
import { rig } from "../cli/rig.ts";
import { elements, elementsOfMarkdown } from "../reports/elements.ts";
import { figure, past, report, run } from "../reports/example.ts";
import { hostileText } from "../reports/hostile_text.ts";
import { malformed } from "../reports/well_formed.ts";
import { fuzz } from "./fuzz.ts";
import { cutBytes, cuts } from "./mutations.ts";
import { checkClear, checkSaid } from "./checks.ts";
import { readFiles } from "./places.ts";
import { codePoint } from "../code_point.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const cell = fc.oneof(
  hostileText,
  fc.string({ unit: codePoint }),
  fc.constantFrom(
    "",
    " ",
    "\r",
    "\n",
    '"',
    ",",
    "-1",
    "+1e5",
    "-a",
    "＝1",
    "'",
    "a;=1",
    'a\n"-1;+2\t@b',
  ),
);

const rows = fc.integer({ min: 1, max: 4 }).chain((width) => {
  const row = fc.array(cell, { minLength: width, maxLength: width });
  return fc.tuple(row, fc.array(row, { maxLength: 4 }));
});

/** Whether a spreadsheet would run a cell. */
function isRun(seen: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(seen) &&
    !(/^[+-]?\.?\d/.test(seen) && Number.isFinite(Number(seen)) &&
      !/\s|[xob]/i.test(seen));
}

/** A cell as it is written: seen, and nothing that a spreadsheet runs, wherever it parts cells. */
function written(text: string): string {
  const seen = visible(text);
  const pieces = seen.split(/(?<=[;\t\r\n])/);
  return pieces.map((piece, i) => {
    const [rest = ""] = pieces.slice(i).join("").split(/[;\r\n]/);
    const cell = i === 0 ? seen : rest.replace(/^"+/, "");
    return isRun(cell) ? `'${piece}` : piece;
  }).join("");
}

fuzz(
  "csv() writes whatever parseCsv() is to read, and nothing that runs",
  rows,
  ([names, rows]) => {
    const columns = names.map((name, i) => `${i}${name}`);
    const table = parseCsv(csv({ columns, rows }));
    assert.deepEqual(table.columns, columns.map(written));
    // A lone empty cell is written as a blank line, which is no row.
    const whole = rows.filter((row) => row.length > 1 || row[0] !== "");
    assert.deepEqual(
      table.rows.map(({ cells }) => cells),
      whole.map((row) => row.map(written)),
    );
  },
);

const TABLE = encode(
  '\ufeffmodel,kind,"a,b",c\r\n"x\r\ny",1,2,3\n\nz,"4""",5,6',
);

fuzz(
  "parseCsv() reads a table, or says in one line what is wrong with it",
  fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    cuts.map((cuts) => cutBytes(TABLE, cuts)),
    fc.array(fc.constantFrom(",", '"', "\n", "\r", "\ufeff", "a", "é", "\0"))
      .map((letters) => encode(letters.join(""))),
  ),
  (bytes) => {
    try {
      const { columns, rows } = parseCsv(bytes);
      const names = columns.filter((name) => name !== "");
      assert.equal(new Set(names).size, names.length);
      let before = 0;
      for (const { line, cells } of rows) {
        assert.equal(cells.length, columns.length);
        assert.ok(line > before);
        before = line;
      }
    } catch (error) {
      checkClear(error, Error, "Cannot read the table: ");
    }
  },
);

/** A number as tables have them. */
const accuracy = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(String),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 99 }).map((n) => `0.${n}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["0.5", "0.50", "0.5000000000000001", "0.9999999999999999", "5e-324"],
      ...["1e-300", "1e-17", ".5", "5.e-1", "0.000001", "0.999999"],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...["", "0", "1", "-1", "nan", "1e999", "50%", "50", "0,5", "1,000", "x"],
      ...["0x1", "inf", "\x1b[2J", "1e308", "100", "0.5 %"],
    ),
  },
);

/** Group and accuracies of a model. */
type Model = readonly [group: string, reference: string, shifted: string];

const modelIn = (group: fc.Arbitrary<string>): fc.Arbitrary<Model> =>
  fc.tuple(group, accuracy, accuracy);

const anyModel = modelIn(fc.constantFrom("baseline", "a", "b"));

/** Models of a table, most often with a line among them. */
const models: fc.Arbitrary<readonly Model[]> = fc.tuple(
  fc.array(modelIn(fc.constant("baseline")), { minLength: 3, maxLength: 5 }),
  fc.array(anyModel, { maxLength: 5 }),
  fc.nat({ max: 3 }),
).map(([baselines, others, kind]) =>
  kind === 0 ? others : [...baselines, ...others]
);

const options = fc.record({
  scale: fc.constantFrom("probit", "logit", "linear"),
  level: fc.constantFrom("0.95", "0.5", "0.9999999", "0.0001", ".9"),
  sizes: fc.constantFrom<readonly string[]>(
    [],
    ["--reference-size", "1", "--shifted-size", "1"],
    ["--reference-size", "10000", "--shifted-size", "9007199254740991"],
    ["--shifted-size", "5"],
  ),
  json: fc.boolean(),
});

/** Whether all numbers that a value of JSON should have are there. */
function checkNumbers(value: unknown): void {
  assert.notEqual(value, null, "a number is missing");
  if (typeof value === "object") {
    Object.values(Object(value)).forEach(checkNumbers);
  }
}

/** Tables in which squares are lost in rounding. */
const TINY: readonly (readonly Model[])[] = [
  [
    ["baseline", "5e-324", "5e-324"],
    ["baseline", "0.1", "0.1"],
    ["baseline", "5e-324", "5e-324"],
    ["b", "0.1", "5e-324"],
  ],
  [
    ["baseline", "5e-324", "0.1"],
    ["baseline", "1e-323", "0.2"],
    ["baseline", "5e-324", "0.3"],
    ["b", "0.1", "0.2"],
  ],
  [
    ["baseline", "0.5", "0.1"],
    ["baseline", "0.5000000000000001", "0.2"],
    ["baseline", "0.5", "0.3"],
    ["b", "0.1", "0.2"],
  ],
];

const PLAINLY = {
  scale: "probit",
  level: "0.95",
  sizes: [],
  json: true,
} as const;

fuzz(
  "er() gives numbers for any table, or says in lines why not",
  fc.record({ models, options }),
  async ({ models, options: { scale, level, sizes, json } }) => {
    await using t = await rig();
    const rows = models.map(([group, x, y], i) => [`m${i}`, group, x, y]);
    const text = [["model", "group", "x", "y"], ...rows]
      .map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");
    await Deno.writeTextFile(join(t.folder, "t.csv"), text);
    const outcome = await t.run([
      ...["er", "--table", "t.csv", "--reference", "x", "--shifted", "y"],
      ...["--group", "group", "--scale", scale, "--level", level, ...sizes],
      ...json ? ["--json", "--to", "out"] : ["--to", "out"],
    ], { pipelines: [] });
    checkSaid(outcome);
    const { code, stdout, stderr } = outcome;
    if (code !== 0) {
      assert.equal(code, 2, stderr);
      for (const line of stderr.trimEnd().split("\n")) {
        assert.match(line, /^(Cannot .|Fix these rows|… and \d+ more)/);
      }
      return;
    }
    if (json) checkNumbers(JSON.parse(stdout));
    for (const [path, bytes] of readFiles(join(t.folder, "out"))) {
      const text = new TextDecoder().decode(bytes);
      assert.doesNotMatch(text, /\bNaN\b|Infinity|undefined/, path);
      if (path.endsWith(".svg")) assert.equal(malformed(text), undefined);
    }
  },
  { cost: 20, examples: TINY.map((models) => ({ models, options: PLAINLY })) },
);

/** Names that a site has from data, whatever they say. */
const names = fc.array(hostileText, { minLength: 4, maxLength: 4 });

/** Elements of every page of a site that has these names. */
function pagesWith(names: readonly string[]): ReadonlyMap<string, unknown> {
  const [a = "", b = "", c = "", d = ""] = names;
  const shown: OnTheLineFigure = {
    ...figure,
    distributions: { reference: a, shifted: b },
    baselineTitle: c,
    baselines: figure.baselines.map((point) => ({ ...point, model: d })),
    groups: figure.groups.map((group, i) => ({
      ...group,
      name: `${a}${i}`,
      members: group.members.map((member) => ({ ...member, title: b })),
    })),
  };
  const made = site({
    reports: [{
      ...report,
      figures: [shown, {
        kind: "unavailable",
        id: "none",
        title: c,
        reason: "It is a toy.",
      }],
      tables: [{ id: "t", caption: "Rates", columns: [b], rows: [[c]] }],
      pictures: [],
      datasets: report.datasets.map((one) => ({
        ...one,
        classes: [`0${a}`, `1${b}`],
      })),
    }],
    history: [{
      ...past,
      id: "0123456789ab",
      profile: a,
      commit: b,
      device: c,
      pipelines: [d],
      changes: [{
        pipeline: a,
        stage: b,
        causes: [c],
        numbers: [{ what: d, before: 1, after: 0.5 }],
      }],
    }],
    run: {
      ...run,
      machine: a,
      packages: { [b]: c },
      device: { name: d, reason: a },
    },
  });
  const pages = [...made].flatMap(([path, text]) => {
    if (typeof text !== "string") return [];
    if (path.endsWith(".svg")) assert.equal(malformed(text), undefined, path);
    if (path.endsWith(".html")) return [[path, elements(text)] as const];
    if (path.endsWith(".md")) {
      return [[path, elementsOfMarkdown(text)] as const];
    }
    return [];
  });
  return new Map(pages);
}

const PLAIN = pagesWith(["a", "b", "c", "d"]);

fuzz(
  "site() makes text of whatever data name, on every page",
  names,
  (names) => {
    const made = pagesWith(names);
    for (const [path, elements] of PLAIN) {
      assert.deepEqual(made.get(path), elements, path);
    }
  },
  { cost: 100 },
);
