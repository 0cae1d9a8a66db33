/**
 * The error that images give, each case of which is held against a second way to
 * compute it: long, since all are on the same drawn networks and influences.
 */
import assert from "node:assert/strict";
import { stream } from "../../../engine/define/random.ts";
import { mean, standardDeviation } from "../../../stats/intervals/mean.ts";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import { estimateErrors } from "../../../stats/lines/estimate_errors.ts";
import {
  imageError,
  type JudgedOverLine,
  type JudgedPoint,
} from "../../../stats/lines/image_error.ts";
import {
  leveragedError,
  lineLeverage,
  testSetError,
} from "../../../stats/lines/line_leverage.ts";
import type { OverLine } from "../../../stats/lines/over_line.ts";
import type { Point } from "../../../stats/lines/point.ts";
import {
  fitLine,
  type Line,
  predict,
} from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";
import { inFull } from "../../full.ts";

const SIZE = 4000;

/** A network with 1 for each image that it gets right and 0 for the others. */
interface HitPoint extends JudgedPoint {
  readonly hits: readonly [readonly number[], readonly number[]];
}

function judged(
  model: string,
  hits: readonly [readonly number[], readonly number[]],
): HitPoint {
  const [reference, shifted] = [mean(hits[0]), mean(hits[1])];
  return {
    model,
    reference,
    shifted,
    referenceSize: hits[0].length,
    shiftedSize: hits[1].length,
    referenceInfluence: hits[0].map((hit) => (hit - reference) / SIZE),
    shiftedInfluence: hits[1].map((hit) => (hit - shifted) / SIZE),
    hits,
  };
}

/** How hard each image is for all networks, under every shift. */
const forAll = uniforms(stream(1, "image error").uniform);

function uniforms(uniform: () => number): readonly number[] {
  return Array.from({ length: SIZE }, () => uniform());
}

/** Networks on the same images, some of which are hard for all, some for one kind of network, some for one network under every shift. */
function drawn(
  kinds: readonly (readonly number[])[],
  { byKind = 1, shift = "first" }: {
    readonly byKind?: 0 | 1;
    readonly shift?: string;
  } = {},
) {
  const { uniform } = stream(1, "image error", shift);
  return kinds.map((levels, kind) => {
    const forKind = [uniforms(uniform), uniforms(uniform)];
    return levels.map((level, k) => {
      const always = uniforms(stream(1, "image error", kind, k).uniform);
      const hits = (set: 0 | 1) => {
        const own = uniforms(uniform);
        return forAll.map((hard, i) =>
          hard + byKind * (forKind[set]?.[i] ?? NaN) +
                0.3 * (own[i] ?? NaN) + 0.7 * (always[i] ?? NaN) <
              (2 + byKind) * (level - set / 20)
            ? 1
            : 0
        );
      };
      return judged(`network ${kind}.${k}`, [hits(0), hits(1)]);
    });
  });
}

const PHOTOS = [0.6, 0.62, 0.61];
const BASELINES = [0.42, 0.45, 0.48, 0.49, 0.5, 0.52, 0.53, 0.55, 0.57];
const [photos = [], baselines = [], narrows = []] = drawn([
  PHOTOS,
  BASELINES,
  [0.52, 0.53, 0.49, 0.51],
]);
const [twins = [], others = []] = drawn([PHOTOS, BASELINES], {
  shift: "second",
});
const line = fitLine(baselines);

function inRuns<P>(points: readonly P[], kind: "runs" | "finished") {
  return kind === "finished"
    ? points.map((point) => [point])
    : [0, 1, 2].map((run) => points.filter((_, j) => j % 3 === run));
}
const runs = inRuns(baselines, "finished");

interface HitOverLine extends JudgedOverLine {
  readonly terms: readonly {
    readonly sign: 1 | -1;
    readonly networks: readonly HitPoint[];
  }[];
  readonly runs: readonly (readonly HitPoint[])[];
}

