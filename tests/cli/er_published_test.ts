/** `er` on published accuracies of 133 models, beside SciPy's numbers for them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  readTimmAccuracies,
  timmAccuracies,
} from "../../data/tables/timm_accuracies.ts";
import type { TimmRow } from "../../data/tables/timm_table.ts";
import { csv } from "../../reports/text/csv.ts";
import published from "../stats/data/imagenet_v2.json" with { type: "json" };
import { rig } from "./rig.ts";

/** The row of each model at its smallest image size. */
function smallest(rows: readonly TimmRow[]): ReadonlyMap<unknown, TimmRow> {
  const largestFirst = rows.toSorted((a, b) => b.imageSize - a.imageSize);
  return new Map(largestFirst.map((row) => [row.model, row]));
}

function close(actual: unknown, expected: unknown, what: string): void {
  assert(
    Math.abs(Number(actual) - Number(expected)) < 1e-9,
    `${what}: ${actual} is not ${expected}`,
  );
}

Deno.test("er() agrees with SciPy to 1e-9 on ImageNet-V2 accuracies of 133 models", async () => {
  const { imagenet, v2 } = readTimmAccuracies(await timmAccuracies());
  const [reference, shifted] = [smallest(imagenet), smallest(v2)];
  const rows = published.rows.map(([model, group]) => [
    String(model),
    "1,013.01", // a column that is not asked for, in quotes
    String(group),
    shifted.get(model)?.printed ?? "",
    reference.get(model)?.printed ?? "",
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
});
