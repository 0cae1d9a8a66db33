/** Falls of associations, their intervals and chances: long, since each is held against draws of its own kind. */
import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { associationFalls } from "../../../stats/asked/association.ts";
import {
  binProperty,
  informationOf,
} from "../../../stats/asked/property_information.ts";
import { groupsInSets } from "../../../stats/asked/groups_in_sets.ts";
import { placeboSplits } from "../../../stats/asked/placebo_splits.ts";
import { close } from "../reference.ts";
import { test } from "../../full.ts";

const CLASSES = 3;

/** scipy.stats.t.ppf(0.975, 4), 1.17.1. */
const T_OF_4 = 2.7764451051977987;

/** Four properties of n examples of a reference, a test and a shifted set; the first goes with the label as often as is said. */
function found(
  { n, seed, linked, moved = 0, movedFrom = 0, lost = 0, shared = () => true }:
    {
      readonly n: number;
      readonly seed: number;
      readonly linked: readonly [number, number];
      readonly moved?: number;
      /** The first of the shifted examples of which it moved. */
      readonly movedFrom?: number;
      /** So many of the shifted examples, the last ones, have it go with nothing. */
      readonly lost?: number;
      /** Which shifted examples are in support. */
      readonly shared?: (i: number) => boolean;
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
      const goes = property === 0 && random.uniform() < linked[setOf(i)] &&
        i < 3 * n - lost;
      return (goes ? label : random.integer(CLASSES)) + 0.2 * random.normal() +
        (property === 0 && i >= 2 * n + movedFrom ? moved : 0);
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
      shared: shifted.map((set, i) => set === 0 || shared(i - n) ? set : 2),
      labels: own,
      classes: CLASSES,
      prior,
      groups: groupsInSets({ shifted, groups: null }),
      placebos: placeboSplits({ shifted, strata: own, groups: null }, {
        count: 99,
        draw: (m) => random.permutation(m),
      }),
    },
  );
}

/** What is found of a property with two values, which one set of 20 has 15 times and the other 5 times, and which tells so much in each. */
function exactly(
  told: readonly [number, number],
  { placebos, isGroups = false }: {
    readonly placebos?: readonly Uint8Array[];
    readonly isGroups?: boolean;
  } = {},
) {
  const shifted = new Uint8Array(40).fill(1, 20);
  const bins = Int32Array.from(
    shifted,
    (set, i) => i % 20 < 15 ? set : 1 - set,
  );
  /** A split with so many of the first value in the first set. */
  const split = (first: number) => {
    const left = [first, 20 - first];
    return Uint8Array.from(bins, (bin) => (left[bin] as number)-- > 0 ? 0 : 1);
  };
  const [found] = associationFalls([{
    property: "given",
    bins: { bins, count: 2, ends: null },
    information: Float64Array.from(
      shifted,
      (set, i) => (told[set] as number) + 0.001 * (i % 3),
    ),
    isGroups,
  }], {
    shifted,
    labels: new Int32Array(40),
    classes: 1,
    prior: Float64Array.of(1),
    groups: groupsInSets({ shifted, groups: null }),
    placebos: placebos ??
      Array.from({ length: 99 }, (_, k) => split(k < 90 ? 11 : 13)),
  });
  assert.ok(found !== undefined);
  return { found, shifted };
}

Deno.test("associationFalls() counts a fall of 0.02 nats and 30% at least that one of 100 splits reaches, and none else", () => {
  const { found, shifted } = exactly([0.3, 0.1]);
  assert.deepEqual([found.p, found.counts], [0.01, true]);
  assert.equal(exactly([0.03, 0.018]).found.counts, false);
  assert.equal(exactly([0.3, 0.25]).found.counts, false);
  const placebos = [
    ...new Array<Uint8Array>(98).fill(shifted.toReversed()),
    shifted,
  ];
  const again = exactly([0.3, 0.1], { placebos }).found;
  assert.deepEqual([again.p, again.counts], [0.02, false]);
});

Deno.test("associationFalls() takes a move beside the median of splits, as wide as the upper half of them, or by chance for groups", () => {
  const close3 = (isGroups: boolean, expected: readonly number[]) => {
    const { value, low, high } = exactly([0.3, 0.1], { isGroups }).found.moved;
    for (const [i, found] of [value, low, high].entries()) {
      close(found, expected[i] ?? NaN, 1e-12);
    }
  };
  // 0.5 apart, splits 0.1 and the widest 0.3.
  close3(false, [0.4, 0.2, 0.6]);
  // Two shares of a half, each with variance 1/4 (1/20 + 1/20).
  const [usual, wide] = [
    2 * Math.sqrt(0.025 / 2 / Math.PI),
    1.96 * 0.5 * Math.sqrt(0.1),
  ];
  close3(true, [0.5 - usual, 0.5 - usual - wide, 0.5 - usual + wide]);
});

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

