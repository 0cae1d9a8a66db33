import assert from "node:assert/strict";
import {
  lineDisagreement,
  lineDisagreementSchema,
} from "../../../stats/lines/line_disagreement.ts";
import { combineErrors } from "../../../stats/intervals/mean.ts";
import { lineError } from "../../../stats/lines/line_error.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import {
  checkpoints,
  otherwiseScattered,
  photo,
  scattered,
  sizes,
  values,
} from "../difference_reference.ts";
import { close } from "../reference.ts";

const expected = values.lineDisagreement;

Deno.test("lineDisagreement() predicts what SciPy's linregress predicts", () => {
  const { mean } = lineDisagreement([checkpoints, sizes], { points: photo });
  close(mean.predicted[0], expected.predicted[0]);
  close(mean.predicted[1], expected.predicted[1]);
  close(mean.difference, expected.predicted[0] - expected.predicted[1]);
});

Deno.test("lineDisagreement() is what effective robustness differs by between the lines", () => {
  const { mean } = lineDisagreement([checkpoints, sizes], { points: photo });
  const [first, second] = [checkpoints, sizes].map((line) =>
    meanEffectiveRobustness(photo, { line }).mean
  );
  close(mean.difference, (second ?? NaN) - (first ?? NaN));
});

Deno.test("lineDisagreement() holds the errors of both lines as 200,000 simulated lines give them", () => {
  const { components, low, high } = lineDisagreement([checkpoints, sizes], {
    points: photo,
  }).mean;
  const { first, second } = components;
  const error = Math.hypot(first.standardError, second.standardError);
  close(error / expected.standardError, 1, 0.02);
  const halfWidth = Math.hypot(
    expected.critical[0] * first.standardError,
    expected.critical[1] * second.standardError,
  );
  close((high - low) / 2, halfWidth);
});

Deno.test("lineDisagreement() over runs is the guarded interval of both lines' errors over runs", () => {
  const lines = [scattered, otherwiseScattered] as const;
  const { mean, range } = lineDisagreement([
    scattered.line,
    otherwiseScattered.line,
  ], {
    points: photo,
    runs: [scattered.runs, otherwiseScattered.runs],
  });
  const terms = [{ sign: 1, networks: photo }] as const;
  const errors = lines.map((one) => lineError({ ...one, terms }));
  assert.deepEqual(
    [mean.components.first, mean.components.second].map((shown) => [
      shown.standardError,
      shown.degreesOfFreedom,
    ]),
    errors.map(({ standardError }) => [standardError, 2]),
  );
  const { halfWidth } = combineErrors(errors, { guarded: true });
  close((mean.high - mean.low) / 2, halfWidth);
  assert.ok(
    range.every(({ components: { first } }) => first.degreesOfFreedom === 2),
  );
});

Deno.test("lineDisagreement() goes from the lowest to the highest network", () => {
  const { range } = lineDisagreement([checkpoints, sizes], {
    points: photo,
    steps: 3,
  });
  const references = range.map(({ reference }) => reference);
  close(references[0] ?? NaN, 0.741);
  close(references[1] ?? NaN, 0.7465);
  close(references[2] ?? NaN, 0.752);
});

Deno.test("lineDisagreement() says where in the range the lines disagree", () => {
  const line = (slope: number) =>
    fitLine(
      [0.3, 0.4, 0.5, 0.6, 0.7].map((reference, i) => ({
        model: `at ${reference}`,
        reference,
        shifted: 0.5 + slope * (reference - 0.5) + 0.001 * (i % 2),
      })),
      { scale: "linear" },
    );
  const networks = (references: readonly number[]) =>
    references.map((reference) => ({ model: "n", reference, shifted: 0.5 }));
  const disagree = (references: readonly number[]) =>
    lineDisagreement([line(1), line(0.9)], { points: networks(references) })
      .disagree;
  assert.equal(disagree([0.49, 0.51]), "nowhere");
  assert.equal(disagree([0.5, 0.9]), "somewhere");
  assert.equal(disagree([0.8, 0.9]), "everywhere");
});

Deno.test("lineDisagreement() finds no disagreement of a line with itself", () => {
  const result = lineDisagreement([sizes, sizes], { points: photo });
  assert.equal(result.mean.difference, 0);
  assert.equal(result.disagree, "nowhere");
  assert.deepEqual(
    lineDisagreementSchema.parse(JSON.parse(JSON.stringify(result))),
    result,
  );
});

Deno.test("lineDisagreement() needs a network and two steps", () => {
  assert.throws(
    () => lineDisagreement([sizes, sizes], { points: [] }),
    /Cannot compare two lines: there is no network/,
  );
  assert.throws(
    () => lineDisagreement([sizes, sizes], { points: photo, steps: 1 }),
    /Cannot compare two lines in 1 steps: at least 2 are needed/,
  );
});
