import assert from "node:assert/strict";
import {
  correctionsOf,
  type CorrectionTrials,
  judgesOf,
} from "../../../shifts/measure/corrections.ts";
import { stream } from "../../../engine/define/random.ts";

const bits = (...values: number[]) => Uint8Array.from(values);

// Image by image: 0 always right; 1 to 4 always wrong from scratch.
const scratch = bits(1, 0, 0, 0, 0);

Deno.test("correctionsOf() counts what each corrects, what both do, and what the combination keeps", () => {
  const found = correctionsOf({
    scratch: [scratch, scratch],
    others: [scratch],
    intervened: [bits(1, 1, 1, 0, 0), bits(1, 1, 1, 0, 0)],
    pretrained: [bits(0, 0, 1, 1, 1)],
    both: [bits(1, 1, 1, 1, 0)],
  })();
  assert.equal(found.often, 4 / 5);
  assert.equal(found.intervened, 2 / 5);
  assert.equal(found.pretrained, 3 / 5);
  assert.equal(found.overlap, 1 / 5);
  assert.equal(found.jaccard, 1 / 4);
  // Of four, sets of two and three share 3/2 on average, of 7/2.
  assert.equal(found.independent, 3 / 7);
  assert.equal(found.keptOfPretrained, 2 / 3);
  assert.equal(found.keptOfIntervened, 1);
});

Deno.test("correctionsOf() judges two networks by the others, never by themselves, and the intervention by the same examples", () => {
  const some = (...right: number[]) => right.map((one) => bits(one));
  const [one, ...two] = some(1, 1, 1);
  assert.ok(one !== undefined);
  const rest = { pretrained: [one], both: [one] };
  // One image, that the third network says is wrong or not, whatever the two do.
  for (const [judge, often] of [[1, 0], [0, 1]] as const) {
    const found = correctionsOf({
      ...rest,
      scratch: some(1 - judge, 1 - judge),
      others: some(judge),
      intervened: two,
    })();
    assert.equal(found.often, often);
    assert.equal(found.overlap, often);
    assert.equal(found.alike.overlap, often);
  }
  // Three pairs, each judged by the third: the first alone is wrong.
  const found = correctionsOf({
    ...rest,
    scratch: some(0, 1, 1),
    others: [],
    intervened: [one, ...two],
  });
  assert.equal(found().often, 1 / 3);
  assert.equal(found({ factor: "scratch", member: 0 }).often, 1);
  assert.equal(found({ factor: "scratch", member: 1 }).often, 0);
});

/** Image k is wrong by k of three judges, and right by all others. */
const judged: CorrectionTrials = {
  scratch: [bits(1, 1, 1, 1), bits(1, 1, 1, 1)],
  others: [bits(1, 0, 0, 0), bits(1, 1, 0, 0), bits(1, 1, 1, 0)],
  intervened: [bits(1, 1, 1, 1), bits(1, 1, 1, 1)],
  pretrained: [bits(1, 1, 0, 1)],
  both: [bits(1, 1, 1, 1)],
};

Deno.test("correctionsOf() takes as often wrong what so many judges get wrong, half of them where not told", () => {
  assert.equal(judgesOf(judged), 3);
  const found = [undefined, 0, 1, 2, 3].map((least) =>
    correctionsOf(judged, least === undefined ? {} : { least })()
  );
  assert.deepEqual(found.map(({ often }) => often), [
    2 / 4,
    1,
    3 / 4,
    2 / 4,
    1 / 4,
  ]);
  assert.deepEqual(found.map(({ jaccard }) => jaccard), [
    1 / 2,
    3 / 4,
    2 / 3,
    1 / 2,
    1,
  ]);
  for (const least of [4, -1, NaN]) {
    assert.throws(() => correctionsOf(judged, { least }), {
      name: "RangeError",
      message:
        `Cannot take examples that ${least} networks from scratch get wrong: there are 3 to judge by`,
    });
  }
});

Deno.test("correctionsOf() finds the overlap of independent draws between networks that are right at random", () => {
  const random = stream(3, "corrections test");
  const coins = () =>
    Uint8Array.from({ length: 5000 }, () => random.uniform() < 0.5 ? 1 : 0);
  const some = (n: number) => Array.from({ length: n }, coins);
  const { jaccard, independent, alike } = correctionsOf({
    scratch: some(4),
    others: some(4),
    intervened: some(4),
    pretrained: some(3),
    both: some(3),
  })();
  assert.ok(Math.abs(jaccard - 1 / 3) < 0.02, `${jaccard}`);
  assert.ok(Math.abs(jaccard - independent) < 0.02, `${independent}`);
  assert.ok(Math.abs(jaccard - alike.jaccard) < 0.03, `${alike.jaccard}`);
  assert.ok(Math.abs(alike.jaccard - alike.independent) < 0.03);
});

Deno.test("correctionsOf() throws when interventions do not fit the networks", () => {
  assert.throws(
    () =>
      correctionsOf({
        scratch: [scratch],
        others: [],
        intervened: [scratch],
        pretrained: [scratch],
        both: [],
      }),
    {
      name: "RangeError",
      message:
        "Cannot compare corrections: 1 networks from scratch with 1 interventions and 1 pre-trained ones with 0 need two of the first and another one from scratch, one of the second, and an intervention each",
    },
  );
});
