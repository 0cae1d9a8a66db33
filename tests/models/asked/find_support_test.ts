import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import { findSupport } from "../../../models/asked/find_support.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { plantedSets } from "./planted_sets.ts";

Deno.test("findSupport() bounds the share where the shifted set has none of the classes of the test set", () => {
  const random = stream(6, "other classes");
  const setOf = (n: number, label: number, offset: number): AskedSet => ({
    n,
    features: {
      own: {
        values: Float32Array.from(
          { length: 3 * n },
          () => random.normal() + offset,
        ),
        dimension: 3,
      },
    },
    properties: {},
    labels: new Int32Array(n).fill(label),
    classes: ["a", "b"],
    groups: null,
    names: null,
    right: {},
  });
  const sets = {
    reference: setOf(0, 0, 0),
    test: setOf(200, 0, 0),
    shifted: setOf(200, 1, 5),
  };
  const { scores } = tellApart(sets, { seed: 1, placebos: 39 });
  const { share = NaN } = findSupport(sets, scores).outOfSupport ?? {};
  assert.ok(share > 0.9, `${share}`);
});

Deno.test("findSupport() says how far kinds of features agree beyond chance, and nothing where nothing is out", () => {
  const found = (outside: number) => {
    const sets = plantedSets({ n: 200, seed: 3, outside });
    const { scores } = tellApart(sets, { seed: 1, placebos: 2 });
    return findSupport(sets, scores).outOfSupport;
  };
  const half = found(0.5);
  assert.ok(half !== null && half.agreement !== null);
  assert.ok(half.beyondChance !== null);
  // Of halves that are dealt at random half are on the same side.
  const expected = 2 * half.agreement - 1;
  assert.ok(Math.abs(half.beyondChance - expected) < 0.02);
  assert.ok(found(0) !== null);
  assert.equal(found(0)?.beyondChance, null);
});

/** Two networks of which each sees a part of the shifted set that is new by so many standard deviations. */
function seenBy(deviations: readonly [number, number], part: number) {
  const [test, shifted] = [300, 600];
  const random = stream(2, "networks");
  const setOf = (n: number): AskedSet => ({
    n,
    features: {},
    properties: {},
    labels: null,
    classes: [],
    groups: null,
    names: null,
    right: {},
  });
  const all = Array.from({ length: test + shifted }, (_, i) => i);
  const scoresBy = (deviation: number) =>
    Float64Array.from(
      all,
      (i) =>
        random.normal() + (i - test >= (1 - part) * shifted ? deviation : 0),
    );
  const { outOfSupport } = findSupport({
    reference: setOf(0),
    test: setOf(test),
    shifted: setOf(shifted),
  }, {
    scores: { a: scoresBy(deviations[0]), b: scoresBy(deviations[1]) },
    shifted: Uint8Array.from(all, (i) => i < test ? 0 : 1),
    folds: Uint8Array.from(all, () => random.integer(5)),
  }, { trained: true });
  assert.ok(outOfSupport !== null);
  return outOfSupport;
}

Deno.test("findSupport() tells the share by the other of two networks, which may see less of a part that is there", () => {
  const { share, features, others = [] } = seenBy([3, 6], 0.6);
  assert.equal(features, "b");
  const [other] = others;
  assert.deepEqual(others.map((one) => one.features), ["a"]);
  assert.ok(other !== undefined && other.share < share - 0.05);
  assert.ok(Math.abs(share - 0.6) < 0.02 && other.share > 0.4);
});

Deno.test("findSupport() bounds the share rightly whether networks agree or not, which neither agreement nor kappa tells", () => {
  // One sees all of the part, the other nothing of it; then both see that all is new.
  const blind = seenBy([6, 0], 0.6);
  const all = seenBy([6, 6], 1);
  assert.ok(blind.low <= 0.6 && blind.high >= 0.6);
  assert.ok(blind.low > 0.5 && all.low > 0.95);
  assert.ok((blind.agreement ?? 1) < 0.5 && (all.agreement ?? 0) > 0.95);
  for (const { beyondChance } of [blind, all]) {
    assert.ok((beyondChance ?? 0) < 0.1);
  }
});

Deno.test("findSupport() tells the share by each kind of features alone", () => {
  const found = (kinds: readonly string[]) => {
    const sets = plantedSets({ n: 200, seed: 3, outside: 0.5 });
    const { scores } = tellApart(sets, { seed: 1, placebos: 2 });
    const some = Object.entries(scores.scores)
      .filter(([name]) => kinds.includes(name));
    return findSupport(sets, { ...scores, scores: Object.fromEntries(some) })
      .outOfSupport;
  };
  const several = found(["network", "pixels", "all"]);
  const told = [
    several?.features,
    ...several?.others?.map(({ features }) => features) ?? [],
  ];
  assert.deepEqual(
    told.filter((name) => name !== "all").sort(),
    ["network", "pixels"],
  );
  assert.ok(
    several?.others?.every(({ atLeast, share }) => atLeast && share > 0),
  );
  assert.equal(found(["network"])?.others, undefined);
});
