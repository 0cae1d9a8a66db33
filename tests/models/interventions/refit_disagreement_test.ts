import assert from "node:assert/strict";
import { weightsOfLayer } from "../../../models/interventions/last_layer.ts";
import { refitDisagreement } from "../../../models/interventions/refit_disagreement.ts";
import { close } from "../../stats/reference.ts";
import { centred, sklearn } from "../linear/softmax_reference.ts";
import {
  accuracies,
  type MarkedImages,
  markedImages,
  refittingOf,
  taught,
  weightOnMarks,
} from "./planted_bias.ts";

/** A network that goes by the marks alone, as one does early where a bias is learnt first. */
function marksAlone({ features }: MarkedImages) {
  const kernel = new Float64Array(18);
  for (let k = 0; k < 3; k++) kernel[(3 + k) * 3 + k] = 1 / (4 + k);
  return {
    weights: weightsOfLayer({
      kernel,
      bias: Float64Array.from({ length: 3 }, (_, k) => -5 / (4 + k)),
    }),
    features,
  };
}

// A finished network knows more of the classes than an early one.
const world = { p: 0.97, signal: 2.5 };
function worldOf(seed: number) {
  const network = taught(markedImages({ ...world, n: 2000, seed }));
  const held = markedImages({ ...world, n: 4000, seed: seed + 10 });
  const early = marksAlone(held);
  return { network, held, early, refitting: refittingOf(network, held) };
}
const { network, held, early, refitting } = worldOf(1);

Deno.test("refitDisagreement() takes the images, and gives the last layer, that SciPy gives", () => {
  const { dimension, classes, labels, refit, disagreement } = sklearn;
  const features = { values: Float32Array.from(refit.features), dimension };
  const layer = (
    { kernel, bias }: typeof disagreement.early,
  ) =>
    weightsOfLayer({
      kernel: Float64Array.from(kernel),
      bias: Float64Array.from(bias),
    });
  assert.equal(disagreement.fits.length, 2);
  for (const fit of disagreement.fits) {
    const { weights, facts } = refitDisagreement({
      weights: layer(disagreement.finished),
      features,
      labels: Int32Array.from(labels),
    }, {
      early: { weights: layer(disagreement.early), features },
      images: fit.images,
      c: disagreement.c,
    });
    assert.deepEqual(facts.chosen, fit.chosen);
    for (const part of ["kernel", "bias"] as const) {
      const ours = centred(weights[`head.${part}`]?.data ?? [], classes);
      assert.equal(ours.length, fit[part].length);
      for (const [i, value] of ours.entries()) {
        // Weights of networks have single precision; biases are up to 100.
        close(value, fit[part][i] ?? NaN, part === "kernel" ? 1e-4 : 1e-3);
      }
    }
  }
  // Once there are fewer of a class than its share, so that images weigh differently.
  const counts = disagreement.fits.map(({ counts }) => new Set(counts).size);
  assert.deepEqual(counts, [1, 2]);
});

Deno.test("refitDisagreement() finds images of small groups without knowing them, and takes weight off a planted mark", () => {
  const gains = [1, 2, 3, 4].map((seed) => {
    const { network, held, early, refitting } = worldOf(seed);
    const test = markedImages({ ...world, n: 3000, p: 0, seed: seed + 20 });
    const { weights, facts } = refitDisagreement(refitting, {
      early,
      images: 60,
      c: 2,
    });
    /** Share of images in the colour of another class. */
    const inOthers = (of: readonly number[]) =>
      of.filter((i) => (held.groups.of[i] ?? 0) % 4 !== 0).length / of.length;
    assert.equal(facts.chosen.length, 60);
    assert.ok(inOthers([...held.labels.keys()]) < 0.03);
    assert.ok(inOthers(facts.chosen) > 0.3, `${inOthers(facts.chosen)}`);
    assert.ok(facts.distance.chosen > facts.distance.all + 0.3);
    assert.ok(weightOnMarks(weights) < weightOnMarks(network));
    return accuracies(weights, test).mean - accuracies(network, test).mean;
  });
  assert.ok(gains.reduce((a, b) => a + b) / gains.length > 0.01, `${gains}`);
});

Deno.test("refitDisagreement() takes the same number of each class, as far as there are so many", () => {
  const counts = (chosen: readonly number[]) =>
    [0, 1, 2].map((k) => chosen.filter((i) => held.labels[i] === k).length);
  const even = refitDisagreement(refitting, { early, images: 32 });
  assert.deepEqual(counts(even.facts.chosen), [10, 10, 10]);
  const rare = refitDisagreement({
    ...refitting,
    labels: held.labels.map((label, i) => i < 3 ? 2 : label % 2),
  }, { early, images: 30 });
  assert.equal(rare.facts.chosen.length, 23);
  assert.deepEqual(rare.facts.chosen.slice(0, 3), [0, 1, 2]);
});

Deno.test("refitDisagreement() stays at the present last layer with little weight on the losses", () => {
  const { weights } = refitDisagreement(refitting, {
    early,
    images: 60,
    c: 1e-4,
  });
  for (const name of ["head.kernel", "head.bias"]) {
    for (const [i, w] of weights[name]?.data.entries() ?? []) {
      close(w, network[name]?.data[i] ?? NaN, 0.01);
    }
  }
});

Deno.test("refitDisagreement() measures distances by half the sum of differences", () => {
  const { facts } = refitDisagreement({
    weights: weightsOfLayer({
      kernel: Float64Array.of(Math.log(3), 0),
      bias: Float64Array.of(0, 0),
    }),
    // Outputs 3/4, 1/4 and 1/2, 1/2 where the checkpoint gives 1/2, 1/2.
    features: { dimension: 1, values: Float32Array.of(1, 0, 0) },
    labels: Uint8Array.of(0, 1, 0),
  }, {
    early: {
      weights: weightsOfLayer({
        kernel: new Float64Array(4),
        bias: new Float64Array(2),
      }),
      features: { dimension: 2, values: new Float32Array(6) },
    },
    images: 2,
  });
  assert.deepEqual(facts.chosen, [0, 1]);
  close(facts.distance.chosen, 1 / 8, 1e-7);
  close(facts.distance.all, 1 / 12, 1e-7);
});

Deno.test("refitDisagreement() refuses fewer images than classes", () => {
  assert.throws(
    () => refitDisagreement(refitting, { early, images: 2 }),
    new RangeError(
      "Cannot refit on 2 images, the same number of each of 3 classes: ask for 3 or more",
    ),
  );
});
