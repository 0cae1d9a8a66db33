/** The real pipeline, where no host answers, beside SciPy's numbers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { reproduced } from "../reproduced.ts";
import { imagenetPublished } from "../../../pipelines/imagenet_published/imagenet_published.ts";
import { judge } from "../../../reports/value/claim.ts";
import { marksOf } from "../../../reports/figures/on_the_line/on_the_line_marks.ts";
import type { Report } from "../../../reports/value/report.ts";
import { site } from "../../../reports/site/site.ts";
import { run as runRecord } from "../../reports/example.ts";
import { mirrorPathOf } from "../../../engine/define/source.ts";
import { proseMarkdown } from "../../../reports/value/prose.ts";
import { IF_TABLES, MIRROR, needsTables } from "../../mirror.ts";
import { timmResults } from "../../../data/tables/timm_results.ts";
import { averageColumns } from "../../../stats/lines/effective_robustness.ts";
import { close, imagenetV2 } from "../../stats/reference.ts";
import { dirname, join } from "node:path";
import { test } from "../../full.ts";

interface Expected {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  readonly mean: number;
  readonly max: number;
  readonly maxModel: string;
  readonly above: number;
}

type ShiftId = "v2" | "sketch" | "r" | "a" | "real";

interface ExpectedShift extends
  Readonly<
    Record<"probit" | "logit" | "linear" | "test" | "plain", Expected>
  > {
  readonly leaveOneOut: Readonly<
    Record<"mean" | "max", readonly [number, number]>
  >;
}

const expected: { readonly shifts: Readonly<Record<ShiftId, ExpectedShift>> } =
  JSON.parse(
    readFileSync(
      new URL("../data/imagenet_shifts.json", import.meta.url),
      "utf8",
    ),
  );

/** What the pipeline makes without tables. */
async function withoutNetwork(): Promise<Report> {
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.reject(new TypeError("no route to host"));
  try {
    return await reproduced(imagenetPublished);
  } finally {
    globalThis.fetch = fetch;
  }
}

let whole: Promise<Report> | undefined;
const report = () => whole ??= withoutNetwork();

/** What the page says of the accuracies. */
function accuraciesOf({ sections }: Report): string {
  const section = sections?.find(({ id }) => id === "accuracies");
  return proseMarkdown(section?.text ?? "");
}

async function figureOf(id: string) {
  const figure = (await report()).figures.find((one) => one.id === id);
  assert.ok(figure?.kind === "on-the-line" && figure.overall !== undefined);
  const all = figure.overall.mean.averagedColumns;
  return { figure, models: [...marksOf(figure)], all };
}

test.inFull(
  `imagenetPublished agrees with SciPy on all 133 models of ImageNet-V2 to 1e-9`,
  async () => {
    const { figure, models, all } = await figureOf("v2");
    const { fit, pretrained, rows } = imagenetV2;
    close(figure.line.slope, fit.slope);
    close(figure.line.intercept, fit.intercept);
    close(figure.line.r2, fit.r2);
    close(figure.line.xMean, fit.mean_tx);
    close(figure.line.sxx, fit.sxx);
    close(figure.line.s, fit.s_text);
    const byName = new Map(models.map((one) => [one.point.model, one]));
    assert.equal(byName.size, 133);
    for (const [model, group, reference, shifted, ...numbers] of rows) {
      const found = byName.get(String(model));
      assert.ok(found, String(model));
      assert.equal(found.kind === "baseline", group === "baseline");
      assert.equal(found.point.reference, reference);
      assert.equal(found.point.shifted, shifted);
      const { robustness: { er, low, high }, authors } = found;
      [er, low, high, authors.low, authors.high].forEach((value, i) =>
        close(value, numbers[i] ?? NaN)
      );
    }
    const authors = averageColumns(
      models.filter(({ group }) => group >= 0).map(({ authors }) => authors),
    );
    assert.equal(all.n, 55);
    close(all.mean, pretrained.mean_er);
    close(all.low, pretrained.mean_ci_lo_text);
    close(all.high, pretrained.mean_ci_hi_text);
    close(authors.low, pretrained.mean_ci_lo_repo);
    close(authors.high, pretrained.mean_ci_hi_repo);
    close(authors.halfWidth, pretrained.half_width_repo);
    close(all.max, pretrained.max_er);
    assert.equal(all.maxModel, pretrained.max_model);
  },
);

for (const id of ["v2", "sketch", "r", "a", "real"] as const) {
  Deno.test(
    `imagenetPublished agrees with SciPy on the line, mean and maximum of shift ${id} to 1e-9`,
    async () => {
      const { figure, models, all } = await figureOf(id);
      const { probit } = expected.shifts[id];
      close(figure.line.slope, probit.slope);
      close(figure.line.intercept, probit.intercept);
      close(figure.line.r2, probit.r2);
      close(all.mean, probit.mean);
      close(all.max, probit.max);
      assert.equal(all.maxModel, probit.maxModel);
      assert.equal(
        models.filter(({ group, robustness }) =>
          group >= 0 && robustness.er > 0
        )
          .length,
        probit.above,
      );
    },
  );
}

