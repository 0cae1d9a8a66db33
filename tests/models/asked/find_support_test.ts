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

Deno.test("findSupport() says whether kinds of features see the same examples, and nothing where none is out", () => {
  const found = (outside: number) => {
    const sets = plantedSets({ n: 200, seed: 3, outside });
    const { scores } = tellApart(sets, { seed: 1, placebos: 2 });
    return findSupport(sets, scores).outOfSupport;
  };
  assert.ok((found(0.5)?.agreement ?? 0) > 0.9);
  assert.equal(found(0)?.agreement, null);
});

/** Two networks of which each sees a part of the shifted set that is new by so many standard deviations: both the last share of it, or the first network the share before that of the second. */
function seenBy(
  deviations: readonly [number, number],
  part: number,
  { last = 0 }: { readonly last?: number } = {},
) {
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
  const scoresBy = (deviation: number, from: number, to: number) =>
    Float64Array.from(
      all,
      (i) =>
        random.normal() +
        (i - test >= from * shifted && i - test < to * shifted ? deviation : 0),
    );
  const [first, second] = deviations;
  const { outOfSupport } = findSupport({
    reference: setOf(0),
    test: setOf(test),
    shifted: setOf(shifted),
  }, {
    scores: {
      a: scoresBy(first, 1 - last - part, 1 - last),
      b: scoresBy(second, 1 - (last || part), 1),
    },
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

Deno.test("findSupport() has networks agree where one sees less of the part, or nothing, and not where it sees another", () => {
  for (const deviations of [[6, 3], [6, 0], [6, 6]] as const) {
    const { low, high, agreement } = seenBy(deviations, 0.6);
    assert.ok(low <= 0.6 && high >= 0.6 && low > 0.5);
    assert.ok((agreement ?? 1) > 0.9, `${deviations}: ${agreement}`);
  }
  // The second sees the last fifth, which looks like any other to the first.
  const { agreement } = seenBy([6, 6], 0.3, { last: 0.2 });
  assert.ok(agreement !== null && agreement < 0.1, `${agreement}`);
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