type Estimated = (kind: "runs" | "finished") => readonly HitOverLine[];

const meanOfPhotos: Estimated = (kind) => [{
  line,
  runs: inRuns(baselines, kind),
  terms: [{ sign: 1, networks: photos }],
}];
const ofPhotos = meanOfPhotos("finished");
const differenceOfGroups: Estimated = (kind) => [{
  line,
  runs: inRuns(baselines, kind),
  terms: [{ sign: 1, networks: photos }, { sign: -1, networks: narrows }],
}];
const differenceOfPairs: Estimated = (kind) => [...meanOfPhotos(kind), {
  line: fitLine(others),
  runs: inRuns(others, kind),
  terms: [{ sign: -1, networks: twins }],
}];

/** The estimate, and the variance that networks and lines give it. */
function measure(measured: readonly OverLine[], paired: boolean) {
  const robustness = measured.flatMap(({ line, terms }) =>
    terms.map(({ networks }) =>
      networks.map((point) => effectiveRobustness(point, { line }).er)
    )
  );
  const signs = measured.flatMap(({ terms }) => terms.map(({ sign }) => sign));
  const estimate = robustness.reduce(
    (sum, own, k) => sum + (signs[k] ?? NaN) * mean(own),
    0,
  );
  const [first = [], second = []] = robustness;
  const [one, ...others] = measured;
  assert.ok(one);
  const { networks, lines } = estimateErrors([one, ...others], {
    groups: paired
      ? [first.map((er, i) => er - (second[i] ?? NaN))]
      : robustness,
    level: 0.95,
  });
  const held = [networks, ...lines]
    .map((component) => (component?.standardError ?? NaN) ** 2)
    .reduce((sum, variance) => sum + variance, 0);
  return { estimate, held };
}

for (
  const [what, estimated, paired] of [
    ["a mean", meanOfPhotos, false],
    ["a difference of groups on one line", differenceOfGroups, false],
    ["a paired difference over two lines", differenceOfPairs, true],
  ] as const
) {
  for (const kind of ["runs", ...inFull("finished")] as const) {
    Deno.test(`the error that images give ${what} is what a bootstrap over images gives, less what it adds to the variances of networks and of lines through ${kind}`, () => {
      const measured = estimated(kind);
      const error = imageError(measured, { images: "same", paired });
      const { integer } = stream(2, "bootstrap");
      const resampled = Array.from({ length: 300 }, () => {
        const times = new Float64Array(SIZE);
        for (let i = 0; i < SIZE; i++) {
          const chosen = integer(SIZE);
          times[chosen] = (times[chosen] ?? NaN) + 1;
        }
        const again = ({ model, hits }: HitPoint): Point => {
          const of = (set: 0 | 1) =>
            times.reduce(
              (sum, many, i) => sum + many * (hits[set][i] ?? NaN),
              0,
            ) / SIZE;
          return { model, reference: of(0), shifted: of(1) };
        };
        return measure(
          measured.map(({ terms, ...over }) => {
            const runs = over.runs.map((run) => run.map(again));
            return {
              runs,
              line: fitLine(runs.flat()),
              terms: terms.map(({ sign, networks }) => {
                const points = networks.map(again);
                return { sign, networks: points };
              }),
            };
          }),
          paired,
        );
      });
      const bootstrap = standardDeviation(resampled.map(({ estimate }) =>
        estimate
      )) ** 2;
      const held = mean(resampled.map(({ held }) => held)) -
        measure(measured, paired).held;
      assert.ok(held > bootstrap / 10, "what is taken off matters");
      const expected = Math.sqrt(bootstrap - held);
      assert.ok(
        Math.abs(error / expected - 1) < 0.1,
        `${error} instead of ${expected}`,
      );
    });
  }
}

