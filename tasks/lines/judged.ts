/**
 * Networks and baselines judged image by image: the runs of a line, and the
 * error of the images, as the tasks that measure over lines take them.
 *
 * @module
 */
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import { judgeOn } from "../../shifts/measure/place_on.ts";
import type { Mixture } from "../../shifts/mixture.ts";
import { largest, smallest } from "../../stats/intervals/extremes.ts";
import {
  imageError,
  type ImageErrorOptions,
  type JudgedOverLine,
  type JudgedPoint,
} from "../../stats/lines/image_error.ts";
import { canLeaveOut } from "../../stats/lines/line_error.ts";
import type { Point } from "../../stats/lines/point.ts";
import type { Line } from "../../stats/lines/regression.ts";

/** Networks and baselines judged image by image. */
export interface Judged {
  /** Those of the line, one evaluation a run. */
  readonly baselines: readonly Evaluation[];
  /** Those that are measured. */
  readonly networks: readonly Evaluation[];
  /** Both distributions, as mixtures of the sets that the networks were evaluated on. */
  readonly distributions: Mixture<string>;
}

/** What is measured over one line. */
export interface JudgedLine extends Omit<Judged, "networks"> {
  readonly line: Line;
  readonly terms: readonly {
    readonly sign: 1 | -1;
    readonly points: readonly Point[];
    readonly networks: readonly Evaluation[];
  }[];
}

/** What evaluations tell of the errors of an estimate. */
export interface JudgedErrors {
  /** By line; undefined where a line has one run, so that its points are taken as independent. */
  readonly runs: readonly JudgedOverLine["runs"][] | undefined;
  /** Undefined where not all were judged on equally many images, so that the binomial noise is taken. */
  readonly imageError: number | undefined;
  /** Number of runs of all lines, and of images of the smallest set. */
  readonly n: { readonly runs: number; readonly images: number };
}

/**
 * Runs and image error of what is measured. Sets of equally many images are
 * taken for versions of each other: of sets that have nothing to do with each
 * other what an image adds through both cancels on average, so that they do no
 * harm.
 *
 * @throws {RangeError} if points are not those of their evaluations
 */
export function judgedErrors(
  measured: readonly JudgedLine[],
  { paired }: Pick<ImageErrorOptions, "paired"> = {},
): JudgedErrors {
  const judged = measured.map((one): JudgedOverLine => {
    const judge = (evaluation: Evaluation) =>
      judgeOn(evaluation, one.distributions);
    return {
      line: one.line,
      runs: one.baselines.map(judge),
      terms: one.terms.map(({ sign, points, networks }) => ({
        sign,
        networks: checked(networks.flatMap(judge), points),
      })),
    };
  });
  const all = judged.flatMap(({ runs, terms }) => [
    ...runs.flat(),
    ...terms.flatMap(({ networks }) => networks),
  ]);
  const before = all.map((point) => point.referenceInfluence.length);
  const after = all.map((point) => point.shiftedInfluence.length);
  const runs = judged.map((one) => one.runs);
  const isKnown = runs.every(canLeaveOut);
  const isShared = [before, after].every((sizes) =>
    smallest(sizes) === largest(sizes)
  );
  return {
    runs: isKnown ? runs : undefined,
    imageError: isKnown && isShared
      ? imageError(judged, {
        images: before[0] === after[0] ? "same" : "disjoint",
        paired,
      })
      : undefined,
    n: {
      runs: runs.flat().length,
      images: Math.min(smallest(before), smallest(after)),
    },
  };
}

function checked(
  judged: readonly JudgedPoint[],
  points: readonly Point[],
): readonly JudgedPoint[] {
  if (
    judged.length !== points.length ||
    judged.some((point, i) =>
      point.reference !== points[i]?.reference ||
      point.shifted !== points[i]?.shifted
    )
  ) {
    throw new RangeError(
      `Cannot judge ${points.length} networks image by image: they are not the ${judged.length} that were evaluated, placed on the same distributions`,
    );
  }
  return judged;
}
