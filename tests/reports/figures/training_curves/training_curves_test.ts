import assert from "node:assert/strict";
import { trainingCurves } from "../../../../reports/figures/training_curves/training_curves.ts";
import type { TrainingCurvesFigure } from "../../../../reports/value/training_curves_figure.ts";
import { assertSameTwice, hoverTitles, words } from "../parse_svg.ts";
import { saidOf } from "../said_of.ts";

const history = (losses: readonly number[]) =>
  losses.map((loss, i) => ({ epoch: i + 1, loss }));

const figure: TrainingCurvesFigure = {
  kind: "training-curves",
  id: "training",
  title: "Training from scratch",
  note: "A note.",
  runs: [
    { name: "scratch <a>", seed: 1, history: history([2, 1, 0.5]) },
    { name: "scratch <a>", seed: 2, history: history([2.2, 1.2, 0.7]) },
    { name: "fine-tuned", seed: 1, history: history([0.4]) },
  ],
  checkpoints: [3, 2].map((epoch) => ({
    model: "scratch",
    seed: 2,
    epoch,
    reference: epoch / 5,
    shifted: epoch / 6,
  })),
};

Deno.test("trainingCurves() gives the same bytes twice", () => {
  assertSameTwice(() => trainingCurves(figure));
});

Deno.test("trainingCurves() says how far the losses fell", () => {
  const { description, ...drawn } = trainingCurves(figure);
  assert.equal(
    description,
    "Over 3 epochs the mean loss of 2 scratch <a> training runs went from 2.10 to 0.60. Over 1 epoch the mean loss of 1 fine-tuned training run went from 0.40 to 0.40.",
  );
  assert.match(saidOf(drawn), /A note\..* Checkpoints: 2\.$/);
});

Deno.test("trainingCurves() names training, seed, epoch and number on every mark", () => {
  const titles = hoverTitles(trainingCurves(figure).page);
  assert.equal(titles.length, 7 + 4);
  assert.ok(titles.includes("scratch <a>, seed 2, epoch 3\nloss 0.700"));
  assert.ok(
    titles.includes("scratch, seed 2, epoch 2\nshifted accuracy 33.3%"),
  );
  assert.ok(!trainingCurves(figure).page.includes("<a>"));
});

Deno.test("trainingCurves() writes checkpoints beside the epochs of their seeds", () => {
  const { data } = trainingCurves(figure);
  assert.deepEqual(
    data.rows.find(([, seed, epoch]) => seed === 2 && epoch === 3),
    ["scratch <a>", 2, 3, 0.7, 0.6, 0.5],
  );
  assert.deepEqual(data.rows[0], ["scratch <a>", 1, 1, 2, null, null]);
});

Deno.test("trainingCurves() draws a single epoch", () => {
  const [, , single] = figure.runs;
  assert.ok(single);
  const checkpoints = [{ model: "a", seed: 1, reference: 0.4, shifted: 0.3 }]
    .map((point) => ({ ...point, epoch: 1 }));
  const { file } = trainingCurves({ ...figure, runs: [single], checkpoints });
  assert.ok(words(file).includes("1"));
  assert.doesNotMatch(file, /NaN|Infinity|undefined/);
});

Deno.test("trainingCurves() shows first and last epochs where there are many", () => {
  const losses = Array.from({ length: 50 }, (_, i) => 50 - i);
  const { table } = trainingCurves({
    ...figure,
    runs: [{ name: "long", seed: 3, history: history(losses) }],
  });
  assert.equal(table.rows.length, 50);
  assert.deepEqual(table.selected?.rows.map((row) => row[3]), [
    "50.000",
    "1.000",
  ]);
});

Deno.test("trainingCurves() refuses to draw nothing", () => {
  assert.throws(() => trainingCurves({ ...figure, runs: [] }), {
    name: "RangeError",
    message: 'Cannot draw figure "training": it has no data',
  });
  const runs = [{ name: "none", seed: 4, history: [] }];
  assert.throws(() => trainingCurves({ ...figure, runs }), {
    name: "RangeError",
    message:
      'Cannot draw figure "training": the training "none, seed 4" has no epoch',
  });
});

Deno.test("trainingCurves() tells checkpoints of one seed apart by their name", () => {
  const [first] = figure.runs;
  const runs = ["a", "b"].map((name) => ({
    name,
    seed: first?.seed ?? 0,
    history: history([1]),
  }));
  const checkpoints = ["b", "a"].map((model) => ({
    model,
    seed: first?.seed ?? 0,
    epoch: 1,
    reference: model === "a" ? 0.1 : 0.2,
    shifted: 0.3,
  }));
  const { data } = trainingCurves({ ...figure, runs, checkpoints });
  assert.deepEqual(data.rows.map((row) => [row[0], row[4]]), [
    ["a", 0.1],
    ["b", 0.2],
  ]);
});
