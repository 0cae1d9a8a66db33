import assert from "node:assert/strict";
import { noncentralityAtMost } from "../../../stats/intervals/noncentrality.ts";
import { close } from "../reference.ts";

Deno.test("noncentralityAtMost() is SciPy's", () => {
  // SciPy 1.17.1: brentq(lambda l: ncx2.cdf(chi, degrees, l) - 0.025, 1e-9, 4 * chi + 50)
  for (
    const [chi, degrees, most] of [
      [0.5, 1, 7.07894047260827],
      [5, 1, 17.60668421742447],
      [9, 9, 14.101910281102569],
      [20, 9, 31.708604342272768],
      [150.25, 49, 150.3009988976972],
      [999, 999, 93.38754485246429],
      [1100, 999, 202.68836661055096],
      [5000, 9, 5272.9120771548705],
      [20000, 9999, 10486.261496998912],
      [1e6, 999, 1002924.7917562359],
    ] as const
  ) {
    close(noncentralityAtMost(chi, degrees), most, Math.max(1e-6, 1e-9 * most));
  }
  assert.equal(noncentralityAtMost(0.0001, 1), 0);
  assert.equal(noncentralityAtMost(0, 0), 0);
});
