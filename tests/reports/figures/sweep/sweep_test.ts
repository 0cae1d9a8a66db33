import assert from "node:assert/strict";
import { sweep } from "../../../../reports/figures/sweep/sweep.ts";
import { effectiveRobustness } from "../../../../stats/lines/effective_robustness.ts";
import { fitLine } from "../../../../stats/lines/regression.ts";
import { meanEffectiveRobustness } from "../../../../stats/lines/mean_effective_robustness.ts";
import { assertGolden } from "../golden_svg.ts";
import { hoverTitles, parseSvg, words } from "../parse_svg.ts";
import { rates, strengths } from "../robustness_example.ts";
import { saidOf } from "../said_of.ts";

Deno.test("sweep() still draws as in tests/golden/sweep.svg", () => {
  assertGolden(sweep(strengths).file, "sweep.svg");
});

Deno.test("sweep() gives the same bytes twice, in whatever order the estimates come", () => {
  const { file } = sweep(rates);
  assert.equal(sweep(rates).file, file);
  const turned = { ...rates, estimates: rates.estimates.toReversed() };
  assert.equal(sweep(turned).file, file);
});

Deno.test("sweep() names every estimate in both panels, and the accuracy of a group once", () => {
  for (const size of ["file", "page"] as const) {
    const titles = hoverTitles(sweep(strengths)[size]);
    // Two groups, two lines, five values; below, two groups and five values.
    assert.equal(titles.length, 20 + 10);
    assert.ok(
      titles.some((title) =>
        title.startsWith(
          "p of the spurious tint 0.5, photo, line of checkpoints\nER +3.00 (",
        ) &&
        title.endsWith("n = 3; reference accuracy 74.0%")
      ),
    );
    assert.doesNotMatch(sweep(strengths)[size], /NaN|Infinity|undefined/);
  }
});

Deno.test("sweep() describes itself by value of the parameter", () => {
  const { file, description } = sweep(rates);
  const svg = parseSvg(file);
  assert.equal(svg.getAttribute("role"), "img");
  const values = [...description.matchAll(/learning rate ([\d.]+),/g)]
    .map(([, value]) => value);
  assert.deepEqual(values, ["0.0001", "0.0003", "0.001", "0.003", "0.01"]);
});

Deno.test("sweep() labels the values that were tried", () => {
  const shown = words(sweep(rates).file);
  for (const label of ["0.0001", "0.003", "0.01"]) {
    assert.ok(shown.includes(label), label);
  }
  assert.ok(shown.includes("learning rate (logarithmic) →"));
});

Deno.test("sweep() sets values apart by size, logarithm or evenly", () => {
  const steps = (scale: "linear" | "log" | "even") => {
    const { page } = sweep({ ...rates, parameter: { title: "rate", scale } });
    const dots = [...parseSvg(page).querySelectorAll("use")]
      .filter((use) => use.querySelector("title") !== null)
      .map((use) => Number(use.getAttribute("x")))
      .slice(0, 5);
    return dots.slice(1).map((place, i) => place - (dots[i] ?? NaN));
  };
  const even = steps("even");
  assert.ok(even.every((step) => Math.abs(step - (even[0] ?? NaN)) < 0.11));
  const [first = NaN, second = NaN] = steps("log");
  // log(3) against log(10/3).
  assert.ok(Math.abs(first / second - Math.log(3) / Math.log(10 / 3)) < 0.01);
  const [short = NaN, , , long = NaN] = steps("linear");
  assert.ok(Math.abs(long / short - 0.007 / 0.0002) < 2);
});

Deno.test("sweep() leaves out labels that have no room", () => {
  const shown = words(
    sweep({ ...rates, parameter: { title: "rate", scale: "linear" } }).page,
  );
  assert.ok(shown.includes("0.0001"));
  assert.ok(!shown.includes("0.0003"));
  assert.ok(shown.includes("0.01"));
});

Deno.test("sweep() tells what marks are, how many networks there are, and of extrapolation", () => {
  const { caption, reading } = sweep(strengths);
  assert.match(caption, /^\*\*Effective robustness as the tint/);
  for (
    const text of [
      "n = 3 at each mark",
      "Diamonds: *photo*; squares: *narrow*.",
      "Filled marks are over the line of checkpoints; hollow marks",
      "Faint marks are single networks.",
      "The shaded band is within ±2 points.",
    ]
  ) assert.ok(reading.join(" ").includes(text), text);
  assert.match(
    caption,
    / Networks lie beyond the baselines, by up to 22\.4 points of /,
  );
  assert.match(sweep(rates).reading.join(" "), /n = 1 to 3 at each mark/);
  const even = { title: "weight decay", scale: "even" } as const;
  assert.match(
    saidOf(sweep({ ...rates, parameter: even, note: "A note." })),
    /stand evenly apart.* A note\.$/,
  );
});