Deno.test("of pairs is taken off what the images add to the spread of the differences, not to that of each side", () => {
  const pairs = differenceOfPairs("finished");
  const heights = pairs.map(({ line, terms: [term] }) =>
    (term?.networks ?? []).map((point) => {
      const at = (reference: number) =>
        effectiveRobustness({ ...point, reference }, { line }).er;
      const { reference, referenceInfluence, shiftedInfluence } = point;
      const slope = (at(reference + 1e-6) - at(reference - 1e-6)) / 2e-6;
      return Array.from(
        { length: SIZE },
        (_, i) =>
          (shiftedInfluence[i] ?? NaN) + slope * (referenceInfluence[i] ?? NaN),
      );
    })
  );
  const [first = [], second = []] = heights;
  const differences = first.map((own, k) =>
    own.map((height, i) => height - (second[k]?.[i] ?? NaN))
  );
  const spread = (networks: readonly (readonly number[])[]) =>
    Array.from(
      { length: SIZE },
      (_, i) =>
        standardDeviation(networks.map((own) => own[i] ?? NaN)) ** 2 /
        networks.length,
    ).reduce((sum, variance) => sum + variance, 0);
  const [paired, apart] = [true, false].map((paired) =>
    imageError(pairs, { images: "same", paired }) ** 2
  );
  const expected = spread(first) + spread(second) - spread(differences);
  close(((paired ?? NaN) - (apart ?? NaN)) / expected, 1, 1e-6);
});

Deno.test("on the linear scale is taken off what the images add to the spread of the predictions of runs' own lines, or of finished networks to the error of least squares", () => {
  const { uniform } = stream(3, "image error");
  const images = Array.from({ length: 8 }, (_, i) => i);
  const influences = (common = images.map(() => 0)) => {
    const drawn = common.map((one) => one + uniform() / 10);
    return drawn.map((one) => one - mean(drawn));
  };
  const judgedAt = (reference: number, shiftedInfluence: number[]) => ({
    model: `at ${reference}`,
    reference,
    shifted: 0.9 * reference,
    referenceInfluence: images.map(() => 0),
    shiftedInfluence,
  });
  // Some images are hard for these networks alone.
  const hard = images.map(() => uniform());
  const networks = [0.7, 0.72].map((at) => judgedAt(at, influences(hard)));
  const scale = { scale: "linear" } as const;
  for (const kind of ["runs", "finished"] as const) {
    const drawn = [0, 1].map(() =>
      [0.4, 0.5, 0.65].map((at) => judgedAt(at, influences()))
    );
    const runs = kind === "runs" ? drawn : drawn.flat().map((one) => [one]);
    const variance = images.reduce((sum, image) => {
      const of = (point: JudgedPoint) => point.shiftedInfluence[image] ?? NaN;
      const lineOf = (points: readonly JudgedPoint[]) =>
        fitLine(
          points.map((point) => ({ ...point, shifted: of(point) + 0.5 })),
          scale,
        );
      const at = (line: Line) => predict(0.71, { line }).predicted - 0.5;
      const heights = networks.map(of);
      const line = lineOf(runs.flat());
      const held = kind === "runs"
        ? standardDeviation(runs.map((run) => at(lineOf(run)))) ** 2 / 2
        : leveragedError(lineLeverage(networks, line), line) ** 2;
      return sum + (mean(heights) - at(line)) ** 2 -
        standardDeviation(heights) ** 2 / 2 - held;
    }, 0);
    const line = fitLine(runs.flat(), scale);
    const terms = [{ sign: 1, networks }] as const;
    const error = imageError([{ line, runs, terms }], { images: "same" });
    close(error, Math.sqrt(variance));
  }
});

Deno.test("of two lines through the same runs is taken off what the images add to their error together, so that one line counted twice is one", () => {
  for (const kind of ["finished", "runs"] as const) {
    const [once] = differenceOfGroups(kind);
    assert.ok(once);
    const twice = once.terms.map((term) => ({ ...once, terms: [term] }));
    const images = { images: "same" } as const;
    const error = imageError([once], images);
    close(imageError(twice, { ...images, sharedRuns: true }), error);
    assert.ok(Math.abs(imageError(twice, images) / error - 1) > 0.01);
  }
});

