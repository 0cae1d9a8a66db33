/**
 * The words around a sweep.
 *
 * @module
 */
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { proseMarkdown } from "../../value/prose.ts";
import {
  formatBound,
  formatNumber,
  formatQuantity,
} from "../../value/quantity.ts";
import { plainText } from "../drawing/plain_text.ts";
import type { FigureWords } from "../drawing/rendered_figure.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import {
  intervalSentence,
  robustnessWords,
  takenMeans,
} from "../drawing/robustness_numbers.ts";
import { FILLINGS, namesOf, styleOf } from "../drawing/robustness_style.ts";
import { inOrder, referenceOf } from "./sweep_data.ts";
import type { SweepEstimate, SweepFigure } from "../../value/sweep_figure.ts";
import { largest } from "../../../stats/intervals/extremes.ts";

/** What an estimate is of and what it is. */
export function estimateTitle(
  estimate: SweepEstimate,
  { parameter }: SweepFigure,
): string {
  const value = formatBound({ value: estimate.at });
  return `${parameter.title} ${value}, ${estimate.group}, line of ${estimate.baselines}\nER ${
    robustnessWords(estimate)
  }; reference accuracy ${
    formatQuantity({ value: referenceOf(estimate).mean, unit: "percent" })
  }`;
}

/** What the figure says, in plain words, for those who cannot see it. */
export function describeSweep(figure: SweepFigure): string {
  const estimates = inOrder(figure).map((estimate) =>
    `${estimateTitle(estimate, figure).replace("\n", ": ")}.`
  );
  return [plainText(proseMarkdown(figure.finding)), ...estimates].join(" ");
}

/** The finding and what to beware of; how to read it. */
export function sweepWords(figure: SweepFigure): FigureWords {
  const { title, finding, note, band, estimates, parameter, below } = figure;
  const names = namesOf(estimates);
  const counts = [...new Set(takenMeans(estimates).map(({ n }) => n))]
    .sort((a, b) => a - b);
  const several = counts.some((n) => n > 1);
  const reading = [
    `**Along a setting.** The upper panel shows mean effective robustness (ER) against ${
      escapeMarkdown(parameter.title)
    }, the lower panel ${
      below === undefined
        ? "the mean reference accuracy of the same networks"
        : escapeMarkdown(below.title)
    } (n = ${
      counts.length < 2 ? counts[0] ?? 0 : `${counts[0]} to ${counts.at(-1)}`
    } at each mark).`,
    ...names.groups.map((group) => {
      const { shape } = styleOf({ group, baselines: "" }, names);
      return `${capital(shape)}: *${escapeMarkdown(group)}*.`;
    }),
    ...names.baselines.length > 1
      ? [
        `${
          capital(
            names.baselines.map((name, i) =>
              `${
                FILLINGS[Math.min(i, FILLINGS.length - 1)]
              } marks are over the line of ${escapeMarkdown(name)}`
            ).join("; "),
          )
        }.`,
      ]
      : [],
    ...several ? ["Faint marks are single networks."] : [],
    intervalSentence(takenMeans(estimates)),
    ...estimates.some(({ mean }) => mean === null)
      ? ["A mark is missing where there are too few examples for a number."]
      : [],
    ...band === undefined
      ? []
      : [`The shaded band is ${escapeMarkdown(band.title)}.`],
    ...parameter.scale === "even"
      ? ["The values stand evenly apart, whatever their size."]
      : [],
  ];
  return {
    caption: [
      `**${escapeMarkdown(title)}.** ${proseMarkdown(finding)}`,
      ...warnings(figure),
    ].join(" "),
    reading,
    details: note === undefined ? [] : [proseMarkdown(note)],
  };
}

/** What weakens the figure, said beside it. */
function warnings({ estimates }: SweepFigure): readonly string[] {
  const farthest = largest(
    estimates.map(({ points, line }) => rangeOverlap(points, line).maxDistance),
  );
  const poor = estimates.filter(({ line }) => line.r2 < POOR_R2);
  const values = [...new Set(poor.map(({ at }) => at))].sort((a, b) => a - b)
    .map((value) => formatBound({ value }));
  const reasons = [
    ...farthest > 0
      ? [
        `networks lie up to ${
          formatNumber({
            value: farthest,
            unit: "points",
            digits: 1,
            signed: false,
          })
        } points outside the baselines’ reference accuracies, where ER rests on an extrapolated line`,
      ]
      : [],
    ...values.length > 0
      ? [
        `at ${
          values.join(", ")
        } a line explains its baselines poorly (r² below ${POOR_R2})`,
      ]
      : [],
  ];
  return reasons.length === 0 ? [] : [`Caution: ${reasons.join("; ")}.`];
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}
