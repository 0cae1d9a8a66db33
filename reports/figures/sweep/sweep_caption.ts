/**
 * The words around a sweep.
 *
 * @module
 */
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { formatBound, formatQuantity } from "../../value/quantity.ts";
import type { FigureSaid } from "../drawing/figure_content.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import { robustnessWords, takenMeans } from "../drawing/robustness_numbers.ts";
import { namesOf } from "../drawing/robustness_style.ts";
import {
  bandSentences,
  beyondText,
  cautions,
  fillingsSentences,
  intervalSentence,
} from "../drawing/robustness_words.ts";
import { shapesSentence } from "../drawing/series_marks.ts";
import { belowOf, inOrder, referenceOf } from "./sweep_data.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import { largest } from "../../../stats/intervals/extremes.ts";

/** What an estimate is of and what it is. */
export function estimateTitle(
  estimate: SweepEstimate,
  figure: SweepFigure,
): string {
  const { parameter } = figure;
  const below = belowOf(estimate, figure);
  const value = formatBound({ value: estimate.at });
  return `${parameter.title} ${value}, ${estimate.group}, line of ${estimate.baselines}\nER ${
    robustnessWords(estimate)
  }; reference accuracy ${
    formatQuantity({ value: referenceOf(estimate).mean, unit: "percent" })
  }${
    below === undefined
      ? ""
      : `; ${figure.below?.title} ${
        formatQuantity({ value: below, unit: "percent" })
      }`
  }`;
}

/** Every estimate in plain words, for those who cannot see the figure. */
export function sentencesOf(figure: SweepFigure): readonly string[] {
  return inOrder(figure).map((estimate) =>
    `${estimateTitle(estimate, figure).replace("\n", ": ")}.`
  );
}

/** What to beware of; how to read it. */
export function sweepSaid(figure: SweepFigure): FigureSaid {
  const { band, estimates, parameter, below } = figure;
  const { groups, baselines } = namesOf(estimates);
  const counts = [...new Set(takenMeans(estimates).map(({ n }) => n))]
    .sort((a, b) => a - b);
  const several = counts.some((n) => n > 1);
  const reading = [
    `**Along a setting.** The upper panel shows mean effective robustness (ER) against ${
      escapeMarkdown(parameter.title)
    }, the lower panel the ${
      below === undefined
        ? "mean reference accuracy of the same networks"
        : escapeMarkdown(below.title)
    } (n = ${
      counts.length < 2 ? counts[0] ?? 0 : `${counts[0]} to ${counts.at(-1)}`
    } at each mark).`,
    shapesSentence(groups),
    ...fillingsSentences(baselines),
    ...several ? ["Faint marks are single networks."] : [],
    intervalSentence(takenMeans(estimates)),
    ...estimates.some(({ mean }) => mean === null)
      ? ["A mark is missing where there are too few examples for a number."]
      : [],
    ...bandSentences(band),
    ...parameter.scale === "even"
      ? ["The values stand evenly apart, whatever their size."]
      : [],
  ];
  return { cautions: warnings(figure), reading };
}

/** What weakens the figure, said beside it. */
function warnings({ estimates, parameter }: SweepFigure): readonly string[] {
  const farthest = largest(
    estimates.map(({ points, line }) => rangeOverlap(points, line).maxDistance),
  );
  const poor = estimates.filter(({ line }) => line.r2 < POOR_R2);
  const values = [...new Set(poor.map(({ at }) => at))].sort((a, b) => a - b)
    .map((value) => formatBound({ value }));
  return cautions([
    ...farthest > 0 ? [`networks lie ${beyondText(farthest)}`] : [],
    ...values.length > 0
      ? [
        `at ${escapeMarkdown(parameter.title)} ${
          values.join(", ")
        } a line explains its baselines poorly (r² below ${POOR_R2})`,
      ]
      : [],
  ]);
}
