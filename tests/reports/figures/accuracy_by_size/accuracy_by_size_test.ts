import assert from "node:assert/strict";
import { accuracyBySize } from "../../../../reports/figures/accuracy_by_size/accuracy_by_size.ts";
import type { AccuracyBySizeFigure } from "../../../../reports/value/accuracy_by_size_figure.ts";
import { sizes } from "../interventions_example.ts";
import { assertSameTwice, hoverTitles, places, words } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const [panel] = sizes.panels;
assert.ok(panel);

Deno.test("accuracyBySize() puts sizes at even distances by their logarithm, and a crossing between its neighbours", () => {
  const { page } = accuracyBySize({ ...sizes, panels: [panel] });
  const means = places(page, { class: "f-group-2" });
  const xs = [...new Set(means.map(([x]) => x))].sort((a, b) => a - b);
  assert.equal(xs.length, 7);
  const steps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
  for (const step of steps) assert.ok(Math.abs(step - (steps[0] ?? 0)) < 0.25);
  // 93 lies between 64 and 128; its triangle is hollow, below all marks.
  const [crossing] = places(page, { class: "s-group-1" })
    .toSorted(([, a], [, b]) => b - a);
  assert.ok(crossing !== undefined);
  const along = (crossing[0] - (xs[2] ?? 0)) / (steps[0] ?? 1);
  assert.ok(Math.abs(along - Math.log2(93 / 64)) < 0.02, `${along}`);
  assert.ok(means.every(([, y]) => y < crossing[1]));
});

Deno.test("accuracyBySize() says each mark, each crossing and that there is none", () => {
  const { page, file, description, ...drawn } = accuracyBySize(sizes);
  const titles = hoverTitles(file);
  assert.ok(titles.includes(
    "pre-trained, 16 curated examples\nshifted accuracy 55.0% (52.0% to 58.0%), n = 4",
  ));
  assert.ok(titles.includes(
    "worst-group accuracy: pre-trained\ncrosses biased set, pre-trained at 22 curated examples (below the smallest to 31)",
  ));
  assert.match(
    saidOf(drawn),
    /its 95% interval; small faint marks.* A note\. Diamonds: \*pre-trained\*; .* In the table n is the number of networks\. \*shifted accuracy\*: the curve “pre-trained” crosses the line “biased set, pre-trained” at 93 curated examples \(61 to 140\)\. \*shifted accuracy\*: the curve “from scratch” does not cross the line “biased set, from scratch” at any number of curated examples tried\./,
  );
  assert.match(description, /shifted accuracy, from scratch: 20\.0% with 16, /);
  assert.ok(words(file).includes("biased set, from scratch"));
  assert.ok(page.includes("narrow &lt;1&gt;"));
  assert.doesNotMatch(file + page, /NaN|Infinity|undefined/);
});

Deno.test("accuracyBySize() draws a mean without an interval, and says none", () => {
  const none = { low: null, high: null };
  const { file, table } = accuracyBySize({
    ...sizes,
    panels: [{
      title: "worst-group accuracy",
      series: [{
        name: "from scratch",
        points: [16, 64].map((n) => ({
          n,
          value: 0,
          ...none,
          networks: [0, 0],
        })),
      }],
      references: [{ title: "all", value: 0, ...none, networks: [0, 0, 0] }],
    }],
  });
  assert.ok(
    hoverTitles(file).includes(
      "from scratch, 16 curated examples\nworst-group accuracy 0.0%, n = 2",
    ),
  );
  assert.deepEqual(table.rows.map((row) => row.at(-1)), ["–", "–", "–"]);
  assert.deepEqual(
    table.rows.map((row) => row[table.columns.indexOf("n")]),
    ["2", "2", "3"],
  );
  assert.doesNotMatch(file, /NaN|Infinity|null/);
});

Deno.test("accuracyBySize() writes means, networks and references as CSV, JSON and table", () => {
  const { data, json, table } = accuracyBySize(sizes);
  // Two panels of three series of seven sizes with four networks, and two references.
  assert.equal(data.rows.length, 2 * (3 * 7 * 5 + 2));
  const [mean, network] = data.rows;
  assert.deepEqual(mean?.slice(0, 5), [
    "shifted accuracy",
    "pre-trained",
    16,
    null,
    0.55,
  ]);
  assert.deepEqual(network?.slice(2), [16, 1, 0.52, null, null]);
  assert.equal(JSON.parse(json).panels[1].crossings[0].low, null);
  assert.equal(table.rows.length, 2 * (3 * 7 + 2));
  assert.deepEqual(table.rows[21], [
    "shifted accuracy",
    "biased set, pre-trained",
    "–",
    "–",
    "66.0",
    "65.0 to 67.0",
  ]);
});

Deno.test("accuracyBySize() puts series of one point beside their size, to the right, and says so", () => {
  const [first] = panel.series;
  const point = first?.points.find(({ n }) => n === 64);
  assert.ok(first !== undefined && point !== undefined);
  const series = [
    first,
    ...["biased", "diverse"].map((name) => ({ name, points: [point] })),
  ];
  const { page, ...drawn } = accuracyBySize({
    ...sizes,
    panels: [{ title: "shifted accuracy", series, references: [] }],
  });
  const xs = (group: number) =>
    [
      ...new Set(
        places(page, { class: `f-group-${group}` }).map(([x]) => x),
      ),
    ].sort((a, b) => a - b);
  const [, , at = NaN, next = NaN] = xs(1);
  const [[biased = NaN], [diverse = NaN]] = [xs(2), xs(3)];
  assert.deepEqual([xs(2), xs(3)].map(({ length }) => length), [1, 1]);
  assert.ok(at < biased && biased < diverse && diverse < (at + next) / 2);
  assert.match(saidOf(drawn), /stand a little to the right of it/);
  const { page: _, ...curves } = accuracyBySize({ ...sizes, panels: [panel] });
  assert.doesNotMatch(saidOf(curves), /to the right of it/);
});

Deno.test("accuracyBySize() gives the same bytes twice", () => {
  assertSameTwice(() => accuracyBySize(sizes));
});

Deno.test("accuracyBySize() refuses no panel, no point and sizes without a place", () => {
  const refused = (
    panels: AccuracyBySizeFigure["panels"],
    message: string,
  ) =>
    assert.throws(() => accuracyBySize({ ...sizes, panels }), {
      name: "RangeError",
      message: `Cannot draw figure "curated": ${message}`,
    });
  refused([], "it has no data");
  refused([{ ...panel, series: [] }], '"shifted accuracy" has no point');
  const [point] = panel.series[0]?.points ?? [];
  assert.ok(point);
  refused(
    [{ ...panel, series: [{ name: "a", points: [{ ...point, n: 0 }] }] }],
    "0 examples have no place on a logarithmic axis",
  );
});
