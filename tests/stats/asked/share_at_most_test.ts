import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { boundedShare } from "../../../stats/asked/bounded_share.ts";
import { shareAtMost } from "../../../stats/asked/share_at_most.ts";

/** Scores of n examples a set: a share of the shifted ones is `apart` away. */
function sets(
  { n, share, apart, seed }: {
    readonly n: number;
    readonly share: number;
    readonly apart: number;
    readonly seed: number;
  },
) {
  const random = stream(seed, "scores");
  const shifted = new Uint8Array(2 * n).fill(1, n);
  return {
    shifted,
    scores: Float64Array.from(
      shifted,
      (set) =>
        random.normal() + (set === 1 && random.uniform() < share ? apart : 0),
    ),
    weights: new Float64Array(2 * n).fill(1),
    folds: Uint8Array.from(shifted, (_, i) => i % 5),
    groups: null,
    strata: null,
  };
}

const options = { epsilon: 0.2, level: 0.975 };

Deno.test("shareAtMost() and boundedShare() hold a true share in 95 of 100 draws, where a classifier tells the part from the rest", () => {
  for (const [share, apart] of [[0.5, 3], [0.25, 4], [0.9, 3]] as const) {
    const outside = { below: 0, above: 0, open: 0 };
    for (let seed = 0; seed < 100; seed++) {
      const some = sets({ n: 600, share, apart, seed });
      const { low } = boundedShare(some, options);
      const high = shareAtMost(some, options);
      if (low > share) outside.below++;
      else if (high === null) outside.open++;
      else if (high < share) outside.above++;
    }
    // Of a rest of few examples it cannot be told that they are alike.
    assert.ok(
      outside.below <= 5 && outside.above <= 5 &&
        (share > 0.5 || outside.open <= 20),
      JSON.stringify({ share, ...outside }),
    );
  }
});

Deno.test("shareAtMost() gives no end where the rest is not like the reference set either", () => {
  for (let seed = 0; seed < 20; seed++) {
    assert.equal(
      shareAtMost(sets({ n: 600, share: 1, apart: 1, seed }), options),
      null,
    );
  }
});

Deno.test("shareAtMost() gives an end where no shifted example is left below the cuts", () => {
  assert.equal(
    shareAtMost(sets({ n: 100, share: 1, apart: 20, seed: 1 }), options),
    1,
  );
});

Deno.test("shareAtMost() takes both shares at ends of Wilson's intervals", () => {
  // From the top 10 of 100 reference examples, 85 of 100 shifted ones, and the rest.
  const shifted = Uint8Array.from(
    { length: 200 },
    (_, i) => i >= 10 && i < 95 || i >= 185 ? 1 : 0,
  );
  const found = shareAtMost({
    scores: Float64Array.from(shifted, (_, i) => -i),
    shifted,
    weights: new Float64Array(200).fill(1),
    folds: new Uint8Array(200),
    groups: null,
    strata: null,
  }, options);
  // (a − b) / (1 − b) of the upper end of 0.85 and the lower one of 0.1, z = 2.2414, by Python.
  assert.ok(Math.abs((found ?? NaN) - 0.90848037) < 1e-7, `${found}`);
});

Deno.test("shareAtMost() gives no end where groups leave open whether the rest is like the reference set", () => {
  // A rest of six groups, of which each has a score of its own.
  const some = sets({ n: 600, share: 0.5, apart: 8, seed: 3 });
  const groups = Array.from(
    some.scores,
    (score, i) => score > 4 ? `${i}` : `g${i % 6}`,
  );
  const random = stream(2, "groups");
  const tones = Array.from({ length: 12 }, () => 0.2 * random.normal());
  const scores = some.scores.map((score, i) =>
    score > 4
      ? score
      : (tones[i % 6 + 6 * (some.shifted[i] as number)] as number) +
        0.2 * score
  );
  assert.notEqual(shareAtMost({ ...some, scores }, options), null);
  assert.equal(shareAtMost({ ...some, scores, groups }, options), null);
});

Deno.test("shareAtMost() is less sure of examples that come in groups", () => {
  const some = sets({ n: 600, share: 0.5, apart: 8, seed: 3 });
  const alone = shareAtMost(some, options) as number;
  const groups = Array.from(some.shifted, (_, i) => `${Math.floor(i / 5)}`);
  const grouped = shareAtMost({ ...some, groups }, options) as number;
  assert.ok(grouped > alone, `${grouped}, ${alone}`);
});
