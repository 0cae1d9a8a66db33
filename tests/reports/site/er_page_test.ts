import { formatNumber } from "../../../reports/value/quantity.ts";
import assert from "node:assert/strict";
import { composeEr } from "../../../reports/site/er_page.ts";
import { robustnessJson } from "../../../reports/value/er_text.ts";
import {
  groupedRobustness,
  type TestSizes,
} from "../../../stats/lines/grouped_robustness.ts";
import { textsOf } from "./er_files.ts";

const columns = {
  name: "model",
  group: "kind",
  reference: "top1",
  shifted: "v2",
};

const rows = [
  ...[0.6, 0.65, 0.7, 0.75].map((reference, i) => ({
    model: `base ${i}`,
    group: "scratch",
    reference,
    shifted: reference - 0.1 - 0.01 * (i % 2),
  })),
  { model: "far", group: "big", reference: 0.9, shifted: 0.85 },
  { model: "near", group: "big", reference: 0.7, shifted: 0.7 },
];

function page(
  scale: "probit" | "logit" | "linear" = "probit",
  others: typeof rows = [],
  sizes: TestSizes | undefined = undefined,
  name = columns.name,
) {
  const measurement = groupedRobustness([...rows, ...others], {
    baseline: "scratch",
    scale,
    level: 0.995,
    sizes,
  });
  const files = textsOf(composeEr(measurement, {
    file: "t.csv",
    columns: { ...columns, name },
    table: { unit: "fraction", because: "no value is above 1" },
    sha256: "abc123",
    warnings: ["1 of 2 models lies outside"],
    command: ["deno", "task", "er"],
    version: "1.2.3",
  }));
  return { measurement, files, html: files.get("index.html") ?? "" };
}

Deno.test("composeEr() links to nothing that is not there", () => {
  const { files, html } = page();
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to ?? "");
  const local = links.filter((to) => !/^(https:|data:|#)/.test(to));
  assert(local.length >= 5, local.join());
  for (const to of local) assert(files.has(to.replace("./", "")), to);
  for (const to of links.filter((to) => to.startsWith("#"))) {
    assert(html.includes(`id="${to.slice(1)}"`), to);
  }
});

Deno.test("composeEr() shows warnings, how the table was read, and its digest", () => {
  const { files, html } = page();
  for (const text of [html, files.get("index.md") ?? ""]) {
    assert.match(text, /Caution:.* 1 of 2 models lies outside\./);
    assert.match(text, /read as fractions, because no value is above 1/);
    assert.match(text, /SHA-256: (<code>|`)abc123/);
    assert.match(text, /99\.5% interval/);
    assert.match(text, /deno task er/);
  }
});

Deno.test("composeEr() says of a column without a name, as pandas writes an index, that it has none", () => {
  const { files, html } = page("probit", [], undefined, "");
  for (const text of [html, files.get("index.md") ?? ""]) {
    assert.match(text, /column without a name/);
    assert.match(text, /column (<code>|`)top1/);
    assert.doesNotMatch(text, /<code><\/code>|(?<!`)``(?!`)/);
  }
});

Deno.test("composeEr() shows mean and maximum of each group as they are measured", () => {
  const { measurement, html } = page();
  const [big] = measurement.groups;
  assert(big !== undefined);
  const max = (100 * big.robustness.averagedColumns.max).toFixed(2);
  assert.equal(big.robustness.averagedColumns.maxModel, "near");
  assert.match(
    html,
    new RegExp(`\\+${max}<td class="words">near\\n`),
  );
  const best = { model: "one", group: "best", reference: 0.7, shifted: 0.8 };
  assert.match(
    page("probit", [best]).html,
    /highest mean effective robustness, that of best, is/,
  );
});

Deno.test("composeEr() gives a mean the same interval in answer, table and figure", () => {
  const { measurement, html, files } = page();
  const { low, high, mean } = measurement.groups[0]?.robustness ?? {};
  assert(low !== undefined && high !== undefined && mean !== undefined);
  const points = (value: number) => formatNumber({ value, unit: "points" });
  const interval = `${points(low)} to ${points(high)}`;
  assert(html.includes(` interval ${interval}): `));
  assert(html.includes(`>${interval}<`), interval);
  const ofLine = measurement.groups[0]?.robustness.averagedColumns;
  assert(ofLine !== undefined);
  assert(html.includes(`>${points(ofLine.low)} to ${points(ofLine.high)}<`));
  const half = formatNumber({
    value: high - mean,
    unit: "points",
    signed: false,
  });
  assert.match(files.get("index.md") ?? "", new RegExp(`± ${half} points`));
});

Deno.test("composeEr() says whether the noise of the test examples is in an interval", () => {
  assert.match(page().html, /The noise of the test examples is not included/);
  const sizes = { referenceSize: 400, shiftedSize: 300 };
  const { html, measurement } = page("probit", [], sizes);
  assert.doesNotMatch(html, /is not included/);
  assert.match(html, /the same test examples and baselines on others/);
  assert.match(html, /noise of the test examples and uncertainty of the line/);
  assert.match(html, /400 behind each reference accuracy, 300 behind each/);
  const half = ({ low, high }: { low: number; high: number }) => high - low;
  const [known] = measurement.groups;
  const [unknown] = page().measurement.groups;
  assert(known !== undefined && unknown !== undefined);
  assert(half(known.robustness) > half(unknown.robustness));
});

Deno.test("composeEr() names the scale in words", () => {
  assert.match(page().html, /Φ⁻¹/);
  assert.match(page("logit").html, /the logits of the accuracies/);
  assert.match(page("linear").html, /the accuracies as they are/);
});

Deno.test("composeEr() gives the JSON that the command prints, and every point as CSV", () => {
  const { measurement, files } = page();
  assert.equal(
    files.get("effective-robustness.json"),
    [...robustnessJson(measurement)].join(""),
  );
  const lines = files.get("effective-robustness.csv")?.trimEnd().split("\r\n");
  assert.equal(lines?.length, 1 + rows.length);
});

Deno.test("composeEr() says that colours repeat where there are more than six groups", () => {
  const others = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      model: `other ${i}`,
      group: `group ${i}`,
      reference: 0.7,
      shifted: 0.65,
    }));
  const note = /Colours and shapes repeat after 6 groups\./;
  assert.doesNotMatch(page("probit", others(5)).html, note);
  assert.match(page("probit", others(6)).html, note);
});
