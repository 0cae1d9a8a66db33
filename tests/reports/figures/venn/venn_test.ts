import assert from "node:assert/strict";
import { venn } from "../../../../reports/figures/venn/venn.ts";
import type { VennPanel } from "../../../../reports/value/venn_figure.ts";
import { largest, smallest } from "../../../../stats/intervals/extremes.ts";
import { sets } from "../interventions_example.ts";
import { assertSameTwice, hoverTitles, parseSvg, words } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const [panel] = sets.panels;
assert.ok(panel);

/** Widths of the circles of a drawing, from their paths, which are curves. */
function widths(svg: string): readonly number[] {
  return [...parseSvg(svg).querySelectorAll("path")]
    .map((path) => path.getAttribute("d") ?? "")
    .filter((d) => d.includes("C"))
    .map((d) => {
      const xs = (d.match(/-?[\d.]+/g) ?? []).map(Number)
        .filter((_, i) => i % 2 === 0);
      return largest(xs) - smallest(xs);
    });
}

Deno.test("venn() draws circles by one scale in all panels, by their areas", () => {
  const { file } = venn(sets);
  const found = widths(file);
  assert.equal(found.length, 4);
  const shares = [0.061, 0.034, 0.021, 0.02];
  const scales = found.map((width, i) => width ** 2 / (shares[i] ?? 1));
  for (const scale of scales) {
    assert.ok(Math.abs(scale / (scales[0] ?? 1) - 1) < 0.02, `${scales}`);
  }
  assert.doesNotMatch(file, /NaN|Infinity|undefined/);
});

Deno.test("venn() says every share beside its part, and in captions what the sets share", () => {
  const { file, page, description, ...drawn } = venn(sets);
  for (
    const text of [
      "5.2% corrected by",
      "pre-training only",
      "0.9% corrected by",
      "2,431 of 10,000 examples could be corrected",
      "overlap 10.5% (8.1% to 13.2%)",
      "both together correct 83% of what pre-training",
      "corrects, and 71% of what last-layer refitting <1> does",
    ]
  ) assert.ok(words(file).includes(text), text);
  assert.match(
    saidOf(drawn),
    /areas .*true to the shares.* 95% interval\. A note\. \*spurious tint\*: of 10,000 test examples 2,431 could be corrected\. Corrected by pre-training only: 5\.2%; both separately: 0\.9%; last-layer refitting .*1.* only: 2\.5%\. Overlap 10\.5% \(8\.1% to 13\.2%\)\. Of the examples that pre-training corrects, both together correct 83\.0%, and of those that last-layer/,
  );
  assert.match(description, /^Pre-training and refitting correct different/);
  assert.ok(page.includes("&lt;1&gt;"));
  assert.ok(!page.includes("<1>"));
  assert.equal(
    hoverTitles(page)[0],
    "spurious tint: corrected by pre-training only\n5.2% of the test examples",
  );
});

Deno.test("venn() writes every part as CSV, JSON and table", () => {
  const { data, json, table } = venn(sets);
  assert.equal(data.rows.length, 6);
  assert.deepEqual(data.rows[1], [
    "spurious tint",
    "both separately",
    0.009,
    90,
  ]);
  assert.equal(JSON.parse(json).panels[0].overlap.low, 0.081);
  assert.deepEqual(table.rows[0], [
    "spurious tint",
    "pre-training only",
    "5.2",
    "520",
  ]);
});

Deno.test("venn() keeps labels apart and within the sheet when parts are tiny, empty or all there is", () => {
  const odd: readonly Partial<VennPanel>[] = [
    { both: 0 },
    { both: 0.034 },
    { first: { title: "a", share: 0.034 }, both: 0.034 },
    { first: { title: "a", share: 0 }, both: 0 },
    { second: { title: "b", share: 0.0001 }, both: 0 },
    {
      first: { title: "a", share: 0 },
      second: { title: "b", share: 0 },
      both: 0,
    },
  ];
  for (const change of odd) {
    const { file } = venn({ ...sets, panels: [{ ...panel, ...change }] });
    assert.doesNotMatch(file, /NaN|Infinity|undefined/);
    const texts = [...parseSvg(file).querySelectorAll("text")];
    const places = texts.map((text) =>
      Number(
        /,(-?[\d.]+)\)/.exec(text.getAttribute("transform") ?? "")?.[1] ??
          text.getAttribute("y"),
      )
    ).sort((a, b) => a - b);
    const [, , , height = 0] =
      parseSvg(file).getAttribute("viewBox")?.split(" ").map(Number) ?? [];
    for (const [i, y] of places.entries()) {
      assert.ok(y >= 0 && y <= height, `${y} of ${height}`);
      const before = places[i - 1];
      if (before !== undefined) assert.ok(y - before >= 12, `${places}`);
    }
  }
});

Deno.test("venn() gives the same bytes twice", () => {
  assertSameTwice(() => venn(sets));
});

Deno.test("venn() refuses shares that no two sets have, and no panel", () => {
  const refused = (panels: readonly VennPanel[], message: string) =>
    assert.throws(() => venn({ ...sets, panels }), {
      name: "RangeError",
      message: `Cannot draw figure "corrected": ${message}`,
    });
  refused([], "it has no data");
  for (const both of [0.035, -0.01, NaN]) {
    refused(
      [{ ...panel, both }],
      `"spurious tint" has sets of 0.061 and 0.034 that cannot share ${both}`,
    );
  }
  refused(
    [{ ...panel, first: { title: "a", share: 0.99 }, both: 0.02 }],
    '"spurious tint" has sets of 0.99 and 0.034 that cannot share 0.02',
  );
});