Deno.test("associationFalls() tells the fall among shifted examples in support from that of all", () => {
  const n = 300;
  const lost = { n, seed: 3, linked: [0.6, 0.6] } as const;
  // Of the shifted examples the second half has no label that goes with anything.
  const of = (outside: number) =>
    found({ ...lost, lost: n / 2, shared: (i) => i < n - outside })
      .find(({ property }) => property === "0");
  const [all, half, few] = [of(0), of(n / 2), of(n - 9)];
  const { moved: movedThere, ...fallThere } = all?.inSupport ?? {};
  assert.deepEqual(fallThere, { ...all?.fall, counts: true });
  assert.ok((movedThere?.high ?? 1) < 0.15, JSON.stringify(movedThere));
  assert.ok((all?.fall.low ?? 0) > 0.05);
  assert.deepEqual(half?.fall, all?.fall);
  const { low = NaN, high = NaN, counts } = half?.inSupport ?? {};
  assert.ok(low < 0 && high > 0 && high < 0.2, JSON.stringify(half));
  assert.equal(counts, false);
  assert.equal(few?.inSupport, null);
});

Deno.test("associationFalls() says of the examples in support whether a property moved there, too", () => {
  const n = 400;
  const of = (movedFrom: number) =>
    found({
      n,
      seed: 4,
      linked: [0.6, 0.1],
      moved: 1,
      movedFrom,
      shared: (i) => i < n / 2,
    }).find(({ property }) => property === "0");
  const [half, all] = [of(n / 2), of(0)];
  assert.ok((half?.moved.low ?? 0) > 0, JSON.stringify(half));
  assert.equal(half?.inSupport?.counts, true);
  assert.equal(half.inSupport.moved?.low, 0, JSON.stringify(half));
  assert.ok((all?.inSupport?.moved?.low ?? 0) > 0.15, JSON.stringify(all));
});

Deno.test("associationFalls() gives numbers where all examples have one value, whatever their weights add up to", () => {
  for (let n = 20; n < 60; n++) {
    const labels = Int32Array.from({ length: 2 * n }, (_, i) => i % 7 % 3);
    const [fall] = associationFalls([{
      property: "constant",
      bins: { bins: new Int32Array(2 * n), count: 2, ends: [] },
      information: new Float64Array(2 * n),
    }], {
      shifted: Uint8Array.from(labels, (_, i) => i < n ? 0 : 1),
      labels,
      classes: CLASSES,
      prior: Float64Array.of(0.35, 0.4, 0.25),
      groups: Int32Array.from(labels.keys()),
      placebos: [],
    });
    assert.ok(Number.isFinite(fall?.inSupport?.moved?.value), `${n}`);
  }
});

