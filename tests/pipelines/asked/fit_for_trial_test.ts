import assert from "node:assert/strict";
import type { AskedImages } from "../../../data/asked/asked_inputs.ts";
import { foldsOf } from "../../../data/images/folds.ts";
import { askedPipeline } from "../../../pipelines/asked/asked.ts";
import {
  isFitForTrial,
  whyNotToldApart,
} from "../../../pipelines/asked/fit_for_trial.ts";
import { TRIAL_SCALES } from "../../../pipelines/asked/trial.ts";
import { IMAGES } from "./images.ts";

const scale = TRIAL_SCALES.default;
const cannot = "Cannot train networks to tell test from shifted images";

/** So many images of groups in turn. */
const inGroups = (n: number, groups: number, name = "p") => ({
  n,
  groups: Array.from({ length: n }, (_, i) => `${name}${i % groups}`),
});

Deno.test("whyNotToldApart() says how many images a network would learn from, and how many it needs", () => {
  assert.equal(
    whyNotToldApart({ test: { n: 16 }, shifted: { n: 20 } }, scale),
    `${cannot}: of all 36 some would learn from 28, and at least 32 are needed; add some, or train none, with --quick`,
  );
  assert.equal(
    whyNotToldApart({ test: { n: 20 }, shifted: { n: 20 } }, scale),
    undefined,
  );
  // Another scale needs other numbers.
  assert.equal(
    whyNotToldApart({ test: { n: 16 }, shifted: { n: 20 } }, {
      batchSize: 16,
      split: { folds: 2, epochs: 1 },
    }),
    undefined,
  );
});

Deno.test("whyNotToldApart() refuses just what the folds of the trial leave too little of", () => {
  const { batchSize, split: { folds } } = scale;
  for (let n = folds; n < 30; n++) {
    for (const groups of [0, 4, 7]) {
      const [test, shifted] = groups === 0
        ? [{ n }, { n: 21 }]
        : [inGroups(n, groups), inGroups(21, groups, "q")];
      const dealt = foldsOf([shifted, test], { folds, seed: 0 })
        .flatMap((of) => [...of]);
      const learnt = Array.from(
        { length: folds },
        (_, fold) => dealt.filter((of) => of !== fold).length,
      );
      const isEnough = learnt.every((left) => left >= batchSize);
      assert.equal(
        whyNotToldApart({ test, shifted }, scale) === undefined,
        isEnough,
        `${n} test images in ${groups} groups`,
      );
    }
  }
});

Deno.test("whyNotToldApart() counts groups, of both sets together and of each", () => {
  const end = "or train none, with --quick";
  assert.equal(
    whyNotToldApart(
      { test: inGroups(100, 2), shifted: inGroups(100, 2, "q") },
      scale,
    ),
    `${cannot}: they are of 4 groups, and at least 5 are needed; add some of others, ${end}`,
  );
  // Two groups are in both.
  assert.match(
    whyNotToldApart(
      { test: inGroups(99, 3), shifted: inGroups(99, 4) },
      scale,
    ) ??
      "",
    /: they are of 4 groups, /,
  );
  assert.equal(
    whyNotToldApart({ test: { n: 100 }, shifted: inGroups(100, 1) }, scale),
    `${cannot}: all shifted ones are of one group; add some of others, ${end}`,
  );
  assert.equal(
    whyNotToldApart({ test: { n: 100 }, shifted: { n: 0 } }, scale),
    `${cannot}: 0 shifted ones are too few, and at least 5 are needed; add some, ${end}`,
  );
  assert.equal(
    whyNotToldApart(
      { test: { n: 100 }, shifted: inGroups(100, 4) },
      scale,
    ),
    undefined,
  );
});

Deno.test("isFitForTrial() asks for two batches of reference images besides", () => {
  const both = { test: { n: 100 }, shifted: { n: 100 } };
  for (const [n, isFit] of [[63, false], [64, true]] as const) {
    assert.equal(isFitForTrial({ ...both, reference: { n } }, scale), isFit);
  }
});

function asked(
  counts: Readonly<Record<"given" | "distinct", number>>,
  changes: Partial<AskedImages> = {},
) {
  const counted = (n: number) => ({
    reference: { n: 100 },
    test: { n: 16 },
    shifted: { n },
  });
  return askedPipeline({
    ...IMAGES,
    ...changes,
    counted: {
      given: counted(counts.given),
      distinct: counted(counts.distinct),
    },
  }, "field");
}

Deno.test("askedPipeline() refuses images that are too few for the trial, but asks nothing of them where there is none", () => {
  assert.throws(
    () => asked({ given: 20, distinct: 20 }),
    new RangeError(
      `${cannot}: of all 36 some would learn from 28, and at least 32 are needed; add some, or train none, with --quick`,
    ),
  );
  asked({ given: 20, distinct: 20 }, { quick: true });
  asked({ given: 20, distinct: 20 }, { isLabelled: false });
});
