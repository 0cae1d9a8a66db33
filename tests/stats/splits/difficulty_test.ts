import assert from "node:assert/strict";
import fc from "../../property.ts";
import {
  difficultyOf,
  matchDifficulty,
} from "../../../stats/splits/difficulty.ts";
import { close } from "../reference.ts";

Deno.test("difficultyOf() is the share of networks that are wrong", () => {
  const right = [Uint8Array.of(1, 0, 0), Uint8Array.of(1, 1, 0)];
  assert.deepEqual([...difficultyOf(right)], [0, 0.5, 1]);
});

Deno.test("matchDifficulty() weights the second part by the ratio of the frequencies", () => {
  const { weights, covered } = matchDifficulty({
    first: [true, true, true, true, false, false, false],
    difficulty: Float64Array.of(0, 0, 0, 1, 0, 1, 1),
  });
  // p_first = (3/4, 1/4), p_second = (1/3, 2/3).
  for (const [i, weight] of [1, 1, 1, 1, 9 / 4, 3 / 8, 3 / 8].entries()) {
    close(weights[i] ?? NaN, weight);
  }
  assert.equal(covered, 1);
});

Deno.test("matchDifficulty() gives both parts the same mean difficulty wherever the second covers the first", () => {
  const examples = fc.array(
    fc.tuple(fc.boolean(), fc.constantFrom(0, 0.25, 0.5, 1)),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(fc.property(examples, (examples) => {
    const first = examples.map(([is]) => is);
    const difficulty = Float64Array.from(examples, ([, d]) => d);
    const { weights, covered } = matchDifficulty({ first, difficulty });
    if (covered < 1) return;
    const meanIn = (part: boolean) => {
      let [sum, total] = [0, 0];
      for (const [i, d] of difficulty.entries()) {
        if (first[i] !== part) continue;
        sum += d * (weights[i] ?? 0);
        total += weights[i] ?? 0;
      }
      return sum / total;
    };
    close(meanIn(false), meanIn(true));
  }));
});

Deno.test("matchDifficulty() says how much of the first part the second has no like of", () => {
  const { weights, covered } = matchDifficulty({
    first: [true, true, false],
    difficulty: Float64Array.of(0, 1, 1),
  });
  assert.equal(covered, 0.5);
  assert.deepEqual([...weights], [1, 1, 0.5]);
});

Deno.test("difficultyOf() refuses no network, and networks that saw different examples", () => {
  assert.throws(
    () => difficultyOf([]),
    new RangeError(
      "Cannot take the difficulty of examples: there is no network",
    ),
  );
  assert.throws(
    () => difficultyOf([new Uint8Array(2), new Uint8Array(3)]),
    new RangeError(
      "Cannot take the difficulty of examples: one network saw 2 and another 3",
    ),
  );
});
