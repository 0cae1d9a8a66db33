import assert from "node:assert/strict";
import { accuracyRows } from "../../../../reports/figures/accuracy_rows/accuracy_rows.ts";
import type { AccuracyRowsFigure } from "../../../../reports/value/accuracy_rows_figure.ts";
import { assertSameTwice, places } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const figure: AccuracyRowsFigure = {
  kind: "accuracy-rows",
  id: "accuracies",
  title: "Accuracy of three starts",
  finding: ["*All* agree on ", { value: 2, unit: "count" }, " rows."],
  note: "A note.",
  classifiers: ["zero", "random <1>", "learned"],
  groups: [
    {
      title: "in support",
      rows: [{ title: "reference", n: 10_000, accuracies: [0.9, 0.9, 0.9] }],
    },
    {
      title: "out of support",
      rows: [{ title: "turned", n: 500, accuracies: [0.5, 0.62, 1] }],
    },
  ],
};

Deno.test("accuracyRows() puts equal accuracies at one place and others apart", () => {
  for (const svg of [accuracyRows(figure).page, accuracyRows(figure).file]) {
    const [zero, random, learned] = [1, 2, 3].map((group) =>
      places(svg, { class: `f-group-${group}` }).map(([x]) => x)
    );
    assert.ok(zero && random && learned);
    // Each mark stands in both rows, and in a file once in the legend.
    const n = svg === accuracyRows(figure).file ? 3 : 2;
    assert.deepEqual([zero.length, random.length, learned.length], [n, n, n]);
    assert.equal(zero[0], random[0]);
    assert.equal(zero[0], learned[0]);
    assert.ok((zero[1] ?? 0) < (random[1] ?? 0));
    assert.ok((random[1] ?? 0) < (learned[1] ?? 0));
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  }
});

Deno.test("accuracyRows() says extents, shapes, sizes and finding in words", () => {
  const { description, page, ...drawn } = accuracyRows(figure);
  assert.equal(
    description,
    "All agree on 2 rows. reference: 90.0% for all. turned: 50.0% to 100.0%.",
  );
  assert.match(
    saidOf(drawn),
    /^\*\*Accuracy of three starts\.\*\* \*All\* agree on 2 rows\. .*Each row is a distribution.* A note\. Test points in each row: 10,000 or 500\. Diamonds: \*zero\*; squares: .*; triangles: \*learned\*\.$/,
  );
  assert.ok(page.includes(">50.0% to 100.0%<"));
  assert.ok(page.includes("random &lt;1&gt;"));
});

Deno.test("accuracyRows() writes every accuracy as CSV, JSON and table", () => {
  const { data, json, table } = accuracyRows(figure);
  assert.equal(data.rows.length, 6);
  assert.deepEqual(data.rows[4], [
    "out of support",
    "turned",
    500,
    "random <1>",
    0.62,
  ]);
  assert.deepEqual(JSON.parse(json).groups, figure.groups);
  assert.deepEqual(table.rows[1], [
    "out of support",
    "turned",
    "50.00",
    "62.00",
    "100.00",
  ]);
});

Deno.test("accuracyRows() gives the same bytes twice", () => {
  assertSameTwice(() => accuracyRows(figure));
});

Deno.test("accuracyRows() refuses a row without an accuracy for each classifier", () => {
  assert.throws(
    () => accuracyRows({ ...figure, classifiers: ["zero", "random"] }),
    {
      name: "RangeError",
      message:
        'Cannot draw the row "reference": it has 3 accuracies for 2 classifiers',
    },
  );
});

Deno.test("accuracyRows() refuses an accuracy that is no fraction", () => {
  for (const wrong of [50, -0.1, NaN]) {
    const rows = [{ title: "turned", n: 500, accuracies: [1, 0, wrong] }];
    assert.throws(
      () => accuracyRows({ ...figure, groups: [{ title: "all", rows }] }),
      {
        name: "RangeError",
        message:
          `Cannot draw the row "turned": its accuracy ${wrong} is no fraction; write 0.5 for 50%`,
      },
    );
  }
});
