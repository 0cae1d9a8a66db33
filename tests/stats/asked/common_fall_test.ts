import assert from "node:assert/strict";
import type { FoundBias } from "../../../stats/asked/ask_findings_schemas.ts";
import { chiSquareTail, commonFall } from "../../../stats/asked/common_fall.ts";
import { stream } from "../../../engine/define/random.ts";

Deno.test("chiSquareTail() gives what tables of the chi-square distribution do", () => {
  // By the series of the incomplete gamma function; all but the last two are critical values of tables.
  for (
    const [value, degrees, chance] of [
      [3.841458820694124, 1, 0.05],
      [9.210340371976182, 2, 0.01],
      [11.344866730144373, 3, 0.01],
      [13.276704135987622, 4, 0.01],
      [11.070497693516351, 5, 0.05],
      [22.457744484825323, 6, 0.001],
      [2, 9, 0.9914676066288],
      [0, 4, 1],
    ] as const
  ) {
    const found = chiSquareTail(value, degrees);
    assert.ok(
      Math.abs(found - chance) < 1e-9,
      `${value}, ${degrees}: ${found}`,
    );
  }
});

/** Properties that fell by so much of what they told, and by chance besides. */
function fallen(
  shares: readonly number[],
  { error, noise = error, seed = 1, test = 0.2 }: {
    readonly error: number;
    /** How far shares scatter. */
    readonly noise?: number;
    readonly seed?: number;
    readonly test?: number;
  },
): readonly FoundBias[] {
  const random = stream(seed, "fallen");
  return shares.map((share, i) => {
    const value = test * (share + noise * random.normal());
    return {
      property: `${i}`,
      p: 0.005,
      z: value / (test * error),
      test,
      shifted: test - value,
      fall: {
        value,
        low: value - 1.96 * test * error,
        high: value + 1.96 * test * error,
      },
      inSupport: null,
      moved: { value: 0, low: 0, high: 0.04 },
      counts: true,
    };
  });
}

Deno.test("commonFall() finds one share where there is one, and says that shares differ in 1% of such cases", () => {
  let [differ, sum] = [0, 0];
  for (let seed = 0; seed < 1000; seed++) {
    const share = commonFall(
      fallen([0.5, 0.5, 0.5, 0.5, 0.5], { error: 0.1, seed }),
    );
    if (share === null) differ++;
    else sum += share;
  }
  assert.ok(differ > 0 && differ < 25, `${differ}`);
  assert.ok(Math.abs(sum / (1000 - differ) - 0.5) < 0.01);
});

Deno.test("commonFall() finds none where one property fell more, too few tell much, or only one need have fallen", () => {
  const of = (
    shares: readonly number[],
    more: { readonly test?: number } = {},
  ) => commonFall(fallen(shares, { error: 0.05, ...more }));
  assert.notEqual(of([0.5, 0.5, 0.5]), null);
  assert.equal(of([1, 0.5, 0.5]), null);
  assert.equal(of([0.5, 0.5]), null);
  assert.equal(of([0.5, 0.5, 0.5], { test: 0.04 }), null);
  // Squares of 8.8 and 9.7 errors: 9.21 is what chance exceeds in 1% with two degrees of freedom.
  const apart = (by: number) =>
    commonFall(fallen([0.5 + by, 0.5, 0.5 - by], { error: 0.05, noise: 0 }));
  assert.notEqual(apart(0.105), null);
  assert.equal(apart(0.11), null);
  assert.equal(
    commonFall(fallen([0.5, 0.1, 0.1], { error: 0.2, noise: 0 })),
    null,
  );
});

Deno.test("commonFall() leaves aside files that are stored otherwise", () => {
  const [first, ...others] = fallen([1, 0.5, 0.5, 0.5], { error: 0.05 });
  assert.ok(first !== undefined);
  const moved = { value: 0.85, low: 0.8, high: 0.9 };
  assert.equal(commonFall([{ ...first, moved }, ...others]), null);
  assert.notEqual(
    commonFall([{ ...first, moved, ofFile: true }, ...others]),
    null,
  );
});
