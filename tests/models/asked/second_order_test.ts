import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { stream } from "../../../engine/define/random.ts";
import { secondOrder } from "../../../models/asked/second_order.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { close } from "../../stats/reference.ts";
import { plantedSets } from "./planted_sets.ts";

const kind = (values: readonly number[], dimension: number) => ({
  values: Float32Array.from(values),
  dimension,
});

Deno.test("secondOrder() gives distances from the mean of a class, in deviations, and products, cut where one is far", () => {
  // Class 0 lies about (1, 5), class 1 about (10, 5); both deviate by 1 in the first, by nothing in the third.
  const { values, dimension } = secondOrder([
    kind([0, 4, 2, 6, 9, 6, 11, 4], 2),
    kind([7, 7, 7, 7], 1),
  ], Int32Array.of(0, 0, 1, 1));
  assert.equal(dimension, 3 + 3);
  const rows = [0, 1, 2, 3].map((i) =>
    Array.from(values.subarray(6 * i, 6 * i + 6), (value) => value + 0)
  );
  const [same, opposite] = [[1, 1, 0, 1, 0, 0], [1, 1, 0, -1, 0, 0]];
  assert.deepEqual(rows, [same, same, opposite, opposite]);
  const far = secondOrder(
    [kind([...new Array<number>(99).fill(0), 1000], 1)],
    new Int32Array(100),
  );
  close(far.values[99] ?? NaN, 3, 1e-6);
  const many = secondOrder(
    [kind(new Array<number>(48).fill(1), 24)],
    new Int32Array(2),
  );
  assert.equal(many.dimension, 24);
});

/** What is answered of sets whose shifted one has a feature that spreads three times as far, or two that go together. */
function spread(how: "farther" | "together" | "as before") {
  const random = stream(1, "spread");
  const { shifted, ...sets } = plantedSets({ n: 600, seed: 6 });
  const ofNetwork = (set: AskedSet) => {
    const { network } = set.features;
    assert.ok(network !== undefined);
    return { ...set, features: { network } };
  };
  const own = ofNetwork(shifted);
  const { dimension } = own.features.network;
  const values = own.features.network.values.slice();
  for (let at = 9; at < values.length; at += dimension) {
    const [a = 0, b = 0] = values.slice(at, at + 2);
    if (how === "farther") values[at] = 3 * a;
    if (how === "together") values[at] = 0.8 * b + 0.6 * random.normal();
  }
  return askQuickly({
    reference: ofNetwork(sets.reference),
    test: ofNetwork(sets.test),
    shifted: { ...own, features: { network: { values, dimension } } },
  }, { seed: 1 });
}

Deno.test("tellApart() sees what spreads farther or goes together otherwise, and then nothing is answered as no shift", () => {
  for (const how of ["farther", "together"] as const) {
    const { answer, why, needs, shift, rule } = spread(how);
    const { withinClass, ofSecondOrder } = shift ?? {};
    assert.ok((withinClass?.auroc ?? 1) < 0.54, JSON.stringify(withinClass));
    assert.ok((ofSecondOrder?.auroc ?? 0) > 0.6, JSON.stringify(ofSecondOrder));
    assert.equal(answer, "undecidable");
    assert.match(why, /features may spread, or go together, otherwise/);
    assert.deepEqual(needs.map(({ what }) => what), [
      "trial (the same command without --quick)",
    ]);
    assert.ok(
      rule.some(({ condition, holds }) =>
        holds === false && /are alike.*of how features spread/.test(condition)
      ),
    );
  }
  const { answer, shift } = spread("as before");
  const { auroc = 1, placebo = 0 } = shift?.ofSecondOrder ?? {};
  assert.ok(auroc <= placebo, `${auroc} ${placebo}`);
  assert.equal(answer, "no shift");
});