Deno.test("sweep() warns where a line fits poorly", () => {
  const line = fitLine([[0.4, 0.2], [0.5, 0.6], [0.6, 0.3], [0.7, 0.5]].map(
    ([reference = 0, shifted = 0], i) => ({
      model: `${i}`,
      reference,
      shifted,
    }),
  ));
  const estimates = rates.estimates.slice(0, 2).map((estimate, i) =>
    i === 0 ? estimate : { ...estimate, line }
  );
  assert.match(
    sweep({ ...rates, estimates }).caption,
    /At learning rate 0\.0003 a line explains its baselines poorly/,
  );
});

Deno.test("sweep() draws one value, and networks on unknown numbers of images", () => {
  const [estimate] = rates.estimates;
  const [point] = estimate?.points ?? [];
  assert.ok(estimate && point);
  const { model, reference, shifted } = point;
  const points = [{ model, reference, shifted }];
  const { page, data, ...drawn } = sweep({
    ...rates,
    estimates: [{
      ...estimate,
      points,
      mean: meanEffectiveRobustness(points, { line: estimate.line }),
    }],
  });
  assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  assert.equal(data.rows[0]?.[data.columns.indexOf("reference_low")], null);
  assert.doesNotMatch(saidOf(drawn), /Faint/);
});

Deno.test("sweep() writes every estimate and network at full precision", () => {
  const { data, json, table } = sweep(strengths);
  const column = (name: string) => data.columns.indexOf(name);
  assert.equal(data.rows.length, 20 * 4);
  for (const row of data.rows) assert.equal(row.length, data.columns.length);
  const [estimate] = strengths.estimates;
  const [point] = estimate?.points ?? [];
  assert.ok(estimate && point);
  const [mean, run] = data.rows;
  assert.ok(estimate.mean);
  assert.equal(mean?.[column("er")], estimate.mean.mean);
  assert.equal(
    run?.[column("er")],
    effectiveRobustness(point, { line: estimate.line }).er,
  );
  assert.deepEqual(JSON.parse(json).estimates[0], estimate);
  for (const cells of table.rows) {
    assert.equal(cells.length, table.columns.length);
  }
});

Deno.test("sweep() refuses values without a place, estimates without networks, and no estimate", () => {
  const [estimate] = rates.estimates;
  assert.ok(estimate);
  const one = (change: Partial<typeof estimate>) => () =>
    sweep({ ...rates, estimates: [{ ...estimate, ...change }] });
  assert.throws(
    one({ at: 0 }),
    /Cannot draw figure "rates": learning rate 0 has no place on a log axis/,
  );
  assert.throws(
    one({ points: [] }),
    /Cannot draw figure "rates": "photo" has no network at learning rate 0\.0001/,
  );
  assert.throws(
    () => sweep({ ...rates, estimates: [] }),
    /Cannot draw figure "rates": it has no data/,
  );
});

Deno.test("sweep() leaves out means of too few examples, and shows something else below", () => {
  const values = strengths.estimates.map(({ at, group }) => ({
    at,
    group,
    value: at / 2,
  }));
  const { file, page, description, data, json, table, ...drawn } = sweep({
    ...strengths,
    estimates: strengths.estimates.map((estimate, i) =>
      i === 0 ? { ...estimate, mean: null, examples: 7 } : estimate
    ),
    below: { title: "share of the examples", values },
  });
  assert.ok(words(file).includes("↑ share of the examples, %"));
  assert.match(description, /ER inconclusive: 7 examples/);
  // In no drawing alone.
  assert.match(description, /; share of the examples 25\.0%\./);
  assert.equal(data.columns.at(-1), "share_of_the_examples");
  assert.equal(data.rows[0]?.at(-1), values[0]?.value);
  assert.deepEqual(JSON.parse(json).below.values, values);
  assert.equal(table.columns[3], "share of the examples, %");
  assert.ok(table.rows.some((row) => row[3] === "25.0"));
  assert.match(saidOf(drawn), /lower panel the share of the examples.*too few/);
  assert.ok(
    hoverTitles(page).some((title) =>
      /share of the examples: 25\.0%$/.test(title)
    ),
  );
  assert.doesNotMatch(file, /NaN|Infinity|undefined/);
});
