import assert from "node:assert/strict";
import { type Stream, stream } from "../../../engine/define/random.ts";
import { exchangedLabels } from "../../../stats/asked/exchanged_labels.ts";
import { placeboSplits } from "../../../stats/asked/placebo_splits.ts";
import { isFull } from "../../full.ts";

const [CLASSES, APART] = [4, 1];

/** Scores that are normal about 1 for the own class and about 0 for others; the shifted half has this share of the labels of the first two classes exchanged. */
function drawn(
  random: Stream,
  { n, share, inGroupsOf = 1, splits = 99 }: {
    readonly n: number;
    readonly share: number;
    /** Examples of a group have the same class, and the same noise. */
    readonly inGroupsOf?: number;
    readonly splits?: number;
  },
) {
  const shifted = new Uint8Array(2 * n).fill(1, n);
  const scores = Array.from(
    { length: CLASSES },
    () => new Float64Array(2 * n),
  );
  const labels = new Int32Array(2 * n);
  let [label, given, noise] = [0, 0, [0, 0, 0, 0]];
  for (let i = 0; i < 2 * n; i++) {
    if (i % inGroupsOf === 0) {
      label = random.integer(CLASSES);
      const isOther = shifted[i] === 1 && label < 2 && random.uniform() < share;
      given = isOther ? 1 - label : label;
      noise = noise.map(() => random.normal());
    }
    labels[i] = given;
    for (const [c, own] of scores.entries()) {
      own[i] = (c === label ? APART : 0) + (noise[c] as number);
    }
  }
  return exchangedLabels({
    scores,
    labels,
    shifted,
    placebos: placeboSplits({
      shifted,
      strata: labels,
      groups: inGroupsOf === 1
        ? null
        : Array.from(labels, (_, i) => `${Math.floor(i / inGroupsOf)}`),
    }, { count: splits, draw: (k) => random.permutation(k) }),
  });
}

Deno.test("exchangedLabels() names the two classes, with how many of their labels were exchanged", () => {
  const found = drawn(stream(1, "exchange"), { n: 1000, share: 0.3 });
  assert.ok(found !== null);
  assert.deepEqual(found.classes, [0, 1]);
  assert.equal(found.p, 0.01);
  assert.ok(found.share.low > 0.1);
  assert.ok(found.share.low < 0.3 && 0.3 < found.share.high);
});

Deno.test("exchangedLabels() seldom sees what is not there, and its interval holds the share of a pair that is known", () => {
  const draws = isFull ? 300 : 40;
  const random = stream(2, "exchange");
  let [seen, held] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const alike = drawn(random, { n: 200, share: 0, splits: 39 });
    if ((alike?.p ?? 1) <= 0.05) seen++;
    const inGroups = drawn(random, {
      n: 400,
      share: 0,
      inGroupsOf: 5,
      splits: 39,
    });
    if ((inGroups?.p ?? 1) <= 0.05) seen++;
    const { share } = drawn(random, { n: 800, share: 0.4, splits: 39 }) ??
      { share: { low: 1, high: 0 } };
    if (share.low <= 0.4 && 0.4 <= share.high) held++;
  }
  // Three standard errors of 5% and of 95%.
  const allowed = (n: number) => 3 * Math.sqrt(n * 0.05 * 0.95);
  assert.ok(seen <= 0.05 * 2 * draws + allowed(2 * draws), `${seen} seen`);
  assert.ok(held >= 0.95 * draws - allowed(draws), `${held} held`);
});

Deno.test("exchangedLabels() compares nothing of classes with few examples, or that are not told apart", () => {
  const shifted = Uint8Array.from({ length: 160 }, (_, i) => i % 2);
  const labels = Int32Array.from(shifted, (_, i) => i < 122 ? 0 : 1);
  const told = Float64Array.from(labels, (label, i) => label + Math.sin(i));
  const of = (labels: Int32Array, told: Float64Array) =>
    exchangedLabels({
      scores: [told.map((score) => -score), told],
      labels,
      shifted,
      placebos: [shifted],
    });
  assert.equal(of(labels, told), null);
  const more = Int32Array.from(shifted, (_, i) => i < 120 ? 0 : 1);
  assert.ok(of(more, Float64Array.from(more, (one, i) => one + Math.sin(i))));
  assert.equal(of(more, new Float64Array(160)), null);
  assert.equal(of(more, told.map((score) => -score)), null);
});

Deno.test("exchangedLabels() gives the share and its interval as its definition in NumPy does, and p", () => {
  const rows = Array.from({ length: 150 }, (_, i) => i);
  const isShifted = (i: number) => i % 5 < 2;
  const scores = [0, 1, 2].map((c) =>
    Float64Array.from(rows, (i) => {
      const own = c < 2 && isShifted(i) ? 0.4 : 1;
      return (i % 3 === c ? own : 0) + Math.sin((c + 1) * i);
    })
  );
  // The splits of the second scatter less than chance: those of the first more, by 1.24.
  for (
    const { turns, low, p } of [
      { turns: [1, 2, 3, 4], low: 0.030302139524859273, p: 1 / 5 },
      { turns: [1, 4], low: 0.07687269010334935, p: 1 / 3 },
    ]
  ) {
    const found = exchangedLabels({
      scores,
      labels: Int32Array.from(rows, (i) => i % 3),
      shifted: Uint8Array.from(rows, (i) => Number(isShifted(i))),
      placebos: turns.map((turn) =>
        Uint8Array.from(rows, (i) => Number(isShifted(i + turn)))
      ),
    });
    assert.ok(found !== null);
    assert.deepEqual(found.classes, [0, 1]);
    assert.equal(found.p, p);
    const { share } = found;
    assert.ok(Math.abs(share.value - 0.27075063392338977) < 1e-12);
    assert.ok(Math.abs(share.low - low) < 1e-12);
    assert.ok(Math.abs(share.high - (2 * share.value - low)) < 1e-12);
  }
});

Deno.test("exchangedLabels() finds no share of labels below none or above all of them", () => {
  const rows = Array.from({ length: 400 }, (_, i) => i);
  const labels = Int32Array.from(rows, (i) => i % 2);
  const isShifted = (i: number) => i % 4 < 2;
  // The classifier hardly tells the classes of the test set apart.
  const told = Float64Array.from(
    rows,
    (i) => (2 * (i % 2) - 1) * (isShifted(i) ? -1 : 0.1) + Math.sin(i),
  );
  const found = exchangedLabels({
    scores: [told.map((score) => -score), told],
    labels,
    shifted: Uint8Array.from(rows, (i) => Number(isShifted(i))),
    placebos: [1, 2, 3].map((turn) =>
      Uint8Array.from(rows, (i) => Number((i + turn) % 8 < 4))
    ),
  });
  assert.deepEqual(found?.share, { value: 1, low: 1, high: 1 });
});
