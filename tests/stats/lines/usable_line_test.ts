import assert from "node:assert/strict";
import { fitLine } from "../../../stats/lines/regression.ts";
import { lineUse } from "../../../stats/lines/usable_line.ts";
import { close } from "../reference.ts";

const REFERENCE = [0.42, 0.55, 0.61, 0.70, 0.78, 0.86];

function lineThrough(shifted: readonly number[]) {
  return fitLine(REFERENCE.map((reference, i) => ({
    model: `${i}`,
    reference,
    shifted: shifted[i] ?? NaN,
  })));
}

const line = lineThrough([0.30, 0.33, 0.41, 0.40, 0.52, 0.55]);

Deno.test("lineUse() gives the slope and its interval as SciPy does", () => {
  const { slope, low, high, r2 } = lineUse(line, { leastR2: 0.5 });
  // SciPy 1.17.1: linregress(norm.ppf(x), norm.ppf(y)), slope ± t.ppf(.975, 4) · stderr
  close(slope, 0.5401782535376031);
  close(low, 0.3320933711346217);
  close(high, 0.7482631359405845);
  close(r2, 0.9285054201675046);
});

Deno.test("lineUse() takes a line that rises for sure and explains enough", () => {
  assert.equal(lineUse(line, { leastR2: 0.5 }).isUsable, true);
  assert.equal(lineUse(line, { leastR2: 0.99 }).isUsable, false);
});

Deno.test("lineUse() refuses a line whose slope may be zero", () => {
  const flat = lineThrough([0.41, 0.40, 0.42, 0.39, 0.43, 0.41]);
  assert.equal(lineUse(flat, { leastR2: 0 }).isUsable, false);
});

Deno.test("lineUse() leaves each run of several points out in turn", () => {
  const points = REFERENCE.map((reference, i) => ({
    model: `${i}`,
    reference,
    shifted: [0.30, 0.33, 0.41, 0.40, 0.52, 0.55][i] ?? NaN,
  }));
  const runs = [0, 2, 4].map((start) => points.slice(start, start + 2));
  const { slope, low, high } = lineUse(line, { leastR2: 0.5, runs });
  close(slope, 0.5401782535376031);
  // SciPy 1.17.1: linregress() without two of the points each time, and t.ppf(.975, 2)
  close(low, 0.1967194499123348);
  close(high, 0.8836370571628713);
  const alone = points.map((point) => [point]);
  assert.deepEqual(
    lineUse(line, { leastR2: 0.5, runs: alone }),
    lineUse(line, { leastR2: 0.5 }),
  );
});
