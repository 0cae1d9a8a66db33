import assert from "node:assert/strict";
import fc from "../property.ts";
import type { Images } from "../../data/images/images.ts";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import {
  drawByClass,
  labelShift,
  labelShiftMixture,
  minorityClasses,
} from "../../shifts/label_shift.ts";

const CLASSES = ["a", "b", "c", "d", "e", "f"];

/** Images of one pixel whose value is their position: `n` of them, classes in a fixed irregular order. */
function numbered(n: number): Images {
  return {
    images: Uint8Array.from({ length: n }, (_, i) => i),
    labels: Uint8Array.from({ length: n }, (_, i) => (i * i + i) % 6),
    shape: [1, 1, 1],
    classes: CLASSES,
  };
}

function counts({ labels }: Images): number[] {
  const counts = CLASSES.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

const someP = fc.double({ min: 0.01, max: 0.5, noNaN: true });
const seeds = fc.integer();
const distributions = ["reference", "shifted"] as const;

Deno.test("drawByClass() takes floor(rate n) images of each class without repeating one", () => {
  const from = numbered(250);
  fc.assert(fc.property(
    someP,
    seeds,
    fc.constantFrom(...distributions),
    (pMinority, seed, distribution) => {
      const drawn = drawByClass(from, { pMinority, distribution, seed });
      const rare = minorityClasses(6, seed)
        .map((isMinority) => isMinority === (distribution === "reference"));
      const expected = counts(from).map((n, label) =>
        rare[label] ? Math.floor(n * pMinority / (1 - pMinority) + 1e-9) : n
      );
      assert.deepEqual(counts(drawn), expected);
      assert.equal(new Set(drawn.images).size, drawn.labels.length);
    },
  ));
});

Deno.test("drawByClass() keeps order, pixels and labels of what it takes", () => {
  const from = numbered(250);
  const options = {
    pMinority: 0.2,
    distribution: "reference",
    seed: 0,
  } as const;
  const { images, labels } = drawByClass(from, options);
  assert.deepEqual([...images], [...images].sort((a, b) => a - b));
  for (const [k, position] of images.entries()) {
    assert.equal(labels[k], from.labels[position]);
  }
});

Deno.test("drawByClass() keeps, as pMinority rises, all that it kept", () => {
  const from = numbered(250);
  fc.assert(fc.property(someP, someP, seeds, (p, q, seed) => {
    const [fewer, more] = [Math.min(p, q), Math.max(p, q)].map((pMinority) =>
      new Set(
        drawByClass(from, { pMinority, distribution: "reference", seed })
          .images,
      )
    ) as [Set<number>, Set<number>];
    assert.ok(fewer.isSubsetOf(more));
  }));
});

Deno.test("drawByClass() takes all images when pMinority is 0.5", () => {
  const from = numbered(250);
  for (const distribution of distributions) {
    const options = { pMinority: 0.5, distribution, seed: 3 };
    assert.deepEqual(drawByClass(from, options), from);
  }
});

Deno.test("drawByClass() takes half of a class when pMinority is a third", () => {
  const from = {
    ...numbered(240),
    labels: Uint8Array.from({ length: 240 }, (_, i) => i % 6),
  };
  const options = {
    pMinority: 1 / 3,
    distribution: "reference",
    seed: 0,
  } as const;
  assert.deepEqual(counts(drawByClass(from, options)).sort(), [
    20,
    20,
    20,
    40,
    40,
    40,
  ]);
});

Deno.test("drawByClass() draws a class alike whatever other classes are there", () => {
  const from = numbered(250);
  const options = {
    pMinority: 0.2,
    distribution: "reference",
    seed: 0,
  } as const;
  const label = minorityClasses(6, 0).indexOf(true);
  const only = [...from.labels.keys()].filter((i) => from.labels[i] === label);
  const alone = {
    ...from,
    images: Uint8Array.from(only),
    labels: Uint8Array.from(only, () => label),
  };
  const { images, labels } = drawByClass(from, options);
  assert.deepEqual(
    [...images].filter((_, k) => labels[k] === label),
    [...drawByClass(alone, options).images],
  );
});

Deno.test("drawByClass() throws when pMinority is not above 0 and at most 0.5", () => {
  for (const pMinority of [0, 0.6, NaN]) {
    const options = { pMinority, distribution: "reference", seed: 0 } as const;
    assert.throws(() => drawByClass(numbered(6), options), {
      name: "RangeError",
      message:
        `Cannot shift labels with pMinority ${pMinority}: it must lie above 0 and not above 0.5`,
    });
  }
});

Deno.test("minorityClasses() names half of the classes, others for another seed", () => {
  fc.assert(fc.property(fc.nat(20), seeds, (n, seed) => {
    const minority = minorityClasses(n, seed);
    assert.equal(minority.length, n);
    assert.equal(minority.filter(Boolean).length, Math.floor(n / 2));
  }));
  assert.notDeepEqual(minorityClasses(10, 0), minorityClasses(10, 1));
});

Deno.test("labelShiftMixture() has shares with sum 1 in the proportion of the drawn images", () => {
  fc.assert(fc.property(someP, seeds, (pMinority, seed) => {
    const mixture = labelShiftMixture({ pMinority, seed, classes: 6 });
    for (const distribution of distributions) {
      const shares = mixture[distribution].classes ?? [];
      const sum = shares.reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-12);
      const rare = minorityClasses(6, seed)
        .map((isMinority) => isMinority === (distribution === "reference"));
      const share = shares.reduce((a, b, i) => rare[i] ? a + b : a, 0);
      assert.ok(Math.abs(share - pMinority) < 1e-12);
    }
  }));
});

Deno.test("labelShiftMixture() takes both distributions from one set of images: the design is paired", () => {
  const mixture = labelShiftMixture({ pMinority: 0.2, seed: 0, classes: 10 });
  assert.deepEqual(mixture.reference.sets, { plain: 1 });
  assert.deepEqual(mixture.shifted.sets, mixture.reference.sets);
  const [before, after] = distributions.map((name) =>
    (mixture[name].classes ?? []).map((share) => Number(share.toFixed(12)))
  );
  assert.deepEqual(after, before?.map((share) => share === 0.16 ? 0.04 : 0.16));
});

Deno.test("labelShift is an in-support shift defined under its own name", () => {
  assert.ok(isDefinition(labelShift));
  assert.equal(sourceOf(labelShift).name, "labelShift");
  assert.ok(sourceOf(labelShift).module.endsWith("/shifts/label_shift.ts"));
  assert.equal(labelShift.support, "in");
  assert.equal(labelShift.apply, drawByClass);
});
