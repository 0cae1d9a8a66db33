import assert from "node:assert/strict";
import { pacesOf, secondsLike } from "../../../cli/display/pace.ts";

const MLP = { task: "train", alike: "train mlp", imageSteps: 6000 };
const VIT = { task: "train", alike: "train vit", imageSteps: 1000 };
const LOAD = { task: "load", alike: "load", imageSteps: undefined };

Deno.test("secondsLike() takes trainings of one model in proportion to their image-steps", () => {
  const paces = pacesOf([
    [MLP, { work: 6000, seconds: 30 }],
    [VIT, { work: 1000, seconds: 50 }],
  ]);
  assert.equal(secondsLike({ ...MLP, imageSteps: 2000 }, paces), 10);
  assert.equal(secondsLike({ ...VIT, imageSteps: 2000 }, paces), 100);
});

Deno.test("secondsLike() takes a model that has not run by its task, other stages by their mean", () => {
  const paces = pacesOf([
    [MLP, { work: 6000, seconds: 30 }],
    [LOAD, { work: 1, seconds: 1 }],
    [LOAD, { work: 1, seconds: 3 }],
  ]);
  assert.equal(secondsLike(VIT, paces), 5);
  assert.equal(secondsLike(LOAD, paces), 2);
  assert.equal(
    secondsLike({ ...LOAD, task: "a", alike: "a" }, paces),
    undefined,
  );
});

Deno.test("pacesOf() leaves out a training of which the amount cannot be told, and secondsLike() says so", () => {
  const unknown = { ...VIT, imageSteps: NaN };
  assert.equal(
    secondsLike(VIT, pacesOf([[unknown, { work: NaN, seconds: 9 }]])),
    undefined,
  );
  const paces = pacesOf([[MLP, { work: 6000, seconds: 30 }]]);
  assert.ok(Number.isNaN(secondsLike(unknown, paces)));
});
