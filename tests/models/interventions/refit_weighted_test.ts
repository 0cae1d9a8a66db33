import assert from "node:assert/strict";
import {
  refitWeighted,
  weightsFor,
} from "../../../models/interventions/refit_weighted.ts";
import { balancedPositions } from "../../../models/interventions/balance_groups.ts";
import { stream } from "../../../engine/define/random.ts";
import { close } from "../../stats/reference.ts";
import { centred, sklearn } from "../linear/softmax_reference.ts";
import {
  accuracies,
  markedImages,
  refittingOf,
  taught,
  weightOnMarks,
} from "./planted_bias.ts";

const biased = { n: 2000, p: 0.8 };
const network = taught(markedImages({ ...biased, seed: 1 }));
const held = markedImages({ ...biased, seed: 2 });
const test = markedImages({ n: 3000, p: 0, seed: 3 });

Deno.test("weightsFor() gives groups with images equal weight, and images one on average", () => {
  const weights = weightsFor({
    names: ["a", "none", "b"],
    of: Int32Array.of(0, 2, 2, 2),
  });
  assert.deepEqual([...weights], [2, 2 / 3, 2 / 3, 2 / 3]);
});

Deno.test("refitWeighted() gives the last layer that scikit-learn gives", () => {
  const { dimension, classes, labels, refit } = sklearn;
  const { weights } = refitWeighted({
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
    balance: {
      names: ["a", "b", "c", "d"],
      of: Int32Array.from(refit.groups),
    },
  });
  for (const part of ["kernel", "bias"] as const) {
    const ours = centred(weights[`head.${part}`]?.data ?? [], classes);
    assert.equal(ours.length, refit[part].length);
    for (const [i, value] of ours.entries()) {
      // Weights of networks have single precision.
      close(value, refit[part][i] ?? NaN, 1e-4);
    }
  }
});

Deno.test("refitWeighted() takes weight off a planted mark and raises the worst group", () => {
  const { weights, facts } = refitWeighted(refittingOf(network, held), {
    balance: held.groups,
  });
  const [before, after] = [
    accuracies(network, test),
    accuracies(weights, test),
  ];
  assert.ok(weightOnMarks(network) > 0.3);
  assert.ok(weightOnMarks(weights) < 0.15);
  assert.ok(after.worst > before.worst + 0.15, `${after.worst}`);
  assert.ok(after.mean > before.mean + 0.05);
  assert.equal(facts.c, 0.2);
  assert.equal(facts.balanced?.groups, 9);
  assert.ok((facts.balanced?.smallest ?? NaN) < 60);
  assert.ok((facts.balanced?.largest ?? NaN) > 500);
});

Deno.test("refitWeighted() leaves the mark where it is without balancing, which is refitting alone", () => {
  const { weights, facts } = refitWeighted(refittingOf(network, held), {
    balance: null,
  });
  assert.ok(Math.abs(weightOnMarks(weights) - weightOnMarks(network)) < 0.05);
  assert.equal(facts.balanced, null);
  assert.equal(facts.images, 2000);
});

Deno.test("refitWeighted() is refitting alone where groups are of one size, and nearly so without a bias", () => {
  const fair = markedImages({ n: 4000, p: 0, seed: 4 });
  const nearly = refittingOf(network, fair);
  const [balanced, alone] = [fair.groups, null].map((balance) =>
    accuracies(refitWeighted(nearly, { balance }).weights, test)
  );
  assert.ok(Math.abs((balanced?.mean ?? NaN) - (alone?.mean ?? NaN)) < 0.005);
  assert.ok(Math.abs((balanced?.worst ?? NaN) - (alone?.worst ?? NaN)) < 0.03);

  const positions = balancedPositions(fair.groups, {
    n: 900,
    random: stream(5, "even"),
  });
  const { values, dimension } = fair.features;
  const even = {
    features: {
      dimension,
      values: Float32Array.from({ length: 900 * dimension }, (_, k) => {
        const [i, c] = [Math.floor(k / dimension), k % dimension];
        return values[(positions[i] ?? NaN) * dimension + c] ?? NaN;
      }),
    },
    labels: Int32Array.from(positions, (i) => fair.labels[i] ?? -1),
    weights: network,
  };
  const groups = {
    ...fair.groups,
    of: Int32Array.from(positions, (i) => fair.groups.of[i] ?? -1),
  };
  assert.deepEqual(
    refitWeighted(even, { balance: groups }).weights,
    refitWeighted(even, { balance: null }).weights,
  );
});

Deno.test("refitWeighted() gives the same last layer whatever the scale of a feature, and no other", () => {
  const { weights } = refitWeighted(refittingOf(network, held), {
    balance: held.groups,
  });
  assert.deepEqual(Object.keys(weights), ["head.kernel", "head.bias"]);
  // The same features in other units: weights in the inverse ones.
  const scaled = refitWeighted({
    ...refittingOf(network, held),
    features: {
      ...held.features,
      values: held.features.values.map((v, k) => k % 6 === 2 ? 100 * v : v),
    },
  }, { balance: held.groups }).weights;
  for (const [i, w] of weights["head.kernel"]?.data.entries() ?? []) {
    const factor = Math.floor(i / 3) === 2 ? 100 : 1;
    close(factor * (scaled["head.kernel"]?.data[i] ?? NaN), w, 1e-5);
  }
});

Deno.test("refitWeighted() gives a feature that never changes no weight", () => {
  const { weights } = refitWeighted({
    ...refittingOf(network, held),
    features: {
      ...held.features,
      values: held.features.values.map((v, k) => k % 6 === 1 ? 0.1 : v),
    },
  }, { balance: held.groups });
  const kernel = weights["head.kernel"]?.data;
  assert.ok(kernel?.every(Number.isFinite));
  assert.ok(kernel?.subarray(3, 6).every((w) => Math.abs(w) < 1e-9));
});
