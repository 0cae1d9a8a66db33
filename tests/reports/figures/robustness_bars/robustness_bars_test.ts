import assert from "node:assert/strict";
import { robustnessBars } from "../../../../reports/figures/robustness_bars/robustness_bars.ts";
import type { RobustnessBarsFigure } from "../../../../reports/value/robustness_bars_figure.ts";
import { meanEffectiveRobustness } from "../../../../stats/lines/mean_effective_robustness.ts";
import { checkpoints, photo } from "../../../stats/difference_reference.ts";
import { assertGolden } from "../golden_svg.ts";
import { assertSameTwice, hoverTitles, parseSvg, words } from "../parse_svg.ts";
import { bars } from "../robustness_example.ts";
import { saidOf } from "../said_of.ts";

Deno.test("robustnessBars() still draws as in tests/golden/robustness_bars.svg", () => {
  assertGolden(robustnessBars(bars).file, "robustness_bars.svg");
});

Deno.test("robustnessBars() gives the same bytes twice", () => {
  assertSameTwice(() => robustnessBars(bars));
});

Deno.test("robustnessBars() draws an image that scales, with a description of every estimate", () => {
  const { file, description } = robustnessBars(bars);
  const svg = parseSvg(file);
  assert.equal(svg.getAttribute("role"), "img");
  assert.equal(svg.getAttribute("width"), null);
  assert.equal(
    svg.querySelector("#robustness-drawing-desc")?.textContent,
    description,
  );
  assert.equal(
    description.match(/ points, n = \d/g)?.length,
    bars.estimates.length,
  );
  assert.match(
    description,
    /^Out of support photo stands .*Mean effective robustness\. .*vertical flip \(out of support\): .*photo, line of checkpoints \+11\.40 \(\+\d+\.\d+ to \+\d+\.\d+\) points, n = 3[;.]/,
  );
});

Deno.test("robustnessBars() gives every estimate a mark that names it, in both sizes", () => {
  const { page, file } = robustnessBars(bars);
  for (const svg of [page, file]) {
    const titles = hoverTitles(svg);
    assert.equal(titles.length, bars.estimates.length);
    assert.ok(titles.some((title) =>
      title.startsWith(
        "unseen tint, narrow, line of finished networks\nER −3.89 (",
      )
    ));
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  }
});

Deno.test("robustnessBars() draws the bars of a group over a line as one path in each panel", () => {
  const { file } = robustnessBars(bars);
  // Of two panels, two groups and two lines, each with two shifts; the legend has single ones.
  for (const width of ["5", "1\\.5"]) {
    const paths = new RegExp(
      `stroke-width="${width}"[^>]*d="(?:M[\\d.,]+H[\\d.]+){2}"`,
      "g",
    );
    assert.equal(file.match(paths)?.length, 8);
  }
  assert.equal(bars.estimates.length, 16);
});

Deno.test("robustnessBars() breaks the name of a shift that is longer than a narrow page", () => {
  const name =
    "features of the narrow network, difficulty matched, in the parts that it finds";
  const [first] = bars.shifts;
  assert.ok(first);
  const { page } = robustnessBars({
    ...bars,
    shifts: bars.shifts.map((shift) =>
      shift === first ? { ...shift, name } : shift
    ),
    estimates: bars.estimates.map((estimate) =>
      estimate.shift === first.name ? { ...estimate, shift: name } : estimate
    ),
  });
  const shown = words(page);
  assert.ok(shown.includes("features of the narrow network, difficulty"));
  assert.ok(shown.includes("matched, in the parts that it finds"));
});

Deno.test("robustnessBars() puts in-support and out-of-support shifts in panels of their own", () => {
  const shown = words(robustnessBars(bars).file);
  for (
    const texts of [
      ["In support", "label shift"],
      ["In support", "Out of support", "unseen tint"],
    ]
  ) {
    const places = texts.map((text) => shown.indexOf(text));
    assert.ok(places.every((place) => place >= 0));
    assert.deepEqual(places, places.toSorted((a, b) => a - b));
  }
  const inSupport = {
    ...bars,
    shifts: bars.shifts.slice(0, 2),
    estimates: bars.estimates.slice(0, 8),
  };
  assert.ok(!words(robustnessBars(inSupport).file).includes("Out of support"));
});

Deno.test("robustnessBars() tells what marks and bars are, and of extrapolation", () => {
  const { caption, reading } = robustnessBars(bars);
  assert.match(
    caption,
    /^\*\*Effective robustness in and out of support\.\*\* Out of/,
  );
  for (
    const text of [
      "Filled marks are over the line of checkpoints; hollow marks are over the line of finished networks.",
      "Thin bars are 95% intervals, from the spread between networks, the sampling of the test images and the uncertainty of the line",
      "The shaded band is within ±2 points.",
    ]
  ) assert.ok(reading.join(" ").includes(text), text);
  assert.match(
    caption,
    / Networks of 12 of 16 rows lie beyond the baselines, by up to 10\.6 points of reference accuracy; there the line is extrapolated\.$/,
  );
});

