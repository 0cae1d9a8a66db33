/**
 * How straight the line of finished networks is under a shift, how far it
 * reaches, and by how much what is measured over it rests on networks of one
 * size, on its being straight and on the axes. Added on 2026-11-28, the parabola
 * on 2026-11-29, other axes on 2026-12-01, when the numbers were known: rules and
 * verdicts do not follow from it.
 *
 * @module
 */
import type { Lazy } from "../../../engine/define/ref.ts";
import type { Estimate } from "../../../reports/value/claim.ts";
import type { Table } from "../../../reports/value/report.ts";
import { placePoints } from "../../../tasks/evaluation/place_points.ts";
import { checkStraightness } from "../../../tasks/lines/check_straightness.ts";
import { measureOtherForms } from "../../../tasks/lines/measure_other_forms.ts";
import { tabulateStraightness } from "../../../tasks/lines/tabulate_straightness.ts";
import {
  barePoints,
  estimateOver,
  type EstimatesOnLines,
  type GainName,
  onBothLines,
  type Piece,
} from "./claims.ts";
import type { Gains } from "./gains.ts";
import { type Pretraining, sizesOf } from "./networks.ts";
import type { Scale } from "./scale.ts";
import type { Setting } from "./setting.ts";

/** What is measured, as readers know it. */
const MEASURED: Readonly<Record<GainName, string>> = {
  photo: "photo",
  narrow: "narrow",
  difference: "photo minus narrow",
};

/** The finished networks under one shift by size, and how straight their line is. */
type Check = ReturnType<typeof checkStraightness>;

/** What is measured over other forms of the line of finished networks. */
type OtherForms = ReturnType<typeof measureOtherForms>;

/** The line of finished networks under one shift, and what is measured over other forms of it. */
export interface StraightnessUnder {
  readonly check: Check;
  readonly otherForms: Readonly<Record<GainName, OtherForms>>;
}

/** Groups the finished networks by size. */
export function checkUnder(
  { label, distributions, networks, sizes: { fit: { line } } }: Gains,
  { setting, scale }: { readonly setting: Setting; readonly scale: Scale },
): Check {
  return checkStraightness({
    line,
    points: placePoints(
      { evaluations: networks.baselines.sizes, distributions },
      `${label}-sizes`,
    ),
    sizes: sizesOf(setting, scale),
  }, label);
}

/** Groups the finished networks by size, and measures over other forms of their line. */
export function straightnessUnder(
  gains: Gains,
  options: { readonly setting: Setting; readonly scale: Scale },
): StraightnessUnder {
  const check = checkUnder(gains, options);
  const { label, points: { photo, narrow } } = gains;
  const over = (measured: GainName) =>
    measureOtherForms({
      line: gains.sizes.fit.line,
      groups: check.groups,
      points: measured === "narrow" ? narrow : photo,
      ...measured === "difference" ? { minus: { points: narrow } } : {},
    }, `${label}-${measured}`);
  return {
    check,
    otherForms: {
      photo: over("photo"),
      narrow: over("narrow"),
      difference: over("difference"),
    },
  };
}

/** What the photo networks gain out of support minus in support, over other forms of both lines at once. */
export function contrastOverOtherForms(
  { outOfSupport, inSupport }: Readonly<
    Record<
      "outOfSupport" | "inSupport",
      { readonly gains: Gains; readonly check: Check }
    >
  >,
  label: string,
): OtherForms {
  const under = ({ gains, check }: typeof outOfSupport) => ({
    line: gains.sizes.fit.line,
    groups: check.groups,
    points: gains.points.photo,
  });
  return measureOtherForms(
    { ...under(outOfSupport), minus: under(inSupport) },
    label,
  );
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
  return {
    id: "straightness",
    caption: [
      "How straight the line of finished networks is: mean effective robustness in points over the line through all sizes, and the lowest and the highest over other forms of it, which are lines with the networks of one size left out and a parabola through all. The parabola, by ordinary least squares on accuracies after Φ⁻¹, has a column of its own; lines on logit axes and on axes of plain accuracies have theirs, and count for neither end",
      isOurs
        ? ". The parabola was added on 2026-11-29, the other axes on 2026-12-01, when the numbers were known"
        : "",
      ". *F, sizes* compares the mean heights of the sizes over the line with the scatter of the networks of one size, *F, parabola* what the added term explains with the scatter about the parabola; each *p* is how often a straight line would give such an F or a larger one if networks were independent, so that the *p* of the parabola, which counts single networks, is too small. The intervals on this page take the line to be straight and its networks to be independent, but networks of one size share their images and with them any bend of the true curve there: where the first p is small, or another form moves the estimate out of its interval, the interval over this line is too narrow. With few networks a size, only a strong bend shows. Mean heights over the line in points, by size: ",
      ...shifts.flatMap(({ title, straightness: { check } }, i): Piece[] => [
        i === 0 ? "" : "; ",
        ...shifts.length > 1 ? [`${title}: `] : [],
        check.heights,
      ]),
      isOurs
        ? ". The table was added on 2026-11-28, when the numbers were known as well; no verdict rests on it."
        : ". No verdict rests on it.",
    ],
    ...tabulateStraightness({
      titles: ["shift", "pre-training"],
      rows: shifts.flatMap(({ title, straightness: { check, otherForms } }) =>
        (Object.keys(MEASURED) as GainName[]).map((measured) => ({
          ...otherForms[measured],
          cells: [title, MEASURED[measured]],
          found: check.found,
        }))
      ),
    }, label),
  };
}

/** How far networks lie outside the reference accuracies of both lines. */
function reachInWords(gains: Gains, kind: Pretraining): readonly Piece[] {
  const points = (value: Lazy<number>): Piece => ({
    ...barePoints(value),
    signed: false,
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

/** What a claim under one shift says: what is measured over both lines, how far these networks lie outside them, and other forms of the line. */
export function estimatesUnder(
  { gains, straightness: { otherForms } }: {
    readonly gains: Gains;
    readonly straightness: StraightnessUnder;
  },
  measured: GainName,
): EstimatesOnLines<Lazy<Estimate>> & { readonly remark: readonly Piece[] } {
  return {
    ...onBothLines((line) =>
      estimateOver(line, {
        measured: gains[line][measured],
        otherForms: otherForms[measured],
      })
    ),
    remark: [
      ...reachInWords(gains, measured === "photo" ? "photo" : "narrow"),
      ...otherFormsInWords(
        otherForms[measured],
        "see the table of how straight that line is",
      ),
    ],
  };
}

/** Between what a value over the line of finished networks lies over other forms of it. */
export function otherFormsInWords(
  { low, high, lowestInWords, highestInWords }: OtherForms,
  /** What begins "see the table". */
  see: string,
): readonly Piece[] {
  return [
    " Over other forms of the line of finished networks, with one size of these left out or a parabola in its place, the estimate is from ",
    barePoints(low),
    " (",
    lowestInWords,
    ") to ",
    barePoints(high),
    " points (",
    highestInWords,
    `); ${see}.`,
  ];
}
