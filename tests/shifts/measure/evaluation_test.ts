import assert from "node:assert/strict";
import { safetensors } from "../../../engine/define/safetensors.ts";
import {
  type Evaluation,
  evaluations,
  judgedSet,
} from "../../../shifts/measure/evaluation.ts";

const labels = {
  own: Uint8Array.of(0, 1, 1),
  random: Uint8Array.of(0, 1, 1, 0),
};
const sets = (own: readonly number[], random: readonly number[]) => ({
  own: judgedSet(Uint8Array.from(own), { labels: labels.own, classes: 3 }),
  random: judgedSet(Uint8Array.from(random), {
    labels: labels.random,
    classes: 3,
  }),
});
const run: Evaluation = {
  name: "scratch",
  seed: 101,
  classes: ["a", "b", "c"],
  labels,
  networks: [
    { epoch: 3, sets: sets([1, 0, 1], [0, 0, 0, 1]) },
    { sets: sets([1, 1, 1], [0, 1, 1, 1]) },
  ],
};

Deno.test("judgedSet() counts by class what is right", () => {
  const { correct, total } = sets([1, 0, 1], [0, 0, 0, 0]).own;
  assert.deepEqual([correct, total], [[1, 1, 0], [1, 2, 0]]);
});

Deno.test("evaluations reads what it writes", () => {
  assert.deepEqual(evaluations.decode(evaluations.encode(run)), run);
});

Deno.test("evaluations refuses networks that were judged on other images, and other files", () => {
  assert.throws(
    () =>
      evaluations.encode({
        ...run,
        labels: { ...labels, plain: new Uint8Array(5) },
      }),
    new TypeError(
      'Cannot encode the evaluation of "scratch": a network was judged on 0 of 5 images of set "plain"',
    ),
  );
  assert.throws(
    () => evaluations.encode({ ...run, labels: { own: labels.random } }),
    /judged on 3 of 4 images of set "own"/,
  );
  const { arrays, metadata } = safetensors.decode(evaluations.encode(run));
  const { "right/random": _, ...others } = arrays;
  const other = safetensors.encode({ arrays: others, metadata });
  assert.throws(
    () => evaluations.decode(other),
    new TypeError(
      'Cannot decode an evaluation: set "random" needs whole numbers as labels, and an array "right/random" [network, image] of 8 bits',
    ),
  );
});
