/** The real pipeline on the real counts, beside SciPy's numbers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { cifarPublished } from "../../pipelines/cifar_published.ts";
import { estimatesOf, judge } from "../../reports/value/claim.ts";
import { proseMarkdown } from "../../reports/value/prose.ts";
import { formatQuantity } from "../../reports/value/quantity.ts";
import type { Report } from "../../reports/value/report.ts";
import { clopperPearson } from "../../stats/intervals/proportion.ts";
import { close } from "../stats/reference.ts";
import { reproduced } from "./reproduced.ts";
import { inFull } from "../full.ts";

let whole: Promise<Report> | undefined;
const report = () => whole ??= reproduced(cifarPublished);

/** SciPy 1.17.1 on the table: linregress of norm.ppf, and of the shares themselves, ± t.ppf(.975, 11) times the jackknife error of the slopes without each of 12 families. */
const EXPECTED = {
  v6: {
    slope: 0.9496302343455395,
    intercept: -0.3811420563302921,
    r2: 0.9839888538050828,
    linear: [1.5951828532603805, 1.4224159181373155, 1.7679497883834454],
    apart: -0.01849577299552005,
    held: 28,
  },
  v4: {
    slope: 0.9514548177629849,
    intercept: -0.3986447974726306,
    r2: 0.9830896689561862,
    linear: [1.6166278823928455, 1.4347584109097318, 1.7984973538759592],
    apart: -0.018298478753941944,
    held: 29,
  },
} as const;

for (const [i, version] of (["v6", ...inFull("v4")] as const).entries()) {
  Deno.test(`cifarPublished agrees with SciPy on ${version} to 1e-9`, async () => {
    const { figures, claims } = await report();
    const expected = EXPECTED[version];
    const figure = figures.find(({ id }) => id === version);
    assert.ok(figure?.kind === "on-the-line");
    assert.equal(figure.baselines.length, 30);
    close(figure.line.slope, expected.slope);
    close(figure.line.intercept, expected.intercept);
    close(figure.line.r2, expected.r2);
    const [gains, apart, coverage] = claims
      .map((claim) => estimatesOf(claim)[i]);
    assert.ok(gains && apart && coverage);
    [gains.value, gains.low, gains.high].forEach((value, j) =>
      close(value, expected.linear[j] ?? NaN)
    );
    close(apart.value, expected.apart);
    close(coverage.value, expected.held / 30);
  });
}

Deno.test("cifarPublished judges its claims by what was fixed before the first run", async () => {
  const { claims } = await report();
  assert.deepEqual(
    claims.map((claim) => [claim.id, claim.rule, judge(claim)]),
    [
      ["larger-gains", { kind: "above", bound: 1 }, "supported"],
      [
        "random-features",
        { kind: "within", low: -0.04, high: 0.04 },
        "inconclusive",
      ],
      ["coverage", { kind: "above", bound: 0.75 }, "supported"],
    ],
  );
});

Deno.test("cifarPublished counts in its table what its claim of coverage says", async () => {
  const { tables } = await report();
  for (const [version, held] of [["v6", 28], ["v4", 29]] as const) {
    const rows = tables?.find(({ id }) => id === `models-${version}`)
      ?.rows;
    assert.equal(rows?.filter((row) => row.at(-2) === "yes").length, held);
  }
});

Deno.test("cifarPublished says of the other interval what a bootstrap over images counts", async () => {
  const { sections = [] } = await report();
  const { text = "" } = sections.find(({ id }) => id === "coverage") ?? {};
  const counted: Readonly<Record<"v6" | "v4", { readonly held: number }>> = JSON
    .parse(readFileSync(
      new URL("../stats/data/image_coverage.json", import.meta.url),
      "utf8",
    ));
  const { v6: { held }, v4 } = counted;
  assert.equal(v4.held, held);
  const { low, high } = clopperPearson({ successes: held, n: 30 });
  const percent = (value: number) => formatQuantity({ value, unit: "percent" });
  assert.ok(
    proseMarkdown(text).includes(
      `contains zero for ${held} of 30 models (${percent(low)} to ${
        percent(high)
      }) on v6, and for as many on v4.`,
    ),
  );
});

Deno.test("cifarPublished is the same at every profile", () => {
  const [smoke, ...others] = cifarPublished.profiles.map((profile) =>
    JSON.stringify(cifarPublished.build(profile))
  );
  assert.equal(others.length, 2);
  for (const other of others) assert.equal(other, smoke);
});
