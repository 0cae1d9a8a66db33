import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import {
  associationFalls,
  binProperty,
  informationOf,
} from "../../../stats/asked/association.ts";
import { placeboSplit } from "../../../stats/asked/placebo_splits.ts";

const CLASSES = 3;

/** Four properties of n examples of a reference, a test and a shifted set; the first goes with the label as often as is said. */
function found(
  { n, seed, linked, moved = 0 }: {
    readonly n: number;
    readonly seed: number;
    readonly linked: readonly [number, number];
    readonly moved?: number;
  },
) {
  const random = stream(seed, "association");
  const setOf = (i: number): 0 | 1 => i < 2 * n ? 0 : 1;
  const labels = Int32Array.from(
    { length: 3 * n },
    () => random.integer(CLASSES),
  );
  const values = [0, 1, 2, 3].map((property) =>
    Float64Array.from(labels, (label, i) => {
      const goes = property === 0 && random.uniform() < linked[setOf(i)];
      return (goes ? label : random.integer(CLASSES)) + 0.2 * random.normal() +
        (property === 0 && setOf(i) === 1 ? moved : 0);
    })
  );
  const shifted = new Uint8Array(2 * n).fill(1, n);
  const own = labels.subarray(n);
  const prior = new Float64Array(CLASSES).fill(1 / CLASSES);
  const fitted = Uint32Array.from({ length: n }, (_, i) => i);
  return associationFalls(
    values.map((all, property) => {
      const bins = binProperty(all, { categories: null, fitted });
      return {
        property: `${property}`,
        bins: { ...bins, bins: bins.bins.subarray(n) },
        information: informationOf({
          bins: bins.bins,
          count: bins.count,
          labels,
          classes: CLASSES,
        }, { fitted, prior }).subarray(n),
      };
    }),
    {
      shifted,
      labels: own,
      classes: CLASSES,
      prior,
      placebos: Array.from({ length: 99 }, () =>
        placeboSplit(
          { shifted, strata: own, groups: null },
          (m) => random.permutation(m),
        )),
    },
  );
}

Deno.test("associationFalls() finds the property that no longer goes with the label, and says that it stayed", () => {
  const [first] = found({ n: 300, seed: 1, linked: [0.6, 0] });
  assert.equal(first?.property, "0");
  assert.equal(first?.p, 0.01);
  assert.ok(first.counts);
  assert.ok(first.fall.low > 0.05 && Math.abs(first.shifted) < 0.1);
  assert.ok(first.moved.high < 0.15);
});

Deno.test("associationFalls() says of a property whose own values moved that they did", () => {
  const falls = found({ n: 300, seed: 2, linked: [0.6, 0.6], moved: 1 });
  const first = falls.find(({ property }) => property === "0");
  assert.ok((first?.moved.low ?? 0) > 0.15, JSON.stringify(first));
});

Deno.test("associationFalls() holds the chance of the largest z over properties where nothing changed", () => {
  let [small, counted] = [0, 0];
  for (let seed = 10; seed < 70; seed++) {
    const falls = found({ n: 100, seed, linked: [0.5, 0.5] });
    if ((falls[0]?.p ?? 1) <= 0.05) small++;
    if (falls.some(({ counts }) => counts)) counted++;
  }
  // 3 of 60 are expected below 5%.
  assert.ok(small <= 8, `${small} of 60`);
  assert.ok(counted <= 4, `${counted} of 60`);
});

Deno.test("informationOf() has the mean 0 where a property tells nothing, whatever its own values", () => {
  const random = stream(5, "information");
  const labels = Int32Array.from({ length: 4000 }, () => random.integer(2));
  // Tells the label in the first half, where it is learnt; is independent and elsewhere in the second.
  const values = Float64Array.from(
    labels,
    (label, i) => i < 2000 ? label : random.uniform() < 0.9 ? 1 : 0,
  );
  const fitted = Uint32Array.from({ length: 2000 }, (_, i) => i);
  const { bins, count } = binProperty(values, {
    categories: ["no", "yes"],
    fitted,
  });
  const information = informationOf({ bins, count, labels, classes: 2 }, {
    fitted,
    prior: Float64Array.of(0.5, 0.5),
  });
  const mean = (part: Float64Array) =>
    part.reduce((a, b) => a + b, 0) / part.length;
  assert.ok(mean(information.subarray(0, 2000)) > 2);
  assert.ok(Math.abs(mean(information.subarray(2000))) < 0.35);
});

Deno.test("binProperty() puts about as many examples into each bin, and unknown ones into the last", () => {
  const values = Float64Array.from({ length: 800 }, (_, i) => i);
  values[5] = NaN;
  const fitted = Uint32Array.from({ length: 800 }, (_, i) => i);
  const { bins, count } = binProperty(values, { categories: null, fitted });
  assert.equal(count, 9);
  assert.equal(bins[5], 8);
  for (let bin = 0; bin < 8; bin++) {
    const size = bins.filter((value) => value === bin).length;
    assert.ok(Math.abs(size - 100) <= 1, `${size}`);
  }
  const constant = binProperty(new Float64Array(10).fill(2), {
    categories: null,
    fitted: fitted.subarray(0, 10),
  });
  assert.deepEqual([...new Set(constant.bins)], [0]);
});
