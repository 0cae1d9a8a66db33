import assert from "node:assert/strict";
import { reliability } from "../../../../reports/figures/reliability/reliability.ts";
import type { ReliabilityFigure } from "../../../../reports/value/reliability_figure.ts";
import { assertGolden } from "../golden_svg.ts";
import { assertSameTwice, hoverTitles, places, words } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const figure: ReliabilityFigure = {
  kind: "reliability",
  id: "reliability",
  title: "Calibration of the domain classifier",
  finding: "After scaling, *predictions* come true as often as they say.",
  note: "A note.",
  curves: [
    {
      name: "raw",
      bins: [
        { predicted: 0.05, successes: 20, n: 100 },
        { predicted: 0.5, successes: 50, n: 100 },
        { predicted: 0.95, successes: 80, n: 100 },
      ],
    },
    {
      name: "temperature <1.8>",
      bins: [
        { predicted: 0.2, successes: 20, n: 100 },
        { predicted: 0.5, successes: 50, n: 100 },
        { predicted: 0.81, successes: 80, n: 100 },
      ],
    },
  ],
};

Deno.test("reliability() still draws as in tests/golden/reliability.svg", () => {
  assertGolden(reliability(figure).file, "reliability.svg");
});

Deno.test("reliability() gives the same bytes twice", () => {
  assertSameTwice(() => reliability(figure));
});

Deno.test("reliability() puts calibrated marks on the diagonal and others off it", () => {
  const { page } = reliability(figure);
  const [first, second] = [1, 2].map((group) =>
    places(page, { class: `f-group-${group}` })
  );
  assert.ok(first && second);
  // Both curves have a mark in the middle of the square.
  assert.deepEqual(first[1], second[1]);
  const [x0 = 0, y0 = 0] = first[1] ?? [];
  const offs = [...first, ...second].map(([x, y]) => (x - x0) + (y - y0));
  assert.deepEqual(offs.map((off) => Math.sign(Math.round(off / 8))), [
    ...[-1, 0, 1],
    ...[0, 0, 0],
  ]);
});

Deno.test("reliability() takes Clopper and Pearson's interval and the calibration error", () => {
  const { data, json, description, table } = reliability(figure);
  const [row] = data.rows;
  // scipy.stats.binomtest(20, 100).proportion_ci(0.95, "exact"): 0.126656, 0.291843
  assert.ok(Math.abs(Number(row?.[6]) - 0.126656) < 1e-6);
  assert.ok(Math.abs(Number(row?.[7]) - 0.291843) < 1e-6);
  assert.deepEqual(JSON.parse(json).curves, figure.curves);
  assert.equal(
    description,
    "After scaling, predictions come true as often as they say. raw: calibration error 10.00 points. temperature <1.8>: calibration error 0.33 points.",
  );
  assert.deepEqual(table.rows[0], [
    "raw",
    "100",
    "5.0",
    "20.0",
    "12.7 to 29.2",
  ]);
});

Deno.test("reliability() names curve, bin and numbers on every mark, and escapes names", () => {
  const { page, file, ...drawn } = reliability(figure);
  assert.equal(
    hoverTitles(page)[0],
    "raw, bin 1 of 3\npredicted 5.0%, observed 20.0% (12.7% to 29.2%), n = 100",
  );
  assert.ok(page.includes("temperature &lt;1.8&gt;"));
  assert.ok(
    words(file).includes("temperature <1.8>, calibration error 0.33 points"),
  );
  assert.match(saidOf(drawn), /95% interval.*A note\..*100 examples/);
});

Deno.test("reliability() shows the marks that are farthest off where there are many", () => {
  const bins = Array.from({ length: 50 }, (_, i) => ({
    predicted: (i + 0.5) / 50,
    successes: i === 30 ? 0 : i,
    n: 50,
  }));
  const { table } = reliability({ ...figure, curves: [{ name: "one", bins }] });
  assert.equal(table.rows.length, 50);
  assert.equal(table.selected?.rows.length, 12);
  assert.equal(table.selected?.rows[0]?.[2], "61.0");
});

Deno.test("reliability() refuses what is no probability, and too many curves or none", () => {
  const [curve] = figure.curves;
  assert.ok(curve);
  const bins = [{ predicted: 1.2, successes: 1, n: 2 }];
  assert.throws(
    () => reliability({ ...figure, curves: [{ name: "odd", bins }] }),
    {
      name: "RangeError",
      message:
        'Cannot draw figure "reliability": the prediction 1.2 of "odd" is no probability',
    },
  );
  for (const curves of [[], [curve, curve, curve, curve]]) {
    assert.throws(() => reliability({ ...figure, curves }), {
      name: "RangeError",
      message:
        `Cannot draw figure "reliability": it has ${curves.length} curves with ${
          3 * curves.length
        } bins, but needs 1 to 3 curves`,
    });
  }
});
