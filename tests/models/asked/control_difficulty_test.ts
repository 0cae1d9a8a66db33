import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { meanOf } from "../../../stats/asked/placebo_splits.ts";
import { test } from "../../full.ts";
import { close } from "../../stats/reference.ts";
import { controlDifficulty } from "../../../models/asked/control_difficulty.ts";

const N = 1000;

/** Six models on a thousand examples, or fewer, the second half out of support and as much harder as is said. */
function control(
  { harder, seed, n = N }: {
    readonly harder: number;
    readonly seed: number;
    readonly n?: number;
  },
) {
  const random = stream(seed, "difficulty");
  const inSupport = Uint8Array.from({ length: n }, (_, i) => i < n / 2 ? 1 : 0);
  const easy = Array.from(
    inSupport,
    (is) => 0.2 + 0.7 * random.uniform() - (is === 1 ? 0 : harder),
  );
  const right = Array.from(
    { length: 6 },
    () => Uint8Array.from(easy, (chance) => random.uniform() < chance ? 1 : 0),
  );
  return controlDifficulty(right, {
    inSupport,
    resamples: 99,
    random,
    groups: null,
  });
}

Deno.test("controlDifficulty() leaves little of a drop that harder examples make, as much as in random parts as hard", () => {
  for (const seed of [1, 2, 3]) {
    const found = control({ harder: 0.15, seed });
    assert.ok(found !== null);
    const { difference: { value, low, high }, placebo, covered } = found;
    assert.ok(value < 0.1 && low < value && value < high);
    const room = (high - low) / 2;
    assert.ok(placebo.low - room < value && value < placebo.high + room);
    // What control leaves of difficulty alone is above 0: of six models it is known roughly.
    assert.ok(placebo.low > 0 && placebo.high < 0.12, JSON.stringify(found));
    assert.equal(covered, 1);
  }
});

Deno.test("controlDifficulty() gives 0, and random parts hardly more, where both parts are alike", () => {
  const found = control({ harder: 0, seed: 4 });
  assert.ok(found !== null);
  assert.ok(found.difference.low < 0 && found.difference.high > 0);
  assert.ok(found.placebo.low > -0.03 && found.placebo.high < 0.03);
});

for (const harder of [0, 0.15, 0.3]) {
  test.inFull(`controlDifficulty() has intervals that hold the mean of draws where examples are harder by ${harder}`, () => {
    const found = Array.from(
      { length: 300 },
      (_, seed) => control({ harder, seed, n: 200 })?.difference,
    )
      .filter((difference) => difference !== undefined);
    const middle = meanOf(found.map(({ value }) => value));
    const held = found.filter(({ low, high }) =>
      low <= middle && middle <= high
    );
    assert.ok(held.length >= 0.95 * 300, `${held.length}`);
  });
}

Deno.test("controlDifficulty() is null where a part is empty", () => {
  const right = [new Uint8Array(4), new Uint8Array(4)];
  for (const is of [0, 1]) {
    assert.equal(
      controlDifficulty(right, {
        inSupport: new Uint8Array(4).fill(is),
        resamples: 9,
        random: stream(1, "none"),
        groups: null,
      }),
      null,
    );
  }
});

Deno.test("controlDifficulty() takes difficulty from other models where there are some", () => {
  // By part and difficulty, how many of ten examples a model has right; a third of those out of support are easy, of those in support two thirds.
  const counts = [
    [1, 0, 20, 9],
    [1, 1, 10, 6],
    [0, 0, 10, 8],
    [0, 1, 20, 3],
  ] as const;
  const examples = counts.flatMap(([part, difficulty, n, ofTen]) =>
    Array.from({ length: n }, (_, i) => ({
      part,
      judge: 1 - difficulty,
      right: i % 10 < ofTen ? 1 : 0,
    }))
  );
  const of = (name: "part" | "judge" | "right") =>
    Uint8Array.from(examples, (example) => example[name]);
  const found = controlDifficulty([of("right")], {
    inSupport: of("part"),
    judges: [of("judge")],
    resamples: 99,
    random: stream(1, "others"),
    groups: null,
  });
  assert.ok(found !== null);
  close(found.inSupport, (2 * 0.9 + 0.6) / 3, 1e-12);
  close(found.outOfSupport, (2 * 0.8 + 0.3) / 3, 1e-12);
  close(found.difference.value, 0.5 / 3, 1e-12);
  assert.equal(found.covered, 1);
});
