import assert from "node:assert/strict";
import type { Estimate } from "../../reports/value/claim.ts";
import { partsOf, weightsIn } from "../../shifts/measure/parts.ts";
import { compareToTruth } from "../../tasks/splits/compare_to_truth.ts";
import { drawExamples } from "../../tasks/pictures/draw_examples.ts";
import { matchDifficulty } from "../../tasks/splits/match_difficulty.ts";
import { measureSplit } from "../../tasks/splits/measure_split.ts";
import { mixShifts } from "../../tasks/datasets/mix_shifts.ts";
import { placePlacebos } from "../../tasks/splits/place_placebos.ts";
import { recordHits } from "../../tasks/evaluation/record_hits.ts";
import { mlp } from "../../models/mlp.ts";
import { randomImages } from "../shifts/random_images.ts";
import { HALF, planted, truth } from "./planted_split.ts";
import { contextOnCpu } from "./context.ts";
import { runTask } from "./run_task.ts";

const level = 0.95;

/** A split that puts a share of the examples of each part into the other one. */
function split(wrong: number) {
  const ratio = Float64Array.from({ length: 2 * HALF }, (_, i) => {
    const inSupport = i < HALF;
    return inSupport === (i % HALF >= wrong * HALF) ? 1 : 0.1;
  });
  return { ratio, probability: { reference: ratio, shifted: ratio } };
}

const compare = async (wrong: number) =>
  await runTask(compareToTruth, {
    ...planted,
    split: split(wrong),
    truth,
    epsilon: 0.2,
    resamples: 50,
    seed: 1,
    level,
  });

Deno.test("compareToTruth() finds no error in the true split", async () => {
  const { auroc, misassigned, lost, inError, outError, differenceError } =
    await compare(0);
  assert.equal((auroc as Estimate).value, 1);
  assert.equal((misassigned as Estimate).value, 0);
  assert.deepEqual(lost, { inSupport: 0, outOfSupport: 0 });
  for (const error of [inError, outError, differenceError] as Estimate[]) {
    assert.deepEqual([error.value, error.low, error.high], [0, 0, 0]);
  }
});

Deno.test("compareToTruth() finds how examples in the wrong part pull the two parts together", async () => {
  const { lost: _, ...found } = await compare(0.25);
  const { auroc, misassigned, inError, outError, differenceError } =
    found as Record<string, Estimate>;
  assert.ok(Math.abs((auroc?.value ?? NaN) - 0.75) < 1e-9);
  assert.equal(misassigned?.value, 0.25);
  assert.equal(misassigned?.examples, 2 * HALF);
  assert.ok((inError?.low ?? NaN) > 0);
  assert.ok((outError?.high ?? NaN) < 0);
  assert.ok((differenceError?.high ?? NaN) < 0);
});

Deno.test("compareToTruth() measures no part of fewer than 50 examples", async () => {
  const ratio = new Float64Array(2 * HALF).fill(1);
  const { inError } = await runTask(compareToTruth, {
    ...planted,
    split: { ratio, probability: { reference: ratio, shifted: ratio } },
    truth,
    epsilon: 0.2,
    resamples: 5,
    seed: 1,
    level,
    title: "checkpoints",
  });
  assert.deepEqual(inError, {
    tooFew: 0,
    unit: "points",
    title: "checkpoints, in support",
  });
});

Deno.test("placePlacebos() finds no difference where membership is dealt anew, and how rare the split's is", async () => {
  const { mean, range, observed, p } = await runTask(
    placePlacebos,
    {
      ...planted,
      parts: truth,
      keeps: "sizes",
      draws: 99,
      seed: 1,
      level,
    } as const,
  );
  const { low, high, value } = mean as Estimate;
  assert.ok(Math.abs(value) < 0.005, String(value));
  assert.ok(low < value && value < high);
  assert.ok(range !== null && range[0] < 0 && range[1] > 0);
  assert.ok(Math.abs((observed ?? NaN) - 0.1) < 0.01, String(observed));
  assert.equal(p, 0.01);
});

Deno.test("placePlacebos() keeps the difficulty of the parts, for baselines to decide", async () => {
  const of = async (keeps: "sizes" | "difficulty") =>
    await runTask(placePlacebos, {
      ...planted,
      parts: truth,
      keeps,
      draws: 40,
      seed: 1,
      level,
    });
  const width = ({ range }: Awaited<ReturnType<typeof of>>) =>
    (range?.[1] ?? NaN) - (range?.[0] ?? NaN);
  // What baselines get wrong is then the same in each placebo: less is left to chance.
  assert.ok(width(await of("difficulty")) < width(await of("sizes")));
});

