import assert from "node:assert/strict";
import {
  averageColumns,
  effectiveRobustness,
} from "../../../stats/lines/effective_robustness.ts";
import { headline } from "../../../stats/published/headline.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { points } from "../imagenet_points.ts";
import { close, imagenetV2 } from "../reference.ts";

Deno.test("headline() agrees with SciPy on ImageNet-V2 to 1e-9", () => {
  const result = headline(points);
  close(result.mean, imagenetV2.pretrained.mean_er);
  close(result.max, imagenetV2.pretrained.max_er);
  assert.equal(result.maxModel, imagenetV2.pretrained.max_model);
  assert.deepEqual([result.baselines, result.models], [78, 55]);
});

for (const scale of ["probit", "logit", "linear"] as const) {
  Deno.test(`headline() is what averageColumns() gives on the ${scale} scale`, () => {
    const line = fitLine(points.baselines, { scale });
    const columns = averageColumns(
      points.models.map((point) => effectiveRobustness(point, { line })),
    );
    const result = headline(points, { scale });
    close(result.mean, columns.mean, 1e-12);
    close(result.max, columns.max, 1e-12);
    assert.equal(result.maxModel, columns.maxModel);
  });
}

Deno.test("headline() needs a model", () => {
  assert.throws(() => headline({ ...points, models: [] }), {
    name: "RangeError",
    message: "Cannot take the headline: there is no model",
  });
});
