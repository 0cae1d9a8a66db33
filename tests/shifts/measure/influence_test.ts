import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { accuracyOn } from "../../../shifts/measure/accuracy_on.ts";
import { judgedSet } from "../../../shifts/measure/evaluation.ts";
import { influencesOf } from "../../../shifts/measure/influence.ts";
import type { Distribution } from "../../../shifts/mixture.ts";

const N = 1200;
const CLASSES = 3;
const labels = Uint8Array.from({ length: N }, (_, i) => i % 7 % CLASSES);
const { uniform } = stream(1, "influence");
/** Two versions of the same images: what is hard in one is hard in the other, and classes differ. */
const versions = Array.from({ length: N }, (_, i) => {
  const hard = uniform() + (labels[i] ?? NaN) / 4;
  return [0.7, 0.55].map((level) => hard + uniform() / 2 < 2 * level ? 1 : 0);
});
const judged = (chosen: ArrayLike<number>) => {
  const given = {
    labels: Uint8Array.from(chosen, (i) => labels[i] ?? NaN),
    classes: CLASSES,
  };
  const [own, random] = [0, 1].map((version) =>
    judgedSet(
      Uint8Array.from(chosen, (i) => versions[i]?.[version] ?? NaN),
      given,
    )
  );
  assert.ok(own && random);
  return { own, random };
};
const everyImage = Array.from(labels.keys());
const network = { sets: judged(everyImage) };
const given = { labels: { own: labels, random: labels } };

function varianceOn(distribution: Distribution<string>): number {
  const influences = influencesOf(network, { ...given, distribution });
  const sum = influences.reduce((total, value) => total + value, 0);
  assert.ok(Math.abs(sum) < 1e-12, `${sum}`);
  return influences.reduce((total, value) => total + value ** 2, 0);
}

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(
    Math.abs(actual / expected - 1) < tolerance,
    `${actual} instead of ${expected}`,
  );
}

Deno.test("influencesOf() one set has the binomial variance", () => {
  const { accuracy } = accuracyOn(network.sets, { sets: { own: 1 } });
  const binomial = accuracy * (1 - accuracy) / N;
  near(varianceOn({ sets: { own: 1, random: 0 } }), binomial, 1e-9);
});

Deno.test("influencesOf() classes with shares of their own has the binomial variance of each, in squares", () => {
  const classes = [0.6, 0.3, 0.1];
  const { correct, total } = network.sets.own;
  const binomial = classes.map((share, i) => {
    const n = total[i] ?? NaN;
    const accuracy = (correct[i] ?? NaN) / n;
    return share ** 2 * accuracy * (1 - accuracy) / n;
  }).reduce((sum, variance) => sum + variance, 0);
  near(varianceOn({ sets: { own: 1 }, classes }), binomial, 1e-9);
});

const whole = (integer: (n: number) => number) =>
  everyImage.map(() => integer(N));
const byClass = (integer: (n: number) => number) => {
  const members = [0, 1, 2].map((label) =>
    everyImage.filter((i) => labels[i] === label)
  );
  return everyImage.map((i) => {
    const others = members[labels[i] ?? NaN] ?? [];
    return others[integer(others.length)] ?? NaN;
  });
};
for (
  const [name, resample, classes] of [
    ["of versions of the same images", whole, undefined],
    ["of them by class", byClass, [0.6, 0.3, 0.1]],
  ] as const
) {
  Deno.test(`influencesOf() a mixture ${name} has the variance that a bootstrap over images gives`, () => {
    const distribution = { sets: { own: 0.7, random: 0.3 }, classes };
    const { integer } = stream(2, "bootstrap", name);
    const accuracies = Array.from(
      { length: 1500 },
      () => accuracyOn(judged(resample(integer)), distribution).accuracy,
    );
    const mean = accuracies.reduce((a, b) => a + b) / accuracies.length;
    const bootstrap = accuracies.reduce((sum, a) => sum + (a - mean) ** 2, 0) /
      accuracies.length;
    // 1500 draws tell a variance to 3.7 %.
    near(varianceOn(distribution), bootstrap, 0.1);
  });
}

Deno.test("influencesOf() refuses sets that the network was not judged on, and mixed sets that differ in length", () => {
  assert.throws(
    () =>
      influencesOf(network, { ...given, distribution: { sets: { plain: 1 } } }),
    new RangeError(
      'Cannot take what each image adds to an accuracy: the network was not judged on set "plain"',
    ),
  );
  assert.throws(
    () =>
      influencesOf(network, {
        labels: { own: labels, random: labels.subarray(1) },
        distribution: { sets: { own: 0.5, random: 0.5 } },
      }),
    new RangeError(
      'Cannot take what each image adds to an accuracy: set "random" has 1199 images and another of the mixture 1200; sets that are mixed must be versions of the same images',
    ),
  );
});
