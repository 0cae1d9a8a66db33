import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { mean, standardDeviation } from "../../../stats/intervals/mean.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import {
  imageError,
  type JudgedPoint,
} from "../../../stats/lines/image_error.ts";
import { lineErrorOverRuns } from "../../../stats/lines/line_error_over_runs.ts";
import { testSetError } from "../../../stats/lines/line_leverage.ts";
import type { Point } from "../../../stats/lines/point.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";

const SIZE = 4000;

function judged(
  model: string,
  referenceHits: readonly number[],
  shiftedHits: readonly number[],
): JudgedPoint {
  const [reference, shifted] = [mean(referenceHits), mean(shiftedHits)];
  return {
    model,
    reference,
    shifted,
    referenceSize: referenceHits.length,
    shiftedSize: shiftedHits.length,
    referenceHits,
    shiftedHits,
  };
}

/** Networks on the same images, some of which are hard for all, some for one kind of network. */
function drawn(kinds: readonly (readonly number[])[], byKind: 0 | 1 = 1) {
  const { uniform } = stream(1, "image error");
  const draws = () => Array.from({ length: SIZE }, () => uniform());
  const forAll = draws();
  return kinds.map((levels, kind) => {
    const forKind = [draws(), draws()];
    return levels.map((level, k) => {
      const hits = (set: 0 | 1) => {
        const own = draws();
        return forAll.map((hard, i) =>
          hard + byKind * (forKind[set]?.[i] ?? NaN) + (own[i] ?? NaN) <
              (2 + byKind) * (level - set / 20)
            ? 1
            : 0
        );
      };
      return judged(`network ${kind}.${k}`, hits(0), hits(1));
    });
  });
}

const LEVELS = [[0.6, 0.62, 0.61], [
  0.42,
  0.45,
  0.48,
  0.49,
  0.5,
  0.52,
  0.53,
  0.55,
  0.57,
]];
const [photos = [], baselines = []] = drawn(LEVELS);
const runs = baselines.map((point) => [point]);
const line = fitLine(baselines);

for (
  const [name, inRuns] of [
    ["finished networks", runs],
    [
      "runs of checkpoints",
      [0, 1, 2].map((run) => baselines.filter((_, j) => j % 3 === run)),
    ],
  ] as const
) {
  Deno.test(`the error of the images is what a bootstrap over images gives, less what it adds to the variances between networks and of the line through ${name}`, () => {
    const error = imageError(photos, { runs: inRuns, line, images: "same" });
    const measure = (
      networks: readonly Point[],
      runs: readonly (readonly Point[])[],
    ) => {
      const line = fitLine(runs.flat());
      const own = networks.map((point) =>
        effectiveRobustness(point, { line }).er
      );
      const { standardError } = lineErrorOverRuns(networks, { runs, line });
      const held = standardDeviation(own) ** 2 / own.length +
        standardError ** 2;
      return { mean: mean(own), held };
    };
    const { integer } = stream(2, "bootstrap");
    const resampled = Array.from({ length: 500 }, () => {
      const times = new Float64Array(SIZE);
      for (let i = 0; i < SIZE; i++) {
        const chosen = integer(SIZE);
        times[chosen] = (times[chosen] ?? NaN) + 1;
      }
      const again = ({ model, referenceHits, shiftedHits }: JudgedPoint) => {
        const of = (hits: ArrayLike<number>) =>
          times.reduce((sum, many, i) => sum + many * (hits[i] ?? NaN), 0) /
          SIZE;
        const [reference, shifted] = [of(referenceHits), of(shiftedHits)];
        return { model, reference, shifted };
      };
      return measure(photos.map(again), inRuns.map((run) => run.map(again)));
    });
    const bootstrap = standardDeviation(resampled.map(({ mean }) => mean)) ** 2;
    const held = mean(resampled.map(({ held }) => held)) -
      measure(photos, inRuns).held;
    assert.ok(held > bootstrap / 10, "what is taken off matters");
    const expected = Math.sqrt(bootstrap - held);
    assert.ok(
      Math.abs(error / expected - 1) < 0.1,
      `${error} instead of ${expected}`,
    );
  });
}

Deno.test("images that are hard for all cancel, and what is left is held by the spreads where no image is hard for one kind alone", () => {
  const binomial = testSetError(photos, { line, testSets: "shared" });
  assert.ok(binomial !== null);
  const error = imageError(photos, { runs, line, images: "same" });
  assert.ok(error > binomial / 4 && error < binomial, `${error}, ${binomial}`);

  const [alike = [], others = []] = drawn(LEVELS, 0);
  const left = imageError(alike, {
    runs: others.map((point) => [point]),
    line: fitLine(others),
    images: "same",
  });
  assert.ok(left < binomial / 4, `${left}, ${binomial}`);
});

Deno.test("of disjoint sets the order of one has nothing to do with that of the other", () => {
  const turned = (point: JudgedPoint): JudgedPoint => {
    const { shiftedHits } = point;
    const hits = Array.from(
      { length: shiftedHits.length },
      (_, i) => shiftedHits[(i + 7) % shiftedHits.length] ?? NaN,
    );
    return { ...point, shiftedHits: hits };
  };
  const errors = (images: "same" | "disjoint") =>
    [
      imageError(photos, { runs, line, images }),
      imageError(photos.map(turned), {
        runs: runs.map((run) => run.map(turned)),
        line,
        images,
      }),
    ] as const;
  const [disjoint, turnedDisjoint] = errors("disjoint");
  close(disjoint, turnedDisjoint);
  const [same, turnedSame] = errors("same");
  assert.notEqual(same, turnedSame);
});

Deno.test("disjoint sets may differ in size", () => {
  const fewer = (point: JudgedPoint): JudgedPoint => {
    const shiftedHits = Array.from(point.shiftedHits).slice(0, SIZE / 2);
    return { ...point, shifted: mean(shiftedHits), shiftedHits };
  };
  const options = { runs: runs.map((run) => run.map(fewer)), line };
  const halved = photos.map(fewer);
  assert.ok(imageError(halved, { ...options, images: "disjoint" }) > 0);
  assert.throws(
    () => imageError(halved, { ...options, images: "same" }),
    /model "network 0\.0" has hits of 2000 shifted images instead of 4000/,
  );
});

Deno.test("one run is refused: it has no spread", () => {
  assert.throws(
    () => imageError(photos, { runs: [baselines], line, images: "same" }),
    /the line has 1, and 2 or more are needed/,
  );
});

Deno.test("hits that do not make the accuracy are refused", () => {
  const [first] = photos;
  assert.ok(first);
  assert.throws(
    () =>
      imageError([{ ...first, reference: 0.5 }], {
        runs,
        line,
        images: "same",
      }),
    /model "network 0\.0" has the reference accuracy 0\.5, and its hits make 0\.\d+/,
  );
});