test.inFull("associationFalls() holds the chance of the largest z over properties where nothing changed", () => {
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

Deno.test("associationFalls() gives SciPy's interval of Welch, of examples or of the means of their groups", () => {
  const information = Float64Array.of(
    ...[0.9, 0.4, 0.5, 0.1, 0.3, -0.2, 0.6, 0.8, 0.1, 0.2, 0.7, 0.6],
    ...[0.3, -0.1, 0.1, 0.4, 0.2, 0.6, -0.5, -0.3, 0.1, 0.2, 0, 0.1],
  );
  const shifted = new Uint8Array(24).fill(1, 12);
  const bins = { bins: new Int32Array(24), count: 1, ends: null };
  // scipy.stats.ttest_ind(a, b, equal_var=False).confidence_interval(), 1.17.1.
  for (
    const [size, z, low, high] of [
      [1, 2.5490146582856954, 0.06043724267956174, 0.5895627573204383],
      [3, 1.8487773062459107, -0.10586905130400492, 0.7558690513040048],
    ] as const
  ) {
    const names = Array.from(shifted, (_, i) => `${Math.floor(i / size)}`);
    const [found] = associationFalls(
      [{ property: "some", bins, information }],
      {
        shifted,
        labels: new Int32Array(24),
        classes: 1,
        prior: Float64Array.of(1),
        groups: groupsInSets({ shifted, groups: names }),
        placebos: [],
      },
    );
    close(found?.z ?? NaN, z, 1e-9);
    close(found?.fall.low ?? NaN, low, 1e-9);
    close(found?.fall.high ?? NaN, high, 1e-9);
  }
});

Deno.test("associationFalls() centres what unequal weights spread", () => {
  // Weights 1/4, 1/4, 1/2 and the mean 4, so (9/16 + 1/16 + 4/4) 3/2 in each set.
  const [found] = associationFalls([{
    property: "some",
    bins: { bins: new Int32Array(6), count: 1, ends: null },
    information: Float64Array.of(1, 3, 6, 1, 3, 6),
  }], {
    shifted: Uint8Array.of(0, 0, 0, 1, 1, 1),
    labels: Int32Array.of(0, 0, 1, 0, 0, 1),
    classes: 2,
    prior: Float64Array.of(0.5, 0.5),
    groups: Int32Array.from({ length: 6 }, (_, i) => i),
    placebos: [],
  });
  close(found?.fall.high ?? NaN, T_OF_4 * Math.sqrt(2 * 2.4375), 1e-9);
});

/** Two properties of a third of each class in both sets alike: one that marks the first class, and the groups. */
function marked(
  { outside, groups = 1 }: {
    /** The class that is out of support as a whole. */
    readonly outside: number | null;
    readonly groups?: number;
  },
) {
  const n = 300;
  const random = stream(8, "marked", groups);
  const labels = Int32Array.from({ length: 2 * n }, (_, i) => i % CLASSES);
  const shifted = new Uint8Array(2 * n).fill(1, n);
  const prior = new Float64Array(CLASSES).fill(1 / CLASSES);
  const fitted = Uint32Array.from({ length: n }, (_, i) => i);
  const property = (
    name: string,
    values: Float64Array,
    categories: string[],
  ) => {
    const bins = binProperty(values, { categories, fitted });
    return {
      property: name,
      bins,
      information: informationOf({ ...bins, labels, classes: CLASSES }, {
        fitted,
        prior,
      }),
      isGroups: name === "group",
    };
  };
  const of = Float64Array.from(labels, () => random.integer(groups));
  return associationFalls([
    property(
      "mark",
      Float64Array.from(
        labels,
        (label) => random.uniform() < (label === 0 ? 0.9 : 0.1) ? 1 : 0,
      ),
      ["without", "with"],
    ),
    property("group", of, Array.from({ length: groups }, (_, g) => `${g}`)),
  ], {
    shifted,
    shared: shifted.map((set, i) =>
      set === 1 && labels[i] === outside ? 2 : set
    ),
    labels,
    classes: CLASSES,
    prior,
    groups: groupsInSets({
      shifted,
      groups: groups === 1 ? null : Array.from(of, String),
    }),
    placebos: placeboSplits({
      shifted,
      strata: labels,
      groups: groups === 1 ? null : Array.from(of, String),
    }, { count: 99, draw: (m) => random.permutation(m) }),
  });
}

Deno.test("associationFalls() compares the classes that both sets have, where one is out of support as a whole", () => {
  for (const outside of [null, 0, 1]) {
    const found = marked({ outside }).find(({ property }) =>
      property === "mark"
    );
    const { low = NaN, high = NaN } = found?.inSupport ?? {};
    assert.ok(low < 0 && high > 0, `${outside}: ${low} to ${high}`);
  }
});

Deno.test("associationFalls() takes off what chance adds to a distance of groups, and says how sure it is", () => {
  const found = marked({ outside: null, groups: 20 })
    .find(({ property }) => property === "group");
  const { value = NaN, low = NaN, high = NaN } = found?.moved ?? {};
  assert.equal(low, 0);
  assert.ok(value < 0.05 && high > value + 0.05, `${value}, ${low} to ${high}`);
});

Deno.test("associationFalls() tells nothing of a property where one group has all examples of the classes in common", () => {
  const n = 20;
  const shifted = new Uint8Array(2 * n).fill(1, n);
  const shade = Array.from({ length: 2 * n }, (_, i) => i % 2);
  // All test examples are of one group.
  const groups = Array.from(shifted, (is, i) => is === 0 ? "g" : `${i}`);
  assert.deepEqual(
    associationFalls([{
      property: "shade",
      bins: binProperty(Float64Array.from(shade), {
        categories: ["dark", "light"],
        fitted: [0, 1],
      }),
      information: Float64Array.from(shade, (tone, i) => tone + i / n),
    }], {
      shifted,
      labels: new Int32Array(2 * n),
      classes: 1,
      prior: Float64Array.of(1),
      groups: groupsInSets({ shifted, groups }),
      placebos: [],
    }),
    [],
  );
});

Deno.test("associationFalls() is not misled by a property that is the label: it falls by nothing, or by all", () => {
  for (
    const [n, reversed] of [[126, false], [128, true], [130, true]] as const
  ) {
    const at = Array.from({ length: 2 * n }, (_, i) => i);
    const labels = Int32Array.from(at, (i) => i % 2);
    const shifted = Uint8Array.from(at, (i) => +(i >= n));
    const random = stream(n, "the label itself");
    const tells = Math.log(2);
    const [found] = associationFalls([{
      property: "folder",
      bins: { bins: labels, count: 2, ends: null },
      // As sums of logarithms leave it, with rounding.
      information: Float64Array.from(
        at,
        (i) =>
          (reversed && i >= n ? -tells : tells) +
          1e-16 * (random.integer(3) - 1),
      ),
    }], {
      shifted,
      labels,
      classes: 2,
      prior: Float64Array.of(0.5, 0.5),
      groups: groupsInSets({ shifted, groups: null }),
      placebos: placeboSplits({ shifted, strata: labels, groups: null }, {
        count: 99,
        draw: (m) => random.permutation(m),
      }),
    });
    assert.ok(found !== undefined);
    assert.equal(found.counts, reversed);
    assert.ok(
      reversed ? found.z > 1e6 : Math.abs(found.z) < 0.01,
      `${found.z}`,
    );
  }
});
