import assert from "node:assert/strict";
import { mlp } from "../../../models/mlp.ts";
import type { Weights } from "../../../models/model/weights.ts";
import { evaluations } from "../../../shifts/measure/evaluation.ts";
import {
  evaluate,
  type EvaluateArgs,
} from "../../../tasks/evaluation/evaluate.ts";
import { randomImages } from "../../shifts/random_images.ts";
import { contextOnCpu } from "../context.ts";

/** Weights of a network that says class `label` whatever it sees. */
function always(label: number): Weights {
  const zero = (...shape: readonly number[]) => ({
    shape,
    data: new Float32Array(shape.reduce((product, side) => product * side, 1)),
  });
  const bias = zero(4);
  bias.data[label] = 1;
  return {
    "layer1.kernel": zero(12, 2),
    "layer1.bias": zero(2),
    "head.kernel": zero(2, 4),
    "head.bias": bias,
  };
}

const plain = {
  ...randomImages(6, 1),
  labels: Uint8Array.of(0, 1, 1, 3, 3, 3),
};
const args: EvaluateArgs = {
  name: "scratch, seed 101",
  seed: 101,
  model: mlp,
  modelOptions: { width: 2, layers: 1 },
  networks: { final: always(3), "10": always(1), "9": always(0) },
  sets: {
    plain,
    other: { ...plain, labels: Uint8Array.of(3, 3, 3, 3, 3, 3) },
  },
};

const run = async (
  changes: Partial<EvaluateArgs>,
  context = contextOnCpu(),
) => await evaluate.task.run({ ...args, ...changes }, context);

Deno.test("evaluate() tells which images are right, and how many of each class, checkpoints by epoch and the finished network last", async () => {
  const sets = (...plain: readonly number[]) => ({
    plain: {
      correct: [0, 1, 2, 3].map((label) =>
        plain.filter((right, i) => right === 1 && labels.plain[i] === label)
          .length
      ),
      total: [1, 2, 0, 3],
      right: Uint8Array.from(plain),
    },
    other: {
      correct: [0, 0, 0, plain[3] === 1 ? 6 : 0],
      total: [0, 0, 0, 6],
      right: new Uint8Array(6).fill(plain[3] ?? NaN),
    },
  });
  const labels = {
    plain: Uint8Array.of(0, 1, 1, 3, 3, 3),
    other: Uint8Array.of(3, 3, 3, 3, 3, 3),
  };
  assert.deepEqual(await run({}), {
    name: "scratch, seed 101",
    seed: 101,
    classes: ["a", "b", "c", "d"],
    labels,
    networks: [
      { epoch: 9, sets: sets(1, 0, 0, 0, 0, 0) },
      { epoch: 10, sets: sets(0, 1, 1, 0, 0, 0) },
      { sets: sets(0, 0, 0, 1, 1, 1) },
    ],
  });
});

Deno.test("evaluate() gives a result that its codec gives back", async () => {
  const evaluation = await run({});
  const bytes = evaluations.encode(evaluation);
  assert.deepEqual(evaluations.decode(bytes), evaluation);
});

Deno.test("evaluate() tells of every set of every network", async () => {
  const context = contextOnCpu();
  await run({}, context);
  assert.deepEqual(
    context.told,
    [1, 2, 3, 4, 5, 6].map((done) => ({ unit: "test set", done, total: 6 })),
  );
});

Deno.test("evaluate() throws when a network is named neither after an epoch nor final", async () => {
  await assert.rejects(() => run({ networks: { best: always(0) } }), {
    name: "TypeError",
    message:
      'Cannot evaluate network "best": it is named neither after an epoch nor "final"',
  });
});

Deno.test("evaluate() throws when the sets differ in class names", async () => {
  const other = { ...plain, classes: ["a", "b", "c", "e"] };
  await assert.rejects(() => run({ sets: { plain, other } }), {
    name: "TypeError",
    message:
      "Cannot evaluate networks: the sets of images differ in class names",
  });
});

Deno.test("evaluate() gives stages that run together what each gets alone, and says so to each", async () => {
  const other = { ...plain, labels: Uint8Array.of(3, 3, 3, 3, 3, 3) };
  const all: EvaluateArgs[] = [
    args,
    { ...args, name: "second", seed: 102, networks: { final: always(2) } },
    { ...args, name: "third", seed: 103, sets: { plain, other } },
  ];
  const stages = all.map((args) => ({ args, context: contextOnCpu() }));
  const ends = await evaluate.task.together?.run(stages);
  const alone = [];
  for (const args of all) alone.push(await run(args));
  assert.deepEqual(
    ends,
    alone.map((value) => ({ status: "fulfilled", value })),
  );
  assert.deepEqual(
    stages.map(({ context }) => context.told.map(({ done }) => done)),
    [[1, 2, 3, 4, 5, 6], [1, 2], [1, 2, 3, 4, 5, 6]],
  );
});

Deno.test("evaluate() ends one of the stages that run together alone when its networks are to blame", async () => {
  const all = [args, { ...args, networks: { best: always(0) } }];
  const stages = all.map((args) => ({ args, context: contextOnCpu() }));
  const ends = await evaluate.task.together?.run(stages) ?? [];
  assert.deepEqual(
    ends.map((end) => end.status === "rejected" ? end.reason.name : end.value),
    [await run({}), "TypeError"],
  );
});

Deno.test("evaluate() runs together what has one model", () => {
  const group = (changes: object) =>
    JSON.stringify(
      evaluate.task.together?.group({
        model: "a",
        modelOptions: {},
        ...changes,
      }),
    );
  assert.equal(group({ name: "b", sets: {} }), group({}));
  assert.notEqual(group({ model: "b" }), group({}));
});
