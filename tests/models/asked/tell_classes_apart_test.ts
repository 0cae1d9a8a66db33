import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { crossRidge } from "../../../models/linear/cross_ridge.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { askQuickly } from "../../ask_quickly.ts";
import { plantedSets } from "./planted_sets.ts";

/** Sets of which the shifted one has a feature moved by so much, up in two classes and down in two others. */
function opposite(seed: number, by: number): AskedSets {
  const { shifted, ...sets } = plantedSets({ n: 600, seed });
  const { network } = shifted.features;
  assert.ok(network !== undefined && shifted.labels !== null);
  const { dimension } = network;
  const values = network.values.slice();
  for (const [i, label] of shifted.labels.entries()) {
    values[i * dimension + 9] = (values[i * dimension + 9] as number) +
      (label < 2 ? by : -by);
  }
  return {
    ...sets,
    shifted: {
      ...shifted,
      features: { ...shifted.features, network: { values, dimension } },
    },
  };
}

Deno.test("tellApart() sees by classifiers of each class what changes in opposite ways, and then nothing is answered as no shift", () => {
  const { answer, why, shift, needs, rule } = askQuickly(opposite(5, 0.7), {
    seed: 1,
  });
  const { withinClass, ofEachClass } = shift ?? {};
  assert.ok((withinClass?.auroc ?? 1) < 0.53, JSON.stringify(withinClass));
  assert.ok((ofEachClass?.auroc ?? 0) > 0.6, JSON.stringify(ofEachClass));
  assert.equal(answer, "undecidable");
  assert.match(why, /within single classes examples may differ/);
  assert.match(needs[0]?.what ?? "", /^property that may no longer go/);
  assert.ok(
    rule.some(({ condition, holds }) =>
      holds === false && /are alike.*of each class by itself/.test(condition)
    ),
  );
});

Deno.test("tellApart() sees nothing by classifiers of each class where nothing changed", () => {
  const { answer, shift } = askQuickly(opposite(5, 0), { seed: 1 });
  const { auroc = 1, placebo = 0 } = shift?.ofEachClass ?? {};
  assert.ok(auroc <= placebo, `${auroc} ${placebo}`);
  assert.equal(answer, "no shift");
});

Deno.test("tellApart() has no classifiers of classes by themselves that have few examples", () => {
  const sets = plantedSets({ n: 200, seed: 5 });
  const found = (classes: number) => {
    const many = ({ labels, ...set }: AskedSet) => ({
      ...set,
      labels: labels?.map((label, i) => label + 4 * (i % (classes / 4))) ??
        null,
      classes: Array.from({ length: classes }, (_, c) => `${c}`),
    });
    const { shift } = tellApart({
      reference: many(sets.reference),
      test: many(sets.test),
      shifted: many(sets.shifted),
    }, { seed: 1, placebos: 39 });
    return shift?.ofEachClass;
  };
  // Of 600 examples.
  assert.ok(found(28));
  assert.equal(found(32), null);
});

Deno.test("crossRidge() gives some rows what it gives all, where the targets of others are 0", () => {
  const { reference } = plantedSets({ n: 90, seed: 2 });
  const strata = reference.labels as Int32Array;
  const regress = crossRidge({
    features: Object.values(reference.features),
    folds: Uint8Array.from(strata, (_, i) => i % 3),
    strata,
    penalty: 4,
  });
  const rows = Uint32Array.from(strata.keys()).filter((i) => strata[i] === 1);
  const target = Float64Array.from(
    strata,
    (label, i) => label === 1 ? i % 2 : 0,
  );
  const [[all], [some]] = [regress([target]), regress([target], rows)];
  for (const [i, label] of strata.entries()) {
    assert.equal(some?.[i], label === 1 ? all?.[i] : 0);
  }
});
