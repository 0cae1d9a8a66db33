/**
 * How straight the line of finished networks is under a shift, how far it
 * reaches, and by how much what is measured over it rests on networks of one
 * size. Added on 2026-11-28, when the numbers were known: rules and verdicts do
 * not follow from it.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Table } from "../../../reports/value/report.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { checkStraightness } from "../../../tasks/lines/check_straightness.ts";
import { leaveSizesOut } from "../../../tasks/lines/leave_sizes_out.ts";
import { tabulateStraightness } from "../../../tasks/lines/tabulate_straightness.ts";
import type { Piece } from "./answers.ts";
import type { Measured } from "./claims.ts";
import type { Gains } from "./gains.ts";
import { type Pretraining, sizesOf } from "./networks.ts";
import type { Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** What is measured, as readers know it. */
const MEASURED: Readonly<Record<Measured, string>> = {
  photo: "photo",
  narrow: "narrow",
  difference: "photo minus narrow",
};

/** The line of finished networks under one shift, whole and without one size. */
export interface StraightnessUnder {
  readonly check: ReturnType<typeof checkStraightness>;
  readonly without: Readonly<
    Record<Measured, ReturnType<typeof leaveSizesOut>>
  >;
}

/** Groups the finished networks by size, and leaves each size out in turn. */
export function straightnessUnder(
  { label, distributions, networks, sizes: { fit: { line } }, points }: Gains,
  { setting, scale }: { readonly setting: Setting; readonly scale: Scale },
): StraightnessUnder {
  const check = checkStraightness({
    line,
    points: placePoints(
      { evaluations: networks.baselines.sizes, distributions },
      `${label}-sizes`,
    ),
    sizes: sizesOf(setting, scale),
  }, label);
  const shared = { line, groups: check.groups };
  const { photo, narrow } = points;
  const without = (measured: Measured) =>
    leaveSizesOut({
      ...shared,
      points: measured === "narrow" ? narrow : photo,
      ...measured === "difference" ? { minus: narrow } : {},
    }, `${label}-${measured}`);
  return {
    check,
    without: {
      photo: without("photo"),
      narrow: without("narrow"),
      difference: without("difference"),
    },
  };
}

/** The table of a page, which may have several shifts. */
export function straightnessTable(
  shifts: readonly {
    readonly title: string;
    readonly straightness: StraightnessUnder;
  }[],
  { label, isOurs }: {
    readonly label: string;
    /** Whether it was added to experiments that had been run before. */
    readonly isOurs: boolean;
  },
): Lazy<Table> {
  const { columns, rows } = tabulateStraightness({
    titles: ["shift", "pre-training"],
    rows: shifts.flatMap(({ title, straightness: { check, without } }) =>
      (["photo", "narrow", "difference"] as const).map((measured) => ({
        ...without[measured],
        cells: [title, MEASURED[measured]],
        found: check.found,
      }))
    ),
  }, label);
  return {
    id: "straightness",
    caption: [
      "How straight the line of finished networks is: mean effective robustness in points over the line through all sizes, and the lowest and the highest with the networks of one size left out. *F* compares the mean heights of the sizes over the line with the scatter of the networks of one size; *p* is how often a straight line would give such an F or a larger one. The intervals on this page take the line to be straight and its networks to be independent, but networks of one size share their images, and whatever bend the true curve has there: where p is small, or one size moves the estimate by more than the interval is wide, the interval over this line is too narrow. With few networks a size, only a strong bend shows. Mean heights over the line in points, by size: ",
      ...shifts.flatMap(({ title, straightness: { check } }, i): Piece[] => [
        i === 0 ? "" : "; ",
        ...shifts.length > 1 ? [`${title}: `] : [],
        check.heights,
      ]),
      isOurs
        ? ". Added on 2026-11-28, when the numbers were known; no verdict rests on it."
        : ". No verdict rests on it.",
    ],
    columns,
    rows,
  };
}

/** How far networks lie outside the reference accuracies of both lines. */
export function reachInWords(
  gains: Gains,
  kind: Pretraining,
): readonly Piece[] {
  const points = (value: Lazy<number>): Piece => ({
    value,
    unit: "points",
    signed: false,
    bare: true,
  });
  const { checkpoints, sizes } = gains;
  return [
    `On average the ${kind} networks lie `,
    points(checkpoints[kind].meanDistance),
    " points of reference accuracy outside the range of the checkpoints (at most ",
    points(checkpoints[kind].maxDistance),
    ") and ",
    points(sizes[kind].meanDistance),
    " outside that of the finished networks (at most ",
    points(sizes[kind].maxDistance),
    "). Outside its range a line is extrapolated.",
  ];
}

/** Between what a value over the line of finished networks lies with one size left out. */
export function withoutSizesInWords(
  { low, high, lowest, highest }: ReturnType<typeof leaveSizesOut>,
): readonly Piece[] {
  const points = (value: Lazy<number>): Piece => ({
    value,
    unit: "points",
    bare: true,
  });
  return [
    " Over the line of finished networks with one size of these left out, the estimate is from ",
    points(low),
    " (without those on ",
    lowest,
    " images) to ",
    points(high),
    " points (without ",
    highest,
    "); see the table of how straight that line is.",
  ];
}