Deno.test("placePlacebos() deals no parts of fewer than 50 examples", async () => {
  const parts = partsOf(Array.from({ length: 2 * HALF }, (_, i) => i < 3));
  const { mean, range, observed, p } = await runTask(
    placePlacebos,
    {
      ...planted,
      parts,
      keeps: "sizes",
      draws: 9,
      seed: 1,
      level,
    } as const,
  );
  assert.deepEqual(mean, {
    tooFew: 3,
    unit: "points",
    title: "parts of the same sizes",
  });
  assert.deepEqual([range, observed, p], [null, null, null]);
});

Deno.test("matchDifficulty() leaves the gain out of support, weighted to be as difficult as in support", async () => {
  const { parts, covered } = await runTask(matchDifficulty, {
    parts: truth,
    judges: planted.baselines.map(({ hits }) => hits),
  });
  assert.equal(covered, 1);
  const weights = weightsIn(parts, "out of support");
  assert.ok(new Set(weights).size > 2);
  const { outEstimate, outOfSupport, inSupport } = await runTask(measureSplit, {
    ...planted,
    parts,
    level,
  });
  // Now the baselines are as good out of support as in support …
  const accuracies = (part: typeof inSupport) =>
    part?.baselines.map(({ shifted }) => shifted) ?? [];
  for (const [i, accuracy] of accuracies(outOfSupport).entries()) {
    assert.ok(Math.abs(accuracy - (accuracies(inSupport)[i] ?? NaN)) < 1e-9);
  }
  // … and the networks still are better than their line.
  assert.ok((outEstimate as Estimate).low > 0.02);
});

Deno.test("mixShifts() takes the first half as in support and the second as out of support", async () => {
  const [inSupport, outOfSupport] = [randomImages(5, 1), randomImages(5, 2)];
  const { images, truth } = await runTask(mixShifts, {
    inSupport,
    outOfSupport,
  });
  assert.deepEqual([...truth.inSupport], [1, 1, 0, 0, 0]);
  const at = ({ images }: typeof inSupport, i: number) =>
    images.subarray(12 * i, 12 * i + 12);
  assert.deepEqual(at(images, 1), at(inSupport, 1));
  assert.deepEqual(at(images, 2), at(outOfSupport, 2));
  await assert.rejects(
    runTask(mixShifts, { inSupport, outOfSupport: randomImages(4, 2) }),
    new RangeError(
      "Cannot mix two shifts of the same images: there are 5 in support and 4 out of support",
    ),
  );
});

Deno.test("drawExamples() draws from one part, and says how many there are", async () => {
  const images = randomImages(9, 1);
  const draw = async (name: "in support" | "out of support") =>
    await runTask(drawExamples, {
      images,
      part: { parts: partsOf(new Array(9).fill(false)), name },
      n: 6,
      columns: 3,
      seed: 1,
    });
  const { width, height, count } = await draw("out of support");
  assert.deepEqual([width, height, count], [16, 10, 9]);
  const none = await draw("in support");
  assert.deepEqual([none.width, none.height, none.count], [1, 1, 0]);
});

Deno.test("recordHits() says of each image whether each network is right", async () => {
  const zero = (...shape: readonly number[]) => ({
    shape,
    data: new Float32Array(shape.reduce((product, side) => product * side, 1)),
  });
  const always = (label: number) => {
    const bias = zero(4);
    bias.data[label] = 1;
    return {
      "layer1.kernel": zero(12, 2),
      "layer1.bias": zero(2),
      "head.kernel": zero(2, 4),
      "head.bias": bias,
    };
  };
  const args = {
    name: "scratch",
    seed: 101,
    model: mlp,
    modelOptions: { width: 2, layers: 1 },
    images: { ...randomImages(4, 1), labels: Uint8Array.of(0, 1, 1, 3) },
  };
  const { networks } = await recordHits.task.run({
    ...args,
    networks: { final: always(3), "10": always(1), "9": always(0) },
  }, contextOnCpu());
  assert.deepEqual(networks, [
    { epoch: 9, right: Uint8Array.of(1, 0, 0, 0) },
    { epoch: 10, right: Uint8Array.of(0, 1, 1, 0) },
    { right: Uint8Array.of(0, 0, 0, 1) },
  ]);
  await assert.rejects(
    async () =>
      await recordHits.task.run(
        { ...args, networks: { best: always(1) } },
        contextOnCpu(),
      ),
    new TypeError(
      'Cannot record hits of network "best": it is named neither after an epoch nor "final"',
    ),
  );
});
