/**
 * How straight a line through finished baselines is, which come in groups:
 * networks that were trained on the same images share whatever bend the true
 * curve has there. The errors of a line take it to be straight, and its
 * networks to be independent.
 *
 * @module
 */
import { z } from "zod";
import { upperTailOfF } from "../intervals/f_tail.ts";
import { mean } from "../intervals/mean.ts";
import { effectiveRobustness } from "./effective_robustness.ts";
import type { PointGroup } from "./left_out_groups.ts";
import type { Term } from "./over_line.ts";
import { areAlike, fitLine, type Line } from "./regression.ts";
import { toScale } from "./scale.ts";

/** A test of whether groups lie off the line by more than their networks scatter. */
export interface LackOfFit {
  /** Mean square of the groups' heights over that within the groups. */
  readonly f: number;
  /** Groups − 2, and networks − groups. */
  readonly degreesOfFreedom: readonly [number, number];
  /** How often a straight line gives such an F or a larger one. */
  readonly p: number;
}

/** Baselines in groups about one line. */
export interface Straightness {
  /** In the order of their mean reference accuracies. */
  readonly groups: readonly {
    readonly name: string;
    /** Number of networks. */
    readonly n: number;
    /** Mean height of its networks over the line, a fraction of accuracy. */
    readonly height: number;
  }[];
  /** Null where there are fewer than three groups, or nothing scatters within them. */
  readonly lackOfFit: LackOfFit | null;
}

/** Schema of {@linkcode Straightness}. */
export const straightnessSchema: z.ZodType<Straightness> = z.strictObject({
  groups: z.array(z.strictObject({
    name: z.string(),
    n: z.int().positive(),
    height: z.number(),
  })).readonly(),
  lackOfFit: z.strictObject({
    f: z.number().nonnegative(),
    degreesOfFreedom: z.tuple([z.int().positive(), z.int().positive()])
      .readonly(),
    p: z.number().min(0).max(1),
  }).nullable(),
});

/**
 * How far groups of baselines lie off their line. The test is that of lack of
 * fit (Draper and Smith, Applied Regression Analysis, section 2.1) with near
 * replicates: networks of a group differ a little in reference accuracy, so
 * that scaled residuals stand for scaled accuracies, and their means for groups.
 * About straight lines through 12 and 18 networks in five groups it gives p
 * below 0.05 in 4.2 to 5.3% of 4,000 draws.
 *
 * @param line through all of them
 * @throws {RangeError} if a group is empty, or an accuracy cannot be scaled
 */
export function straightness(
  groups: readonly PointGroup[],
  line: Line,
): Straightness {
  const inOrder = [...groups].sort((a, b) => referenceOf(a) - referenceOf(b));
  const residuals = inOrder.map(({ points }) =>
    points.map((point) => residualOf(point, line))
  );
  const n = residuals.flat().length;
  const between = sum(residuals.map((own) => own.length * mean(own) ** 2));
  const within = sum(
    residuals.flatMap((own) => own.map((one) => (one - mean(own)) ** 2)),
  );
  const degreesOfFreedom = [groups.length - 2, n - groups.length] as const;
  const [first, second] = degreesOfFreedom;
  const f = (between / first) / (within / second);
  return {
    groups: inOrder.map(({ name, points }) => ({
      name,
      n: points.length,
      height: mean(
        points.map((point) => effectiveRobustness(point, { line }).er),
      ),
    })),
    lackOfFit: first > 0 && second > 0 && Number.isFinite(f)
      ? { f, degreesOfFreedom, p: upperTailOfF(f, degreesOfFreedom) }
      : null,
  };
}

/** What is measured over a line through all groups but one. */
export interface WithoutGroup {
  /** The group that is left out. */
  readonly name: string;
  /** A fraction of accuracy. */
  readonly value: number;
}

/** What is measured over a line, and over those without one of its groups. */
export interface WithoutGroups {
  /** Over the line through all groups, a fraction of accuracy. */
  readonly whole: number;
  /** Without each group in turn, in the order given; those left out without which there is no line. */
  readonly without: readonly WithoutGroup[];
  readonly lowest: WithoutGroup;
  readonly highest: WithoutGroup;
}

/**
 * A sum of mean effective robustness over the line through all groups, and over
 * the line without each group in turn: by how much what is measured rests on
 * one of them.
 *
 * @throws {RangeError} if there is no group without which there is a line, or
 * a term has no network
 */
export function withoutGroups(
  groups: readonly PointGroup[],
  { line: { scale, extremes }, terms }: {
    /** The line through all groups, which says on which scale. */
    readonly line: Line;
    readonly terms: readonly Term[];
  },
): WithoutGroups {
  const over = (some: readonly PointGroup[]) => {
    const points = some.flatMap((group) => group.points);
    const line = fitLine(points, { scale, extremes });
    return sum(terms.map(({ sign, networks }) =>
      sign * mean(
        networks.map((point) => effectiveRobustness(point, { line }).er),
      )
    ));
  };
  const without = groups.flatMap((group) => {
    const others = groups.filter((other) => other !== group);
    const { length } = others.flatMap(({ points }) => points);
    const xs = others.flatMap(({ points }) =>
      points.map(({ model, reference, referenceSize: size }) =>
        toScale(reference, { scale, extremes, model, size }).value
      )
    );
    return length < 3 || areAlike(xs)
      ? []
      : [{ name: group.name, value: over(others) }];
  });
  const [first] = without;
  if (first === undefined) {
    throw new RangeError(
      `Cannot leave out one of ${groups.length} groups of baselines: no line is left without any of them`,
    );
  }
  return {
    whole: over(groups),
    without,
    lowest: without.reduce((a, b) => b.value < a.value ? b : a, first),
    highest: without.reduce((a, b) => b.value > a.value ? b : a, first),
  };
}

/** Scaled height of a baseline over its line. */
function residualOf(
  { model, reference, shifted, referenceSize, shiftedSize }:
    PointGroup["points"][number],
  { scale, extremes, slope, intercept }: Line,
): number {
  const scaled = (accuracy: number, size: number | undefined) =>
    toScale(accuracy, { scale, extremes, model, size }).value;
  return scaled(shifted, shiftedSize) -
    slope * scaled(reference, referenceSize) - intercept;
}

function referenceOf({ points }: PointGroup): number {
  return mean(points.map(({ reference }) => reference));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
