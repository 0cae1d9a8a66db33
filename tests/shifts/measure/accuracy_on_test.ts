import assert from "node:assert/strict";
import fc from "../../property.ts";
import { accuracyOf, accuracyOn } from "../../../shifts/measure/accuracy_on.ts";
import type { Counts, Evaluation } from "../../../shifts/measure/evaluation.ts";
import { labelShiftMixture } from "../../../shifts/label_shift.ts";
import { tintMixture } from "../../../shifts/tint.ts";
import { evaluationOf } from "../evaluations.ts";

/** Counts of `classes` classes, each with some images. */
function someCounts(classes: number): fc.Arbitrary<Counts> {
  return fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    { minLength: classes, maxLength: classes },
  ).map((rows) => ({
    correct: rows.map(([n, share]) => Math.round(n * share)),
    total: rows.map(([n]) => n),
  }));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** `n` shares with sum 1. */
function someShares(n: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.integer({ min: 0, max: 100 }), {
    minLength: n,
    maxLength: n,
  })
    .filter((parts) => parts.some((part) => part > 0))
    .map((parts) => {
      const sum = parts.reduce((a, b) => a + b, 0);
      return parts.map((part) => part / sum);
    });
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
const near = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${a} ${b}`);

Deno.test("accuracyOn() is the share of right predictions when a set is taken as it is", () => {
  fc.assert(fc.property(someCounts(4), (plain) => {
    const { accuracy, size } = accuracyOn({ plain }, { sets: { plain: 1 } });
    near(accuracy, sum(plain.correct) / sum(plain.total));
    near(size, sum(plain.total));
  }));
});

Deno.test("accuracyOn() is p own + (1 - p) random for a tint's reference distribution", () => {
  fc.assert(
    fc.property(share, someCounts(3), someCounts(3), (p, own, random) => {
      const { reference, shifted } = tintMixture(p);
      const alone = (counts: Counts) =>
        accuracyOn({ only: counts }, { sets: { only: 1 } }).accuracy;
      const sets = { own, random };
      near(
        accuracyOn(sets, reference).accuracy,
        p * alone(own) + (1 - p) * alone(random),
      );
      near(accuracyOn(sets, shifted).accuracy, alone(random));
    }),
  );
});

Deno.test("accuracyOn() does not depend on the order of classes", () => {
  fc.assert(fc.property(someCounts(4), someShares(4), (plain, classes) => {
    const reversed = {
      correct: plain.correct.toReversed(),
      total: plain.total.toReversed(),
    };
    const sets = { plain: 1 };
    const a = accuracyOn({ plain }, { sets, classes });
    const b = accuracyOn(
      { plain: reversed },
      { sets, classes: classes.toReversed() },
    );
    near(a.accuracy, b.accuracy);
    near(a.size, b.size);
  }));
});

Deno.test("accuracyOn() does not depend on the order of sets", () => {
  fc.assert(fc.property(share, someCounts(3), someCounts(3), (p, a, b) => {
    const one = accuracyOn({ a, b }, { sets: { a: p, b: 1 - p } });
    const other = accuracyOn({ b, a }, { sets: { b: 1 - p, a: p } });
    near(one.accuracy, other.accuracy);
    near(one.size, other.size);
  }));
});

Deno.test("accuracyOn() lies between the accuracies of its parts", () => {
  fc.assert(fc.property(
    share,
    someCounts(3),
    someCounts(3),
    someShares(3),
    (p, a, b, classes) => {
      const { accuracy, size } = accuracyOn(
        { a, b },
        { sets: { a: p, b: 1 - p }, classes },
      );
      const parts = [a, b].flatMap(({ correct, total }) =>
        correct.map((right, i) => right / (total[i] as number))
      );
      assert.ok(accuracy >= Math.min(...parts) - 1e-12);
      assert.ok(accuracy <= Math.max(...parts) + 1e-12);
      assert.ok(size <= Math.max(sum(a.total), sum(b.total)) + 1e-9);
    },
  ));
});

Deno.test("accuracyOn() weights the classes of a label shift, with fewer images behind it", () => {
  const mixture = labelShiftMixture({ pMinority: 0.2, seed: 0, classes: 10 });
  const minority = (mixture.reference.classes ?? []).map((share) =>
    share < 0.1
  );
  const plain = {
    correct: minority.map((isMinority) => isMinority ? 300 : 800),
    total: minority.map(() => 1000),
  };
  const reference = accuracyOn({ plain }, mixture.reference);
  const shifted = accuracyOn({ plain }, mixture.shifted);
  near(reference.accuracy, 0.8 * 0.8 + 0.2 * 0.3);
  near(shifted.accuracy, 0.2 * 0.8 + 0.8 * 0.3);
  // 1 / Σ w² / n with five weights of 0.16 and five of 0.04.
  near(reference.size, 1000 / (5 * 0.16 ** 2 + 5 * 0.04 ** 2));
  near(shifted.size, reference.size);
});

Deno.test("accuracyOn() counts versions of the same images once", () => {
  const set = { correct: [3, 4], total: [10, 10] };
  const { size } = accuracyOn({ own: set, random: set }, {
    sets: { own: 0.5, random: 0.5 },
  });
  near(size, 20);
});

Deno.test("accuracyOn() is 1 exactly when every prediction is right", () => {
  fc.assert(fc.property(someShares(7), (classes) => {
    const all = { correct: Array(7).fill(3), total: Array(7).fill(3) };
    const distribution = { sets: { a: 0.1, b: 0.9 }, classes };
    assert.equal(accuracyOn({ a: all, b: all }, distribution).accuracy, 1);
  }));
});

Deno.test("accuracyOn() does not look at what has no share", () => {
  const plain = { correct: [1, 0], total: [2, 0] };
  const { accuracy } = accuracyOn({ plain }, {
    sets: { plain: 1, missing: 0 },
    classes: [1, 0],
  });
  assert.equal(accuracy, 0.5);
});

const plain: Counts = { correct: [1, 1], total: [2, 2] };

Deno.test("accuracyOn() throws when the shares of sets do not sum to 1", () => {
  assert.throws(
    () => accuracyOn({ plain }, { sets: { plain: 0.75 } }),
    {
      name: "RangeError",
      message:
        "Cannot mix accuracies: the shares of each set sum to 0.75, not 1",
    },
  );
});

Deno.test("accuracyOn() throws when the share of a class is negative", () => {
  assert.throws(
    () => accuracyOn({ plain }, { sets: { plain: 1 }, classes: [1.5, -0.5] }),
    {
      name: "RangeError",
      message: 'Cannot mix accuracies: the share of class "1" is -0.5',
    },
  );
});

Deno.test("accuracyOn() throws when there are shares of other classes than counted", () => {
  assert.throws(
    () => accuracyOn({ plain }, { sets: { plain: 1 }, classes: [1] }),
    {
      name: "RangeError",
      message:
        "Cannot mix accuracies: there are shares of 1 classes, but counts of 2",
    },
  );
});

Deno.test("accuracyOn() throws when a set was not evaluated", () => {
  assert.throws(() => accuracyOn({ plain }, { sets: { own: 1 } }), {
    name: "RangeError",
    message: 'Cannot mix accuracies: there are no counts of set "own"',
  });
});

Deno.test("accuracyOn() throws when a class with a share has no images", () => {
  const empty = { correct: [1, 0], total: [2, 0] };
  assert.throws(
    () => accuracyOn({ empty }, { sets: { empty: 1 }, classes: [0.5, 0.5] }),
    {
      name: "RangeError",
      message: 'Cannot mix accuracies: set "empty" has no images of class 1',
    },
  );
});

const evaluation: Evaluation = evaluationOf({
  name: "photo, seed 301",
  seed: 301,
  classes: ["a", "b"],
  networks: [
    { epoch: 2, sets: { selection: { correct: [1, 1], total: [4, 4] } } },
    { sets: { selection: { correct: [4, 1], total: [4, 4] } } },
  ],
});

Deno.test("accuracyOf() takes the finished network", () => {
  assert.equal(accuracyOf(evaluation, "selection"), 0.625);
});

Deno.test("accuracyOf() throws when the finished network was not evaluated", () => {
  const unfinished = {
    ...evaluation,
    networks: evaluation.networks.slice(0, 1),
  };
  assert.throws(() => accuracyOf(unfinished, "selection"), {
    name: "RangeError",
    message:
      'Cannot take an accuracy of "photo, seed 301": it was not evaluated when finished',
  });
});
