import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { placebo } from "../../../shifts/measure/placebo.ts";

const inSupport = Uint8Array.from({ length: 200 }, (_, i) => i < 60 ? 1 : 0);
const count = (values: Uint8Array) => values.reduce((a, b) => a + b, 0);

Deno.test("placebo() deals as many into each part, to others", () => {
  const dealt = placebo(inSupport, { random: stream(1, "test") });
  assert.equal(count(dealt), 60);
  // 60 · 60 / 200 = 18 of them stay by chance.
  const same = dealt.filter((value, i) => value === 1 && i < 60).length;
  assert.ok(same > 6 && same < 32, String(same));
});

Deno.test("placebo() keeps the numbers within each stratum", () => {
  const strata = Float64Array.from(inSupport, (_, i) => i % 3 / 3);
  const within = (values: Uint8Array, stratum: number) =>
    count(values.filter((_, i) => i % 3 === stratum));
  const dealt = placebo(inSupport, { strata, random: stream(1, "test") });
  for (const stratum of [0, 1, 2]) {
    assert.equal(within(dealt, stratum), within(inSupport, stratum));
  }
  assert.notDeepEqual(dealt, inSupport);
});
