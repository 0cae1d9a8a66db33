/**
 * The numbers behind the figure of several shifts.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import { formatNumber } from "../../value/quantity.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import type {
  RobustnessBarsFigure,
  RobustnessEstimate,
} from "../../value/robustness_bars_figure.ts";
import { namesOf } from "../drawing/robustness_style.ts";
import {
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TITLES,
  robustnessCells,
  robustnessText,
} from "../drawing/robustness_numbers.ts";

/** Every estimate at full precision, accuracies as fractions. */
export function barsTable(figure: RobustnessBarsFigure): CsvTable {
  return {
    columns: [
      "shift",
      "support",
      "group",
      "baselines",
      ...ROBUSTNESS_COLUMNS,
      "inside_range",
      "mean_extrapolation",
      "max_extrapolation",
      ...hasExamples(figure) ? ["examples"] : [],
    ],
    rows: inOrder(figure).map(({ estimate, support }) => [
      estimate.shift,
      support ?? null,
      estimate.group,
      estimate.baselines,
      ...robustnessCells(estimate.mean),
      estimate.overlap?.inside ?? null,
      estimate.overlap?.meanDistance ?? null,
      estimate.overlap?.maxDistance ?? null,
      ...hasExamples(figure) ? [estimate.examples ?? null] : [],
    ]),
  };
}

/** How many rows a page has room for, and how many it shows of more. */
const [MANY, SHOWN] = [40, 12];

/** Every estimate as a reader's table, in points. */
export function barsReadersTable(
  figure: RobustnessBarsFigure,
): RenderedFigure["table"] {
  // The description says which line it is where there is but one.
  const severalLines = namesOf(figure.estimates).baselines.length > 1;
  const rowOf = (estimate: RobustnessEstimate) => [
    estimate.shift,
    estimate.group,
    ...severalLines ? [estimate.baselines] : [],
    ...robustnessText(estimate),
    estimate.overlap === null ? "–" : formatNumber({
      value: estimate.overlap.maxDistance,
      unit: "points",
      signed: false,
    }),
  ];
  const estimates = inOrder(figure).map(({ estimate }) => estimate);
  const width = ({ mean }: RobustnessEstimate) =>
    mean === null ? 0 : mean.high - mean.low;
  return {
    text: severalLines ? 3 : 2,
    columns: [
      "shift",
      "group",
      ...severalLines ? ["line of"] : [],
      ...ROBUSTNESS_TITLES,
      "farthest",
    ],
    rows: estimates.map(rowOf),
    ...estimates.length <= MANY ? {} : {
      selected: {
        title:
          `The ${SHOWN} of ${estimates.length} rows with the widest intervals`,
        rows: estimates.toSorted((a, b) => width(b) - width(a))
          .slice(0, SHOWN).map(rowOf),
      },
    },
  };
}

/** Shifts and estimates for JSON, in fractions at full precision. */
export function barsJson(figure: RobustnessBarsFigure): unknown {
  const { shifts, band = null } = figure;
  const estimates = inOrder(figure).map(({ estimate }) => estimate);
  return { shifts, band, estimates };
}

function hasExamples({ estimates }: RobustnessBarsFigure): boolean {
  return estimates.some(({ examples }) => examples !== undefined);
}

/** The estimates by shift, in the order of the figure. */
function inOrder({ shifts, estimates }: RobustnessBarsFigure) {
  return shifts.flatMap(({ name, support }) =>
    estimates.filter(({ shift }) => shift === name)
      .map((estimate) => ({ estimate, support }))
  );
}