Deno.test("robustnessBars() counts rows of poor lines, beside those of extrapolated ones and alone", () => {
  const captionOf = (n: number, overlap: null | undefined = undefined) =>
    robustnessBars({
      ...bars,
      estimates: bars.estimates.map((estimate, i) => ({
        ...estimate,
        ...i < n ? { r2: 0.85 } : {},
        ...overlap === null ? { overlap } : {},
      })),
    }).caption;
  assert.match(
    captionOf(2),
    /; there the line is extrapolated; in 2 of 16 rows the line explains its baselines poorly \(r² below 0\.9\)\.$/,
  );
  assert.match(
    captionOf(1, null),
    / In 1 of 16 rows the line explains its baselines poorly \(r² below 0\.9\)\.$/,
  );
});

Deno.test("robustnessBars() gives what leads out of support with a bias a panel of its own, and breaks band and grid at names", () => {
  const { page, file, description } = robustnessBars({
    ...bars,
    shifts: bars.shifts.map((shift, i) =>
      i === 0 ? { ...shift, support: "both" } : shift
    ),
  });
  assert.deepEqual(
    [...page.matchAll(/<div class="drawing"><b>([^<]*)</g)].map(([, of]) => of),
    ["In support", "Out of support", "Both at once"],
  );
  assert.match(description, /spurious tint \(both at once\)/);
  // A ground for each name, and a piece of the band below it.
  const count = (pattern: RegExp) => [...file.matchAll(pattern)].length;
  assert.equal(count(/<rect class="f-page"/g), bars.shifts.length);
  assert.equal(count(/<rect fill-opacity="0\.08"/g), bars.shifts.length);
});

Deno.test("robustnessBars() has no word of a second line, a band or extrapolation where there is none", () => {
  const estimates = bars.estimates.filter(({ baselines, group }) =>
    baselines === "finished networks" && group === "photo"
  );
  const { file, ...drawn } = robustnessBars({
    kind: "robustness-bars",
    id: "one",
    title: "One line",
    finding: "All within reach.",
    note: "A note.",
    shifts: bars.shifts,
    estimates,
  });
  assert.doesNotMatch(saidOf(drawn), /marks|shaded|extrapolated/);
  assert.deepEqual(drawn.details, ["A note.", "Diamonds: *photo*."]);
  assert.ok(!words(file).includes("line of finished networks"));
  assert.equal(
    drawn.description.match(/line of finished networks/g)?.length,
    1,
  );
  assert.deepEqual(drawn.table.columns.slice(0, 3), ["shift", "group", "n"]);
  const [row] = drawn.table.rows;
  assert.equal(row?.length, drawn.table.columns.length);
});

Deno.test("robustnessBars() cuts an interval that is far wider than the means are apart, and says so with an arrow", () => {
  const [first] = bars.estimates;
  assert.ok(first?.mean);
  const wild = {
    ...bars,
    estimates: [first, {
      ...first,
      group: "narrow",
      mean: { ...first.mean, low: -3, high: 3 },
    }],
  };
  // A mark for each estimate, and one for each arrow.
  const count = (svg: string) => [...svg.matchAll(/rotate\(-?90\)/g)].length;
  assert.equal(count(robustnessBars(bars).file), 0);
  assert.equal(count(robustnessBars(wild).file), 2);
});

Deno.test("robustnessBars() escapes names, and shortens them where there is no room", () => {
  const name = `<script>"&'`;
  const long = "pre-trained on a great many drawings";
  const estimates = bars.estimates.map((estimate, i) => ({
    ...estimate,
    group: i < 8 ? name : long,
  }));
  const { page, file } = robustnessBars({ ...bars, estimates });
  for (const svg of [page, file]) assert.ok(!svg.includes("<script"));
  assert.ok(words(file).includes("pre-trained on …"));
  assert.ok(hoverTitles(page).some((title) => title.includes(long)));
});

