import assert from "node:assert/strict";
import { fitTable } from "../../../reports/value/fit_table.ts";
import { intervalTable } from "../../../reports/value/interval_table.ts";
import { formatQuantity } from "../../../reports/value/quantity.ts";
import { fitRuns } from "../../../stats/lines/fit_runs.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { partRobustness } from "../../../stats/lines/part_robustness.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { tabulateFits } from "../../../tasks/lines/tabulate_fits.ts";
import { tabulateRobustness } from "../../../tasks/lines/tabulate_robustness.ts";
import {
  checkpoints,
  narrow,
  photo,
  sizes,
  withoutSizes,
} from "../../stats/difference_reference.ts";
import { runTask } from "../../tasks/run_task.ts";

const titles = ["pre-training", "line"];
const row = (points: typeof photo, line = checkpoints) => ({
  cells: ["photo", "checkpoints"],
  mean: meanEffectiveRobustness(points, { line }),
  overlap: rangeOverlap(points, line),
});

/** A row as a reader sees it. */
function shown(cells: ReturnType<typeof intervalTable>["rows"][number]) {
  return cells.map((cell) =>
    cell === null ? "–" : typeof cell === "string" ? cell : formatQuantity(cell)
  );
}

Deno.test("intervalTable() shows the half-widths that the interval is made of", () => {
  const { mean } = row(photo);
  const { columns, rows: [cells = []] } = intervalTable([row(photo)], {
    titles,
  });
  assert.equal(columns.length, cells.length);
  const number = (title: string) => {
    const cell = cells[columns.indexOf(title)];
    assert.ok(typeof cell === "object" && cell !== null, title);
    return cell.value;
  };
  const parts = ["± networks", "± test images", "± line"].map(number);
  const halfWidth = (number("to") - number("from")) / 2;
  assert.ok(Math.abs(Math.hypot(...parts) - halfWidth) < 1e-9);
  assert.equal(number("mean ER, points"), mean.mean);
  assert.equal(number("paper’s ±"), mean.averagedColumns.halfWidth);
});

Deno.test("intervalTable() reads as a table of points", () => {
  // The same numbers come out of SciPy 1.15.3's linregress, t and norm.
  const [cells] = intervalTable([row(narrow, sizes)], { titles }).rows;
  assert.deepEqual(shown(cells ?? []), [
    "photo",
    "checkpoints",
    "4",
    "+1.98",
    "−1.16",
    "+5.12",
    "1.23",
    "1.45",
    "2.50",
    "2.52",
    "2 of 4",
    "0.33",
    "1.00",
  ]);
});

Deno.test("intervalTable() leaves open what the points cannot tell", () => {
  const single = withoutSizes(photo).slice(0, 1);
  const { columns, rows: [cells = []] } = intervalTable([row(single)], {
    titles,
  });
  assert.equal(cells[columns.indexOf("± networks")], null);
  assert.equal(cells[columns.indexOf("± test images")], null);
});

Deno.test("intervalTable() refuses a row whose cells do not fit the titles", () => {
  assert.throws(
    () => intervalTable([row(photo)], { titles: ["shift"] }),
    /Cannot make a table of intervals: row 1 has 2 cells for 1 titles/,
  );
});

Deno.test("tabulateRobustness() stores the rows as they are", async () => {
  const rows = [row(photo), row(withoutSizes(photo).slice(0, 1))];
  assert.deepEqual(
    await runTask(tabulateRobustness, { titles, rows }),
    intervalTable(rows, { titles }),
  );
});

Deno.test("tabulateRobustness() takes parts of a shifted set, and leaves out those with too few examples", async () => {
  const { cells } = row(photo);
  const part = partRobustness({ baselines: narrow, networks: photo });
  assert.deepEqual(
    await runTask(tabulateRobustness, {
      titles,
      rows: [{ cells, part }, { cells, part: null }],
    }),
    intervalTable([{ ...part, cells }], { titles }),
  );
});

const runs = [photo, narrow];
const fit = {
  title: "line of checkpoints",
  pooled: fitLine(runs.flat()),
  runs: fitRuns(runs),
};

Deno.test("fitTable() lists the pooled line and its runs", () => {
  const { columns, rows } = fitTable([fit]);
  assert.deepEqual(rows.map((cells) => cells.slice(0, 2)), [
    ["line of checkpoints", "all"],
    ...fit.runs.map(({ name }) => ["line of checkpoints", name]),
  ]);
  assert.deepEqual(rows[1]?.[columns.indexOf("slope")], {
    value: fit.runs[0]?.slope,
  });
  for (const cells of rows) assert.equal(cells.length, columns.length);
  assert.equal(rows.length, 3);
});

Deno.test("fitTable() leaves out runs that have no line of their own", () => {
  const finished = photo.map((point) => [point]);
  const { rows } = fitTable([{ ...fit, runs: fitRuns(finished) }]);
  assert.equal(rows.length, 1);
});

Deno.test("tabulateFits() stores the rows as they are", async () => {
  const fits = [fit];
  assert.deepEqual(await runTask(tabulateFits, { fits }), fitTable(fits));
});
