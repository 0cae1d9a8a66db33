import assert from "node:assert/strict";
import { correctionsOf } from "../../../shifts/measure/corrections.ts";
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
  assert.equal(found.keptOfPretrained, 2 / 3);
  assert.equal(found.keptOfIntervened, 1);
});

Deno.test("correctionsOf() judges a network by the others, never by itself", () => {
  // Image 0: the first network is wrong, the other two are right: nothing to correct by it.
  const found = correctionsOf({
    scratch: [bits(0), bits(1)],
    others: [bits(1)],
    intervened: [bits(1), bits(1)],
    pretrained: [bits(1)],
    both: [bits(1)],
  });
  // Beside the first: right, right. Beside the second: wrong, right, which is half.
  assert.equal(found().often, 1 / 2);
  assert.equal(found({ factor: "scratch", member: 1 }).often, 0);
});

Deno.test("correctionsOf() finds no overlap beyond chance between networks that are right at random", () => {
  const random = stream(3, "corrections test");
  const coins = () =>
    Uint8Array.from({ length: 5000 }, () => random.uniform() < 0.5 ? 1 : 0);
  const some = (n: number) => Array.from({ length: n }, coins);
  const { jaccard, chance } = correctionsOf({
    scratch: some(4),
    others: some(4),
    intervened: some(4),
    pretrained: some(3),
    both: some(3),
  })();
  assert.ok(Math.abs(jaccard - 1 / 3) < 0.02, `${jaccard}`);
  assert.ok(Math.abs(jaccard - chance.jaccard) < 0.03, `${chance.jaccard}`);
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
        "Cannot compare corrections: 1 networks from scratch with 1 interventions and 1 pre-trained ones with 0 need two of the first, one of the second, and an intervention each",
    },
  );
});
