import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { boundedShare, wilsonEnd } from "../../../stats/asked/bounded_share.ts";
import { clopperPearson } from "../../../stats/intervals/proportion.ts";
import { close } from "../reference.ts";
import { scipy } from "./asked_reference.ts";

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
  };
}

const options = { epsilon: 0.2, level: 0.95 };

Deno.test("boundedShare() stays below a true share in 95 of 100 draws, and near it where the part lies apart", () => {
  let above = 0;
  let sum = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { share, low } = boundedShare(
      sets({ n: 300, share: 0.5, apart: 8, seed }),
      options,
    );
    assert.ok(low <= share);
    if (low > 0.5) above++;
    sum += share / 100;
  }
  assert.ok(above <= 8, `${above} of 100`);
  close(sum, 0.5, 0.02);
});

Deno.test("boundedShare() is 0 for sure where both sets are drawn alike, and where one is moved a little", () => {
  for (let seed = 0; seed < 40; seed++) {
    for (const [share, apart] of [[0, 0], [1, 0.2]] as const) {
      const { low } = boundedShare(
        sets({ n: 200, share, apart, seed }),
        options,
      );
      assert.equal(low, 0, `seed ${seed}`);
    }
  }
});

Deno.test("boundedShare() names the examples beyond the cut, none of them of the reference", () => {
  const { beyond, share } = boundedShare(
    sets({ n: 100, share: 1, apart: 20, seed: 1 }),
    options,
  );
  assert.equal(share, 1);
  assert.deepEqual(beyond, new Uint8Array(200).fill(1, 100));
});

Deno.test("boundedShare() takes shares at the ends of SciPy's Clopper–Pearson intervals", () => {
  const { low } = clopperPearson({ successes: 40, n: 100 });
  close(low, scipy.ends.low40, 1e-9);
  close(clopperPearson({ successes: 0, n: 100 }).high, scipy.ends.high0, 1e-9);
  // 40 of 100 far beyond all others, of which the reference ones come next.
  const scores = Float64Array.from(
    { length: 200 },
    (_, i) => (i < 100 ? 1 : i < 160 ? 0 : 9) + i / 1000,
  );
  const shifted = new Uint8Array(200).fill(1, 100);
  const found = boundedShare({
    scores,
    shifted,
    weights: new Float64Array(200).fill(1),
    folds: Uint8Array.from(shifted, (_, i) => i % 5),
    groups: null,
  }, options);
  close(found.share, 0.4, 1e-12);
  const [a, b] = [scipy.ends.low40, scipy.ends.high0];
  close(found.low, (a - b) / (1 - b), 1e-9);
});

Deno.test("boundedShare() takes shares by weight, as sure as of so many that count alike", () => {
  const shifted = new Uint8Array(200).fill(1, 100);
  const found = boundedShare({
    scores: Float64Array.from(
      shifted,
      (_, i) => (i < 100 ? 1 : i < 160 ? 0 : 9) + i / 1000,
    ),
    shifted,
    weights: Float64Array.from(
      shifted,
      (set, i) => set === 0 ? 1 + i % 2 : i < 160 ? 1 : 2,
    ),
    folds: Uint8Array.from(shifted, (_, i) => i % 5),
    groups: null,
  }, options);
  close(found.share, 80 / 140, 1e-12);
  // Kish: 140² / 220 = 89.09 and 150² / 250 = 90.
  // scipy.stats.binomtest(50, 89).proportion_ci(0.95).low and (0, 90).high.
  const [a, b] = [0.45254120702862494, 0.04015891961577465];
  close(found.low, (a - b) / (1 - b), 1e-9);
});

Deno.test("boundedShare() is less sure of examples that come in groups", () => {
  const some = sets({ n: 300, share: 0.5, apart: 8, seed: 3 });
  const alone = boundedShare(some, options);
  const groups = Array.from(some.shifted, (_, i) => `${Math.floor(i / 5)}`);
  const grouped = boundedShare({ ...some, groups }, options);
  close(grouped.share, alone.share, 0.02);
  assert.ok(grouped.low < alone.low);
});

Deno.test("boundedShare() counts the groups of a set, whatever the other one has", () => {
  // Of 10 groups of 50, 3 and most of a fourth lie beyond all of 2,000 examples that are each their own.
  const shifted = new Uint8Array(2500).fill(1, 2000);
  const some = {
    shifted,
    scores: Float64Array.from(
      shifted,
      (set, i) => (set === 1 && i >= 2315 ? 9 : 0) + i % 7 / 100,
    ),
    weights: new Float64Array(2500).fill(1),
    folds: Uint8Array.from(shifted, (_, i) => Math.floor(i / 50) % 5),
    groups: Array.from(
      shifted,
      (set, i) => set === 1 ? `${Math.floor(i / 50)}` : `${i}`,
    ),
  };
  // scipy.stats.binomtest(3, 10).proportion_ci(0.95).low and (0, 2000).high, 1.17.1.
  const [a, b] = [0.06673951117773447, 0.0018427397936931899];
  const found = boundedShare(some, options);
  close(found.share, 0.37, 1e-12);
  close(found.low, (a - b) / (1 - b), 1e-9);
});

Deno.test("boundedShare() chooses the cut of a fold without that fold", () => {
  const some = sets({ n: 100, share: 0, apart: 0, seed: 1 });
  const { shifted, folds } = some;
  const scores = Float64Array.from(
    shifted,
    (set, i) => set === 1 && folds[i] === 0 ? 9 : 0,
  );
  const { share, low } = boundedShare({ ...some, scores }, options);
  assert.deepEqual([share, low], [0, 0]);
});

Deno.test("boundedShare() cuts between scores and not among equal ones", () => {
  // Half of the shifted examples and a fiftieth of the others have one score, and the shifted ones come first.
  const scores = Float64Array.from(
    { length: 2000 },
    (_, i) => i < 100 ? 2 : i < 600 || i >= 1980 ? 1 : 0,
  );
  const { share } = boundedShare({
    scores,
    shifted: new Uint8Array(2000).fill(1, 0, 1000),
    weights: new Float64Array(2000).fill(1),
    folds: Uint8Array.from(scores, (_, i) => i % 5),
    groups: null,
  }, options);
  close(share, (0.6 - 0.02) / (1 - 0.02), 1e-12);
});

Deno.test("boundedShare() refuses a set of no examples", () => {
  const { shifted, ...rest } = sets({ n: 5, share: 0, apart: 0, seed: 1 });
  assert.throws(
    () => boundedShare({ ...rest, shifted: shifted.fill(0) }, options),
    new RangeError("Cannot bound a share: there must be examples of both sets"),
  );
});

Deno.test("wilsonEnd() is an end of SciPy's interval by Wilson", () => {
  // scipy.stats.binomtest(3, 7).proportion_ci(0.95, method="wilson").
  const [n, z] = [7, 1.959963984540054];
  close(wilsonEnd(3 / 7, { n, z: -z }), 0.1582198552514697, 1e-12);
  close(wilsonEnd(3 / 7, { n, z }), 0.7495416354723428, 1e-12);
});

Deno.test("wilsonEnd() of all is 1, and of none 0, whatever rounding does", () => {
  for (let n = 1; n < 1000; n++) {
    assert.equal(wilsonEnd(1, { n, z: 2.24 }), 1);
    assert.equal(wilsonEnd(0, { n, z: -2.24 }), 0);
  }
});