Deno.test("robustnessBars() writes every estimate with its errors apart at full precision", () => {
  const { data, json, table } = robustnessBars(bars);
  const column = (name: string) => data.columns.indexOf(name);
  assert.equal(data.rows.length, bars.estimates.length);
  const [estimate] = bars.estimates;
  const [row] = data.rows;
  assert.ok(estimate && row);
  const { mean, overlap } = estimate;
  assert.equal(row[column("support")], "in");
  assert.ok(mean && overlap);
  assert.equal(row[column("er")], mean.mean);
  assert.equal(row[column("high")], mean.high);
  assert.equal(row[column("half_line")], mean.components.line.halfWidth);
  assert.equal(row[column("line_only_low")], mean.averagedColumns.low);
  assert.equal(row[column("max_extrapolation")], overlap.maxDistance);
  assert.deepEqual(JSON.parse(json).estimates[0], estimate);
  for (const cells of table.rows) {
    assert.equal(cells.length, table.columns.length);
  }
});

Deno.test("robustnessBars() shows the single network that nothing tells the spread of", () => {
  const [estimate] = bars.estimates;
  assert.ok(estimate);
  const [only] = photo;
  assert.ok(only);
  const { model, reference, shifted } = only;
  const mean = meanEffectiveRobustness([{ model, reference, shifted }], {
    line: checkpoints,
  });
  const { table, reading } = robustnessBars({
    ...bars,
    estimates: [{ ...estimate, mean }],
  });
  assert.deepEqual(table.rows[0]?.slice(5, 7), ["–", "–"]);
  assert.match(
    reading.join(" "),
    /95% intervals, from the uncertainty of the line; thick/,
  );
});

Deno.test("robustnessBars() shows the widest intervals where there are many rows, and leaves the others to the CSV file", () => {
  const [wide, ...others] = bars.estimates;
  const mean = wide?.mean;
  assert.ok(wide && mean);
  const rowsOf = (n: number) =>
    robustnessBars({
      ...bars,
      estimates: [
        ...Array.from(
          { length: n },
          (_, i) => others[i % others.length] ?? wide,
        ),
        {
          ...wide,
          group: "wide",
          mean: { ...mean, low: -0.3, high: 0.3 },
        },
      ],
    });
  assert.equal(rowsOf(39).table.selected, undefined);
  const { table, data } = rowsOf(40);
  assert.equal(
    table.selected?.title,
    "The 12 of 41 rows with the widest intervals",
  );
  assert.equal(table.selected?.rows.length, 12);
  assert.equal(table.selected?.rows[0]?.[1], "wide");
  assert.deepEqual([table.rows.length, data.rows.length], [41, 41]);
});

Deno.test("robustnessBars() refuses an estimate of an unknown shift, and no estimate", () => {
  assert.throws(
    () => robustnessBars({ ...bars, shifts: bars.shifts.slice(1) }),
    /Cannot draw figure "robustness": the estimate of "photo" is of shift "spurious tint", which is not among its shifts/,
  );
  assert.throws(
    () => robustnessBars({ ...bars, estimates: [] }),
    /Cannot draw figure "robustness": it has no data/,
  );
});

Deno.test("robustnessBars() draws no line of zero through the words of a shift that has no number", () => {
  const zeros = (estimates: RobustnessBarsFigure["estimates"]) =>
    robustnessBars({ ...bars, estimates }).file
      .split('stroke-width="1.3"').length - 1;
  const shifts = new Set(bars.estimates.map(({ shift }) => shift));
  assert.equal(zeros(bars.estimates), shifts.size);
  const [first] = bars.estimates;
  const none = bars.estimates.map((one) =>
    one.shift === first?.shift ? { ...one, mean: null, overlap: null } : one
  );
  assert.equal(zeros(none), shifts.size - 1);
});

Deno.test("robustnessBars() says where there are too few examples, and how many there are elsewhere", () => {
  const [first, second, ...others] = bars.estimates;
  assert.ok(first && second);
  const { file, description, reading, table, data } = robustnessBars({
    ...bars,
    shifts: [...bars.shifts, { name: "placebo" }],
    estimates: [
      { ...first, mean: null, overlap: null, examples: 34 },
      { ...second, examples: 1 },
      ...others,
      { ...first, shift: "placebo", examples: 1234 },
    ],
  });
  const shown = words(file);
  assert.ok(shown.includes("inconclusive: 34 examples"));
  assert.ok(shown.includes("placebo, 1234 examples"));
  assert.ok(shown.includes("For comparison"));
  assert.match(description, /checkpoints inconclusive: 34 examples;/);
  assert.match(description, /n = 3, on 1 test examples[;.]/);
  assert.match(description, /placebo: photo, line of/);
  assert.match(reading.join(" "), /“Inconclusive” .* too few examples/);
  assert.equal(table.rows[0]?.[4], "inconclusive: 34 examples");
  assert.deepEqual(data.rows[0]?.slice(4, 7), [null, null, null]);
  assert.equal(data.rows[0]?.at(-1), 34);
  assert.doesNotMatch(file, /NaN|Infinity|undefined/);
});
