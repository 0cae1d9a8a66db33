import assert from "node:assert/strict";
import { influencesOf } from "../../../shifts/measure/influence.ts";
import { judgeOn, placeOn } from "../../../shifts/measure/place_on.ts";
import { tintMixture } from "../../../shifts/tint.ts";
import { evaluationOf } from "../evaluations.ts";

const set = (...correct: readonly number[]) => ({
  correct,
  total: correct.map(() => 10),
});
const evaluation = evaluationOf({
  name: "scratch",
  seed: 101,
  classes: ["a", "b"],
  networks: [
    { epoch: 4, sets: { own: set(6, 6), random: set(2, 4) } },
    { sets: { own: set(10, 10), random: set(4, 8) } },
  ],
});

Deno.test("judgeOn() places networks as placeOn() does, with what each image adds to both accuracies", () => {
  const distributions = tintMixture(0.5);
  const judged = judgeOn(evaluation, distributions);
  const { labels, networks: [first] } = evaluation;
  assert.deepEqual(
    judged.map(({ referenceInfluence: _, shiftedInfluence: __, ...point }) =>
      point
    ),
    placeOn(evaluation, distributions),
  );
  assert.ok(first);
  for (const name of ["reference", "shifted"] as const) {
    assert.deepEqual(
      judged[0]?.[`${name}Influence`],
      influencesOf(first, { labels, distribution: distributions[name] }),
    );
  }
});
