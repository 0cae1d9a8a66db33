/** How often intervals of a linear classifier hold what others like it have in the mean. */
import assert from "node:assert/strict";
import type { AskedSet } from "../../../data/asked/asked_set.ts";
import { type Stream, stream } from "../../../engine/define/random.ts";
import { takeExamples } from "../../../data/asked/take_examples.ts";
import { attributeDrop } from "../../../models/asked/attribute_drop.ts";
import { classScores, probe } from "../../../models/asked/probe.ts";
import type { AskedSets } from "../../../models/asked/remove_duplicates.ts";
import { tellApart } from "../../../models/asked/tell_apart.ts";
import { meanOf } from "../../../stats/asked/placebo_splits.ts";
import { partsOf } from "../../../shifts/measure/parts.ts";
import { test } from "../../full.ts";
import { close } from "../../stats/reference.ts";

const [CLASSES, DIMENSION] = [3, 20];

/** Classes that overlap; shifted examples are moved along what tells them little. */
function drawn(random: Stream, n: number, offset: number): AskedSet {
  const labels = Int32Array.from({ length: n }, () => random.integer(CLASSES));
  const values = new Float32Array(n * DIMENSION);
  for (const [i, label] of labels.entries()) {
    for (let k = 0; k < DIMENSION; k++) {
      values[i * DIMENSION + k] = random.normal() + (k === label ? 1.5 : 0) +
        (k >= CLASSES ? offset : 0);
    }
  }
  return {
    n,
    features: { own: { values, dimension: DIMENSION } },
    properties: {},
    labels,
    classes: Array.from({ length: CLASSES }, (_, c) => `${c}`),
    groups: null,
    names: null,
    right: {},
  };
}

/** Sets drawn anew, of which the reference set teaches. */
function setsOf(draw: number, n: number, asked = n): AskedSets {
  const random = stream(draw, "probe");
  return {
    reference: drawn(random, n, 0),
    test: drawn(random, asked, 0),
    shifted: drawn(random, asked, 0.6),
  };
}

test.inFull("attributeDrop() has intervals that hold the accuracies and the drop of linear classifiers in the mean over reference sets", () => {
  const [draws, n] = [250, 120];
  // Classifiers of other reference sets, each on many examples.
  const many = Array.from({ length: 200 }, (_, k) => {
    const { right } = probe(setsOf(10_000 + k, n, 800), 0);
    const [test, shifted] = [right.subarray(0, 800), right.subarray(800)]
      .map(meanOf) as [number, number];
    return [test, shifted, test - shifted] as const;
  });
  const truth = [0, 1, 2].map((k) => meanOf(many.map((one) => one[k] ?? NaN)));
  const held = [0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const sets = setsOf(draw, n);
    const { scores } = tellApart(sets, { seed: draw, placebos: 2 });
    const { drop } = attributeDrop(sets, {
      seed: draw,
      resamples: 200,
      scores,
      parts: partsOf(new Array(n).fill(true)),
    });
    assert.ok(drop !== null);
    const { reference, shifted } = drop.accuracy;
    for (const [k, { low, high }] of [reference, shifted, drop].entries()) {
      const value = truth[k] as number;
      if (low <= value && value <= high) held[k] = (held[k] as number) + 1;
    }
  }
  for (const [k, count] of held.entries()) {
    // As chance spreads 95% of so many draws.
    const [least, most] = [0.915, 0.99];
    assert.ok(
      least <= count / draws && count / draws <= most,
      `${["test", "shifted", "drop"][k]}: ${count / draws}`,
    );
  }
});

Deno.test("probe() has others learn from three quarters of the examples, or of their groups", () => {
  const sets = setsOf(1, 40);
  const { right, rightWithout, factor } = probe(sets, 0);
  assert.equal(right.length, 80);
  assert.ok(rightWithout.length > 20);
  close(factor, Math.sqrt(3), 1e-12);
  assert.ok(rightWithout.some((one) => one.some((is, i) => is !== right[i])));
  const grouped = (of: (i: number) => number): AskedSets => ({
    ...sets,
    reference: {
      ...sets.reference,
      groups: Array.from({ length: 40 }, (_, i) => `${of(i)}`),
    },
  });
  // Of five groups two go, of three none.
  close(probe(grouped((i) => i % 5), 0).factor, Math.sqrt(3 / 2), 1e-12);
  assert.equal(probe(grouped((i) => i % 3), 0).rightWithout.length, 0);
});

Deno.test("classScores() are of one classifier, unless groups of the reference set are asked about", () => {
  const sets = setsOf(2, 40);
  // The same example eight times.
  const test = takeExamples(sets.test, new Array(8).fill(0));
  const scores = (reference: AskedSet) =>
    new Set(classScores({ ...sets, reference, test }, 0)[0]?.subarray(0, 8));
  assert.equal(scores(sets.reference).size, 1);
  const inGroups = (set: AskedSet) => ({
    ...set,
    groups: Array.from({ length: set.n }, (_, i) => `${i}`),
  });
  const [first] = classScores({
    reference: inGroups(sets.reference),
    test: inGroups(test),
    shifted: inGroups(sets.shifted),
  }, 0);
  assert.ok(new Set(first?.subarray(0, 8)).size > 1);
});
