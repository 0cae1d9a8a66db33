import assert from "node:assert/strict";
import { drawFigure } from "../../reports/figures/draw_figure.ts";
import { partsOf } from "../../shifts/measure/parts.ts";
import { agreementOf } from "../../stats/intervals/agreement.ts";
import { drawPart } from "../../tasks/splits/draw_part.ts";
import { listBars } from "../../tasks/lines/list_bars.ts";
import { measureSplit } from "../../tasks/splits/measure_split.ts";
import { tabulateAgreement } from "../../tasks/evaluation/tabulate_agreement.ts";
import { tabulatePlacebos } from "../../tasks/splits/tabulate_placebos.ts";
import { tabulateTruth } from "../../tasks/splits/tabulate_truth.ts";
import { HALF, planted } from "./planted_split.ts";
import { runTask } from "./run_task.ts";

/** Thirty examples in support: too few. */
const measured = await runTask(measureSplit, {
  ...planted,
  parts: partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < 30)),
  level: 0.95,
});

const bar = { group: "photo", baselines: "checkpoints" };

Deno.test("listBars() keeps what is measured, and says where examples are too few", async () => {
  const estimates = await runTask(listBars, {
    bars: [
      { ...bar, shift: "in", part: measured.inSupport, examples: 30 },
      { ...bar, shift: "out", part: measured.outOfSupport, examples: 3970 },
    ],
  });
  const [within, beyond] = estimates;
  assert.deepEqual(within, {
    ...bar,
    shift: "in",
    mean: null,
    overlap: null,
    examples: 30,
  });
  assert.deepEqual(beyond?.mean, measured.outOfSupport?.mean);
  const drawn = drawFigure({
    kind: "robustness-bars",
    id: "a",
    title: "A",
    finding: "B.",
    shifts: [{ name: "in", support: "in" }, { name: "out", support: "out" }],
    estimates,
  });
  assert.match(drawn?.page ?? "", /30 examples/);
});

const part = {
  id: "part",
  title: "A part",
  baselineTitle: "checkpoints",
  distributions: { reference: "plain", shifted: "mixed" },
};

Deno.test("drawPart() draws the part's own line, and says why where it cannot", async () => {
  const draw = (of: "inSupport" | "outOfSupport", examples: number) =>
    runTask(drawPart, {
      ...part,
      groups: [{ name: "photo", part: measured[of] }],
      examples,
    });
  const beyond = await draw("outOfSupport", 3970);
  assert.equal(beyond.kind, "on-the-line");
  assert.ok(drawFigure(beyond) !== null);
  assert.deepEqual(await draw("inSupport", 30), {
    kind: "unavailable",
    id: "part",
    title: "A part",
    reason: "there are 30 examples in this part, and 50 are needed",
  });
});

const few = { tooFew: 30, unit: "points" } as const;
const estimate = {
  value: 0.01,
  low: -0.01,
  high: 0.03,
  unit: "points",
} as const;

Deno.test("tabulatePlacebos() has a cell a column, numbers or the lack of them", async () => {
  const { columns, rows } = await runTask(tabulatePlacebos, {
    titles: ["networks"],
    rows: [
      {
        cells: ["photo"],
        mean: estimate,
        range: [-0.02, 0.02],
        observed: 0.1,
        p: 0.01,
      },
      { cells: ["narrow"], mean: few, range: null, observed: null, p: null },
    ],
  });
  assert.ok(rows.every((row) => row.length === columns.length));
  assert.deepEqual(rows[0]?.[1], { value: 10, digits: 2, signed: true });
  assert.deepEqual(rows[1]?.slice(1), [
    null,
    "inconclusive: too few",
    ...[null, null, null],
  ]);
});

Deno.test("tabulateTruth() writes errors with their intervals", async () => {
  const lost = { inSupport: 0.01, outOfSupport: 0.2 };
  const { columns, rows } = await runTask(tabulateTruth, {
    titles: ["ε"],
    rows: [{
      cells: ["0.2"],
      lost,
      inError: estimate,
      outError: few,
      auroc: { ...estimate, value: 0.99, unit: "plain" },
      misassigned: few,
    }],
  });
  assert.deepEqual(rows, [[
    "0.2",
    { value: 0.99, unit: "plain" },
    "too few",
    { value: 0.01, unit: "percent" },
    { value: 0.2, unit: "percent" },
    "+1.00 (−1.00 to +3.00)",
    "inconclusive: n = 30",
  ]]);
  assert.equal(columns.length, rows[0]?.length);
});

Deno.test("tabulateAgreement() leaves out a kappa that there is none of", async () => {
  const { columns, rows } = await runTask(tabulateAgreement, {
    titles: ["pair"],
    rows: [{ cells: ["a, b"], agreement: agreementOf([false], [false]) }],
  });
  const none = { value: 0, unit: "count" };
  assert.deepEqual(rows, [[
    "a, b",
    ...[none, none, none],
    { value: 1, unit: "percent" },
    ...[null, null],
  ]]);
  assert.equal(columns.length, rows[0]?.length);
});