for (const id of ["v2", "sketch", "r"] as const) {
  Deno.test(
    `imagenetPublished varies shift ${id} as SciPy does`,
    async () => {
      const table = (await report()).tables?.find((one) =>
        one.id === `sensitivity-${id}`
      );
      assert.ok(table);
      const row = (choice: RegExp) =>
        table.rows.find(([name]) => choice.test(String(name)));
      const text = (value: number) =>
        `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(2)}`;
      const { logit, linear, test, plain, leaveOneOut } = expected.shifts[id];
      for (
        const [choice, { mean, max, maxModel }] of [
          [/^logit/, logit],
          [/^linear/, linear],
          [/test resolution/, test],
          [/without a teacher/, plain],
        ] as const
      ) {
        const [, , foundMean, foundMax, model] = row(choice) ?? [];
        assert.equal(foundMean, text(mean));
        assert.equal(foundMax, text(max));
        assert.equal(model, maxModel);
      }
      const [, , mean, max] = row(/^leaving/) ?? [];
      assert.equal(mean, leaveOneOut.mean.map(text).join("\u00a0to\u00a0"));
      assert.equal(max, leaveOneOut.max.map(text).join("\u00a0to\u00a0"));
    },
  );
}

Deno.test(
  `imagenetPublished finds the paper's numbers, each within its sensitivity`,
  async () => {
    const { claims } = await report();
    assert.deepEqual(claims.map((claim) => [claim.id, judge(claim)]), [
      ["v2-maximum", "supported"],
      ["sketch-mean", "supported"],
      ["r-mean", "supported"],
    ]);
    const [v2] = claims;
    assert.ok(v2 && "sensitivity" in v2 && v2.sensitivity);
    // NumPy's bootstrap gave [1.705, 1.957]; any honest one is close to it.
    close(v2.sensitivity.low, 0.01705, 0.0005);
    close(v2.sensitivity.high, 0.01957, 0.001);
  },
);

Deno.test(
  `imagenetPublished finds 266 models whose tag names other data`,
  async () => {
    const { tables } = await report();
    for (
      const [shift, mean, max, min] of [
        ["v2", 0.0023, 0.01777, -0.0341],
        ["sketch", 0.069, 0.2224, NaN],
      ] as const
    ) {
      const rows = tables?.find(({ id }) => id === `data-${shift}`)?.rows ?? [];
      const row = rows.find(([set, data]) => set === "all" && data === "any");
      const number = (column: number) => {
        const cell = row?.[column];
        return typeof cell === "object" && cell !== null ? cell.value : NaN;
      };
      assert.equal(number(2), 266);
      close(number(3), mean, 0.00005);
      close(number(6), max, 0.00005);
      if (!Number.isNaN(min)) close(number(5), min, 0.00005);
    }
  },
);

Deno.test("imagenetPublished shows all figures, claims and tables without a network, and says that nothing was checked", async () => {
  const made = await report();
  assert.deepEqual(
    made.figures.map(({ kind }) => kind),
    Array(7).fill("on-the-line"),
  );
  assert.match(
    accuraciesOf(made),
    /the published tables could not be reached\. The numbers are those of `data\/tables\/timm_accuracies\.csv`, which was checked against the tables when it was written\.$/,
  );
  const files = site({ reports: [made], run: runRecord });
  const page = String(files.get("imagenet-published/index.md"));
  assert.match(page, /On \*\*ImageNet-Sketch\*\* the 55 pre-trained/);
  assert.doesNotMatch(page, /not reproduced/);
});

test.inFull(
  `imagenetPublished says that the accuracies were checked where the tables are, and changes nothing else${IF_TABLES}`,
  needsTables,
  async () => {
    const checked = await reproduced(imagenetPublished, MIRROR);
    assert.match(
      accuraciesOf(checked),
      /All [\d,]+ of them were checked row by row against the published tables\.$/,
    );
    const rest = ({ sections, ...others }: Report) => ({
      ...others,
      sections: sections?.filter(({ id }) => id !== "accuracies"),
    });
    assert.deepEqual(rest(checked), rest(await report()));
  },
);

test.inFull("imagenetPublished says that the check failed where it did, and shows everything else", async () => {
  const mirror = await Deno.makeTempDir();
  try {
    // Wrong copies: the fetch stages fail without asking the network.
    for (const table of Object.values(timmResults)) {
      const copy = join(mirror, mirrorPathOf(table));
      await Deno.mkdir(dirname(copy), { recursive: true });
      await Deno.writeTextFile(copy, "damaged");
    }
    const made = await reproduced(imagenetPublished, mirror);
    assert.match(
      accuraciesOf(made),
      /the check against the published tables failed\. The numbers are /,
    );
    assert.deepEqual(made.claims, (await report()).claims);
  } finally {
    await Deno.remove(mirror, { recursive: true });
  }
});
