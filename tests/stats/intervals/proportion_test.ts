import assert from "node:assert/strict";
import { clopperPearson, wilson } from "../../../stats/intervals/proportion.ts";
import { close, scipy } from "../reference.ts";

Deno.test("wilson() agrees with SciPy's binomtest to 1e-9", () => {
  for (const [successes, n, level, low, high] of scipy.wilson) {
    const interval = wilson({ successes, n }, { level });
    close(interval.low, low);
    close(interval.high, high);
  }
});

Deno.test("clopperPearson() agrees with SciPy's binomtest to 1e-9", () => {
  for (const [successes, n, level, low, high] of scipy.exact) {
    const interval = clopperPearson({ successes, n }, { level });
    close(interval.low, low);
    close(interval.high, high);
  }
});

Deno.test("clopperPearson() holds wilson() or is wider", () => {
  for (const successes of [1, 10, 50, 93, 99]) {
    const exact = clopperPearson({ successes, n: 100 });
    const score = wilson({ successes, n: 100 });
    assert.ok(exact.high - exact.low > score.high - score.low);
  }
});

Deno.test("wilson() takes the fractional counts of exact mixtures", () => {
  const { low, high } = wilson({ successes: 7415.5, n: 10_000 });
  assert.ok(low > 0.73 && high < 0.751);
});

Deno.test("wilson() and clopperPearson() refuse a count beyond n", () => {
  for (const interval of [wilson, clopperPearson]) {
    assert.throws(() => interval({ successes: 11, n: 10 }), {
      name: "RangeError",
      message:
        "Cannot take an interval of 11 out of 10: the count must lie between 0 and a positive n",
    });
    assert.throws(() => interval({ successes: 0, n: 0 }), /0 out of 0/);
  }
});

Deno.test("clopperPearson() refuses a fractional count", () => {
  assert.throws(() => clopperPearson({ successes: 1.5, n: 10 }), {
    message:
      "Cannot take a Clopper–Pearson interval of 1.5 out of 10: both must be integers",
  });
});

Deno.test("clopperPearson() refuses a level in per cent", () => {
  assert.throws(
    () => clopperPearson({ successes: 1, n: 10 }, { level: 95 }),
    /Cannot take an interval of level 95/,
  );
});
