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