Deno.test("lines that are said to share runs and have others are refused", () => {
  const [ofMean] = ofPhotos;
  assert.ok(ofMean);
  assert.throws(
    () =>
      imageError([ofMean, { ...ofMean, runs: inRuns(baselines, "runs") }], {
        images: "same",
        sharedRuns: true,
      }),
    /the same runs: one has runs of 1, .* points, another of 3, 3, 3/,
  );
});

Deno.test("images that are hard for all cancel, and what is left is held by the spreads where no image is hard for one kind alone", () => {
  const binomial = testSetError(photos, { line, testSets: "shared" });
  assert.ok(binomial !== null);
  const error = imageError(ofPhotos, { images: "same" });
  assert.ok(error > binomial / 4 && error < binomial, `${error}, ${binomial}`);

  const [alike = [], others = []] = drawn([PHOTOS, BASELINES], { byKind: 0 });
  const left = imageError([{
    line: fitLine(others),
    runs: inRuns(others, "finished"),
    terms: [{ sign: 1, networks: alike }],
  }], { images: "same" });
  assert.ok(left < binomial / 4, `${left}, ${binomial}`);
});

/** With other shifted influences. */
function changed(
  change: (influence: readonly number[]) => readonly number[],
): readonly JudgedOverLine[] {
  const other = (point: JudgedPoint): JudgedPoint => ({
    ...point,
    shiftedInfluence: change(Array.from(point.shiftedInfluence)),
  });
  return [{
    line,
    runs: runs.map((run) => run.map(other)),
    terms: [{ sign: 1, networks: photos.map(other) }],
  }];
}

Deno.test("of disjoint sets the order of one has nothing to do with that of the other", () => {
  const turned = changed((influence) => [
    ...influence.slice(7),
    ...influence.slice(0, 7),
  ]);
  const errors = (images: "same" | "disjoint") =>
    [
      imageError(ofPhotos, { images }),
      imageError(turned, { images }),
    ] as const;
  const [disjoint, turnedDisjoint] = errors("disjoint");
  close(disjoint, turnedDisjoint);
  const [same, turnedSame] = errors("same");
  assert.notEqual(same, turnedSame);
});

Deno.test("disjoint sets may differ in size", () => {
  const halved = changed((influence) => {
    const kept = influence.slice(SIZE / 2);
    return kept.map((one) => one - mean(kept));
  });
  assert.ok(imageError(halved, { images: "disjoint" }) > 0);
  assert.throws(
    () => imageError(halved, { images: "same" }),
    /model "network 0\.0" was judged on 2000 shifted images instead of 4000/,
  );
});

Deno.test("one run is refused: it has no spread", () => {
  const terms = [{ sign: 1, networks: photos }] as const;
  assert.throws(
    () => imageError([{ line, runs: [baselines], terms }], { images: "same" }),
    /the line has 1, and 2 or more are needed/,
  );
});

Deno.test("influences that do not sum to zero are refused", () => {
  for (const by of [0.5, -0.5]) {
    const off = changed((influence) => influence.map((one) => one + by / SIZE));
    assert.throws(
      () => imageError(off, { images: "same" }),
      /what they add to the shifted accuracy of model "network 0\.0" sums to -?0\.\d+ instead of 0/,
    );
  }
});

Deno.test("terms without networks, and pairs without a twin, are refused", () => {
  const [ofMean] = ofPhotos;
  assert.ok(ofMean);
  const withSecond = (networks: readonly JudgedPoint[]) => [
    ofMean,
    { ...ofMean, terms: [{ sign: -1, networks }] as const },
  ];
  assert.throws(
    () => imageError(withSecond([]), { images: "same" }),
    /a term has 0 networks/,
  );
  assert.throws(
    () => imageError(withSecond(narrows), { images: "same", paired: true }),
    /a term has 4 networks and the first, with which they pair, 3/,
  );
});
