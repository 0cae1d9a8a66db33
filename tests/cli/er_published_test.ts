/** `er` on published accuracies of 133 models, beside SciPy's numbers for them. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "../../data/tables/csv.ts";
import { csv } from "../../reports/text/csv.ts";
import published from "../stats/data/imagenet_v2.json" with { type: "json" };
import { rig, ROOT } from "./rig.ts";

const TABLES = join(
  Deno.env.get("SHIFTLINE_MIRROR") ?? join(ROOT, "../shared/mirror"),
  "raw.githubusercontent.com/huggingface/pytorch-image-models",
  "4e5207c7bb6592474ca56e28b2cf85be8f1a550f/results",
);
const REFERENCE = join(TABLES, "results-imagenet.csv");
const SHIFTED = join(TABLES, "results-imagenetv2-matched-frequency.csv");
const areThere = existsSync(REFERENCE) && existsSync(SHIFTED);

type Row = Readonly<Record<string, string>>;

/** The row of each model at its smallest image size. */
function rowsByModel(path: string): ReadonlyMap<string, Row> {
  const { columns, rows } = parseCsv(readFileSync(path));
  const found = new Map<string, Row>();
  for (const { cells } of rows) {
    const row: Row = Object.fromEntries(
      columns.map((column, i) => [column, cells[i] ?? ""]),
    );
    const known = found.get(row["model"] ?? "");
    if (
      known === undefined || Number(row["img_size"]) < Number(known["img_size"])
    ) found.set(row["model"] ?? "", row);
  }
  return found;
}

function close(actual: unknown, expected: unknown, what: string): void {
  assert(
    Math.abs(Number(actual) - Number(expected)) < 1e-9,
    `${what}: ${actual} is not ${expected}`,
  );
}

Deno.test({
  name: areThere
    ? "er() agrees with SciPy to 1e-9 on ImageNet-V2 accuracies of 133 models"
    : "er() agrees with SciPy on ImageNet-V2 (skipped: the published tables are not in ../shared/mirror or SHIFTLINE_MIRROR)",
  ignore: !areThere,
  async fn() {
    const [reference, shifted] = [REFERENCE, SHIFTED].map(rowsByModel);
    const rows = published.rows.map(([model, group]) => [
      String(model),
      reference?.get(String(model))?.["param_count"] ?? "",
      String(group),
      shifted?.get(String(model))?.["top1"] ?? "",
      reference?.get(String(model))?.["top1"] ?? "",
    ]);
    const columns = ["model", "param_count", "kind", "v2", "imagenet"];

    await using t = await rig();
    await Deno.writeTextFile(
      join(t.folder, "models.csv"),
      `\ufeff${csv({ columns, rows })}`,
    );
    const { code, stdout } = await t.run([
      ...["er", "--table", "models.csv", "--reference", "imagenet"],
      ...["--shifted", "v2", "--group", "kind", "--json"],
    ], { pipelines: [] });
    assert.equal(code, 0);
    const { fit, groups, models } = JSON.parse(stdout);
    assert.deepEqual([fit.scale, fit.n], ["probit", 78]);
    for (const key of ["slope", "intercept", "r2"] as const) {
      close(fit[key], published.fit[key], key);
    }
    const { pretrained } = groups;
    assert.deepEqual(
      [pretrained.n, pretrained.maxModel],
      [55, published.pretrained.max_model],
    );
    close(pretrained.mean, published.pretrained.mean_er, "mean");
    close(pretrained.max, published.pretrained.max_er, "max");
    close(
      pretrained.lineAlone.low,
      published.pretrained.mean_ci_lo_text,
      "low",
    );
    close(
      pretrained.lineAlone.high,
      published.pretrained.mean_ci_hi_text,
      "high",
    );
    assert.equal(models.length, published.rows.length);
    for (const [i, row] of published.rows.entries()) {
      const [name, group, x, y, er, low, high] = row;
      const model = models[i];
      assert.deepEqual([model.name, model.group], [name, group]);
      close(model.reference, x, `reference of ${name}`);
      close(model.shifted, y, `shifted of ${name}`);
      close(model.predicted, Number(y) - Number(er), `predicted of ${name}`);
      close(model.er, er, `ER of ${name}`);
      close(model.low, low, `low of ${name}`);
      close(model.high, high, `high of ${name}`);
    }
  },
});
