import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  combineErrors,
  mean,
  meanAccuracy,
  meanWithInterval,
  standardDeviation,
} from "../../../stats/intervals/mean.ts";
import { wilson } from "../../../stats/intervals/proportion.ts";
import { close, scipy } from "../reference.ts";

Deno.test("meanWithInterval() agrees with SciPy's t.interval to 1e-9", () => {
  const result = meanWithInterval(scipy.mean.values);
  close(result.mean, scipy.mean.mean);
  close(result.sd, scipy.mean.sd);
  close(result.low, scipy.mean.low);
  close(result.high, scipy.mean.high);
  assert.equal(result.n, 5);
});

Deno.test("combineErrors() agrees with SciPy's Welch interval to 1e-9", () => {
  const { a, b, df, halfWidth } = scipy.welch;
  const combined = combineErrors([a, b].map((values) => ({
    standardError: standardDeviation(values) / Math.sqrt(values.length),
    degreesOfFreedom: values.length - 1,
  })));
  close(combined.degreesOfFreedom, df);
  close(combined.halfWidth, halfWidth);
});

Deno.test("combineErrors() is never surer than its largest source", () => {
  const source = fc.record({
    standardError: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    degreesOfFreedom: fc.constantFrom(1, 3, 30, Infinity),
  });
  fc.assert(fc.property(fc.array(source, { minLength: 1 }), (sources) => {
    const { standardError, degreesOfFreedom } = combineErrors(sources);
    const lowest = Math.min(...sources.map((one) => one.degreesOfFreedom));
    return sources.every((one) =>
      standardError >= one.standardError * (1 - 1e-12)
    ) && degreesOfFreedom >= lowest * (1 - 1e-9);
  }));
});

Deno.test("guarded degrees of freedom are those of variances at the upper ends of 75 % intervals, chi-squared quantiles as in SciPy to 5 %", () => {
  // chi2.ppf(0.25, df) of SciPy 1.17.1.
  const quartiles = [[1, 0.101531], [2, 0.575364], [3, 1.212534], [
    10,
    6.737201,
  ]] as const;
  for (const [degreesOfFreedom, quartile] of quartiles) {
    const combined = combineErrors([
      { standardError: 0.01, degreesOfFreedom },
      { standardError: 0.02, degreesOfFreedom: Infinity },
    ], { guarded: true });
    close(combined.standardError, Math.hypot(0.01, 0.02));
    const upper = 0.01 ** 2 * degreesOfFreedom / quartile;
    const expected = degreesOfFreedom * (1 + 0.02 ** 2 / upper) ** 2;
    close(combined.degreesOfFreedom / expected, 1, 0.06);
  }
});

Deno.test("guarding widens an interval of small and known errors, and leaves one source as it is", () => {
  const small = { standardError: 0.01, degreesOfFreedom: 2 };
  const known = { standardError: 0.015, degreesOfFreedom: Infinity };
  const width = (guarded: boolean) =>
    combineErrors([small, known], { guarded }).halfWidth;
  assert.ok(width(true) > 1.05 * width(false));
  close(
    combineErrors([small], { guarded: true }).halfWidth,
    combineErrors([small]).halfWidth,
  );
});

Deno.test("combineErrors() of no source is exact", () => {
  assert.deepEqual(combineErrors([]), {
    standardError: 0,
    degreesOfFreedom: Infinity,
    halfWidth: 0,
  });
});

Deno.test("meanAccuracy() of one network is Wilson's, as wide as its binomial noise", () => {
  const one = meanAccuracy([0.75], { size: 10_000 });
  const { low, high } = wilson({ successes: 7500, n: 10_000 });
  assert.deepEqual(one, { mean: 0.75, low, high });
  const noise = Math.sqrt(0.75 * 0.25 / 10_000);
  close(high - low, 2 * 1.9599639845400545 * noise, 1e-5);
});

Deno.test("meanAccuracy() of networks that differ by rounding alone is that of the images", () => {
  const { low, high } = meanAccuracy([0.8, 0.8, 0.8], { size: 1000 });
  const noise = 1.9599639845400545 * Math.sqrt(0.8 * 0.2 / 1000);
  close(low, 0.8 - noise);
  close(high, 0.8 + noise);
});

Deno.test("meanAccuracy() of networks that get everything right, or nothing, is Wilson's", () => {
  const all = meanAccuracy([1, 1, 1], { size: 50 });
  assert.deepEqual(all, { mean: 1, ...wilson({ successes: 50, n: 50 }) });
  assert.ok(all.low < 0.95);
  assert.equal(meanAccuracy([0, 0], { size: 50 }).low, 0);
});

Deno.test("meanAccuracy() without a size is the Student t interval", () => {
  const accuracies = [0.71, 0.74, 0.69];
  const { low, high } = meanAccuracy(accuracies, {});
  const expected = meanWithInterval(accuracies);
  close(low, expected.low);
  close(high, expected.high);
});

Deno.test("meanAccuracy() stays between 0 and 1", () => {
  assert.equal(meanAccuracy([0.9, 0.999], {}).high, 1);
  assert.equal(meanAccuracy([0.1, 0.001], {}).low, 0);
});

Deno.test("meanAccuracy() refuses one network of unknown size", () => {
  assert.throws(() => meanAccuracy([0.7], {}), {
    name: "RangeError",
    message:
      "Cannot take an interval of the accuracy of 1 network: its number of test images is unknown",
  });
});

Deno.test("mean() needs a value", () => {
  assert.throws(() => mean([]), {
    message: "Cannot take the mean of 0 values",
  });
});

Deno.test("standardDeviation() needs two values", () => {
  assert.throws(() => standardDeviation([1]), {
    message:
      "Cannot take the standard deviation of 1 values: at least 2 are needed",
  });
});
