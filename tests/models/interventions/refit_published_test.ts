import assert from "node:assert/strict";
import {
  PUBLISHED_C,
  refitPublished,
} from "../../../models/interventions/refit_published.ts";
import { close } from "../../stats/reference.ts";
import { centred, sklearn } from "../linear/softmax_reference.ts";
import {
  accuracies,
  markedImages,
  refittingOf,
  taught,
  weightOnMarks,
} from "./planted_bias.ts";

const network = taught(markedImages({ n: 2000, p: 0.8, seed: 1 }));
const held = markedImages({ n: 1500, p: 0.8, seed: 2 });
const test = markedImages({ n: 3000, p: 0, seed: 3 });
const refitting = refittingOf(network, held);
const options = { groups: held.groups, seed: 7, refits: 4 };

Deno.test("refitPublished() gives the last layer that scikit-learn gives where every balanced subset is all images", () => {
  const { dimension, classes, labels, refit, published } = sklearn;
  const { weights, facts } = refitPublished({
    weights: {
      "head.kernel": {
        shape: [dimension, classes],
        data: new Float32Array(dimension * classes),
      },
      "head.bias": { shape: [classes], data: new Float32Array(classes) },
    },
    features: { values: Float32Array.from(refit.features), dimension },
    labels: Int32Array.from(labels),
  }, {
    groups: {
      names: ["a", "b", "c", "d", "e", "f"],
      of: Int32Array.from(published.groups),
    },
    seed: 1,
    candidates: [published.c],
    refits: 3,
  });
  assert.equal(facts.perGroup, labels.length / 6);
  const kernel = centred(weights["head.kernel"]?.data ?? [], classes);
  assert.equal(kernel.length, published.kernel.length);
  for (const [i, value] of kernel.entries()) {
    // In units of a feature's deviation; fits stop at a tolerance of 1e-4.
    const scale = [1, 10, 0.1, 3, 1][Math.floor(i / classes)] ?? NaN;
    close(scale * value, scale * (published.kernel[i] ?? NaN), 2e-3);
  }
  // What the classes get at the means of the features, about five each.
  const atMeans = (
    { kernel, bias }: {
      readonly kernel: ArrayLike<number>;
      readonly bias: ArrayLike<number>;
    },
  ) =>
    Array.from(
      bias,
      (b, k) =>
        Array.from({ length: dimension }, (_, c) =>
          5 * (kernel[c * classes + k] ?? NaN))
          .reduce((sum, each) =>
            sum + each, b),
    );
  const expected = atMeans(published);
  const bias = centred(weights["head.bias"]?.data ?? [], classes);
  for (const [k, value] of atMeans({ kernel, bias }).entries()) {
    close(value, expected[k] ?? NaN, 2e-3);
  }
});

Deno.test("refitPublished() takes weight off a planted mark and raises the worst group", () => {
  const { weights, facts } = refitPublished(refitting, {
    groups: held.groups,
    seed: 7,
  });
  const [before, after] = [
    accuracies(network, test),
    accuracies(weights, test),
  ];
  assert.ok(weightOnMarks(weights) < 0.15);
  assert.ok(after.worst > before.worst + 0.15, `${after.worst}`);
  assert.equal(facts.refits, 20);
  assert.equal(facts.groups, 9);
  assert.deepEqual(facts.candidates.map(({ c }) => c), PUBLISHED_C);
  const best = Math.max(...facts.candidates.map(({ worst }) => worst));
  assert.equal(
    facts.c,
    facts.candidates.find((tried) => tried.worst === best)?.c,
  );
  assert.ok(facts.perGroup > 10 && facts.perGroup < 40);
});

Deno.test("refitPublished() changes next to nothing without a bias", () => {
  const fair = markedImages({ n: 1500, p: 0, seed: 4 });
  const learnt = taught(markedImages({ n: 2000, p: 0, seed: 5 }));
  const { weights } = refitPublished(refittingOf(learnt, fair), {
    ...options,
    groups: fair.groups,
  });
  const [before, after] = [accuracies(learnt, test), accuracies(weights, test)];
  assert.ok(Math.abs(after.mean - before.mean) < 0.02);
  assert.ok(Math.abs(after.worst - before.worst) < 0.05);
});

Deno.test("refitPublished() draws halves and subsets from its seed alone", () => {
  const once = refitPublished(refitting, options);
  assert.deepEqual(refitPublished(refitting, options), once);
  const other = refitPublished(refitting, { ...options, seed: 8 });
  assert.notDeepEqual(other.weights, once.weights);
});

Deno.test("refitPublished() takes the first of several C that are as good, and one image a group where one has no more", () => {
  // The largest group, and one image of each other.
  const seen = new Set<number>();
  const rows = [...held.labels.keys()].filter((i) => {
    const group = held.groups.of[i] ?? -1;
    if (group % 4 === 0) return true;
    if (seen.has(group) || group === 1) return false;
    seen.add(group);
    return true;
  });
  const d = held.features.dimension;
  const few = {
    weights: network,
    labels: Int32Array.from(rows, (i) => held.labels[i] ?? -1),
    features: {
      dimension: d,
      values: Float32Array.from(
        rows.flatMap((
          i,
        ) => [...held.features.values.subarray(i * d, i * d + d)]),
      ),
    },
  };
  const { facts } = refitPublished(few, {
    ...options,
    groups: {
      ...held.groups,
      of: Int32Array.from(rows, (i) => held.groups.of[i] ?? -1),
    },
    // So little that nothing is fitted: all classes are as likely, and one group is all wrong.
    candidates: [1e-7, 1e-6],
  });
  assert.equal(facts.c, 1e-7);
  assert.deepEqual(facts.candidates.map(({ worst }) => worst), [0, 0]);
  assert.equal(facts.groups, 8);
  assert.equal(facts.perGroup, 1);
});

Deno.test("refitPublished() refuses a class of one image, no candidates, no refits, and groups of other images", () => {
  assert.throws(
    () =>
      refitPublished({
        ...refitting,
        labels: held.labels.map((_, i) => i === 0 ? 2 : i % 2),
      }, options),
    new RangeError(
      "Cannot choose C on one half of the images and fit on the other: class 2 has one image among 1500; each class needs two",
    ),
  );
  assert.throws(
    () => refitPublished(refitting, { ...options, refits: 0 }),
    new RangeError("Cannot average 0 refits: at least 1 is needed"),
  );
  assert.throws(
    () => refitPublished(refitting, { ...options, candidates: [] }),
    new RangeError("Cannot choose C: there is no candidate"),
  );
  assert.throws(
    () =>
      refitPublished(refitting, {
        ...options,
        groups: { ...held.groups, of: held.groups.of.subarray(1) },
      }),
    new RangeError(
      "Cannot refit a last layer on 1500 images by the groups of 1499",
    ),
  );
});
