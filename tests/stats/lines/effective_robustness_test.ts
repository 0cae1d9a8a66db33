import assert from "node:assert/strict";
import {
  averageColumns,
  effectiveRobustness,
} from "../../../stats/lines/effective_robustness.ts";
import {
  fitLine,
  type IntervalVariant,
} from "../../../stats/lines/regression.ts";
import { close, imagenetV2, scipy } from "../reference.ts";

const baselines = scipy.points.x.map((reference, i) => ({
  model: `epoch ${i + 4}`,
  reference,
  shifted: scipy.points.y[i] ?? NaN,
}));

for (const scale of ["probit", "logit", "linear"] as const) {
  for (const variant of ["textbook", "authors"] as const) {
    Deno.test(`effectiveRobustness() agrees with SciPy to 1e-9 on the ${scale} scale, ${variant} interval`, () => {
      const line = fitLine(baselines, { scale });
      scipy.points.models.forEach(([reference, shifted], i) => {
        const expected = scipy.lines[scale].models[i];
        assert.ok(expected);
        const point = { model: "photo", reference, shifted };
        const { er, low, high } = effectiveRobustness(point, { line, variant });
        close(er, expected.er);
        close(low, expected[variant][0]);
        close(high, expected[variant][1]);
      });
    });
  }
}

const line = fitLine(
  imagenetV2.rows.filter(([, group]) => group === "baseline").map((
    [model, , reference, shifted],
  ) => ({ model, reference, shifted })),
);

function ofPretrained(variant: IntervalVariant) {
  return imagenetV2.rows.filter(([, group]) => group === "pretrained").map((
    [model, , reference, shifted],
  ) => effectiveRobustness({ model, reference, shifted }, { line, variant }));
}

Deno.test("effectiveRobustness() agrees with SciPy on 133 ImageNet-V2 models to 1e-9", () => {
  for (
    const [model, , reference, shifted, er, low, high, lowest, highest]
      of imagenetV2.rows
  ) {
    const point = { model, reference, shifted };
    const textbook = effectiveRobustness(point, { line });
    close(textbook.er, er);
    close(textbook.low, low);
    close(textbook.high, high);
    const authors = effectiveRobustness(point, { line, variant: "authors" });
    close(authors.low, lowest);
    close(authors.high, highest);
  }
});

Deno.test("averageColumns() agrees with SciPy on 55 pre-trained ImageNet models to 1e-9", () => {
  const { pretrained } = imagenetV2;
  const authors = averageColumns(ofPretrained("authors"));
  close(authors.mean, pretrained.mean_er);
  close(authors.low, pretrained.mean_ci_lo_repo);
  close(authors.high, pretrained.mean_ci_hi_repo);
  close(authors.halfWidth, pretrained.half_width_repo);
  close(authors.max, pretrained.max_er);
  assert.equal(authors.maxModel, pretrained.max_model);
  assert.equal(authors.n, 55);
  const textbook = averageColumns(ofPretrained("textbook"));
  close(textbook.low, pretrained.mean_ci_lo_text);
  close(textbook.high, pretrained.mean_ci_hi_text);
});

Deno.test("effectiveRobustness() is 0 on the line", () => {
  const exact = fitLine([0.4, 0.5, 0.7].map((accuracy) => ({
    model: `at ${accuracy}`,
    reference: accuracy,
    shifted: accuracy,
  })));
  const point = { model: "on it", reference: 0.6, shifted: 0.6 };
  close(effectiveRobustness(point, { line: exact }).er, 0);
});

Deno.test("effectiveRobustness() says how far it extrapolates", () => {
  const local = fitLine(baselines);
  const at = (reference: number) =>
    effectiveRobustness({ model: "photo", reference, shifted: 0.5 }, {
      line: local,
    }).extrapolation;
  close(at(0.748), 0.1);
  close(at(0.402), -0.05);
  assert.equal(at(0.6), 0);
});

Deno.test("effectiveRobustness() takes a shifted accuracy of 0 or 1, which needs no scale", () => {
  for (const shifted of [0, 1]) {
    const point = { model: "photo", reference: 0.8, shifted };
    const result = effectiveRobustness(point, { line });
    close(result.er, shifted - result.predicted);
  }
});

Deno.test("effectiveRobustness() refuses a shifted accuracy in per cent", () => {
  const point = { model: "photo", reference: 0.8, shifted: 70 };
  assert.throws(() => effectiveRobustness(point, { line }), {
    name: "RangeError",
    message:
      'Cannot take the effective robustness of model "photo": its shifted accuracy 70 is not a fraction from 0 to 1',
  });
});

Deno.test("averageColumns() needs a model", () => {
  assert.throws(() => averageColumns([]), {
    message: "Cannot average effective robustness: there is no model",
  });
});
