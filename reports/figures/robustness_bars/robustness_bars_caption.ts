/**
 * The words around the figure of several shifts.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { formatNumber } from "../../value/quantity.ts";
import { plainText } from "../drawing/plain_text.ts";
import type { FigureWords } from "../drawing/rendered_figure.ts";
import type { RobustnessBarsFigure } from "../../value/robustness_bars_figure.ts";
import {
  intervalSentence,
  robustnessWords,
  takenMeans,
} from "../drawing/robustness_numbers.ts";
import { FILLINGS, namesOf } from "../drawing/robustness_style.ts";

/** What the figure says, in plain words, for those who cannot see it. */
export function describeBars(figure: RobustnessBarsFigure): string {
  const estimates = figure.shifts.flatMap(({ name, support }) =>
    figure.estimates.filter(({ shift }) => shift === name).map((estimate) =>
      `${name}${
        support === undefined
          ? ""
          : ` (${support === "in" ? "in" : "out of"} support)`
      }, ${estimate.group}, line of ${estimate.baselines}: mean effective robustness ${
        robustnessWords(estimate)
      }.`
    )
  );
  return [plainText(proseMarkdown(figure.finding)), ...estimates].join(" ");
}

/** The finding and what to beware of; how to read it. */
export function barsWords(figure: RobustnessBarsFigure): FigureWords {
  const { title, finding, note, band, estimates } = figure;
  const { baselines } = namesOf(estimates);
  const reading = [
    "**Rows of effective robustness.** Each row is a mean effective robustness (ER); the number beside it is the mean in points.",
    ...baselines.length > 1
      ? [
        `${
          baselines.map((name, i) =>
            `${
              FILLINGS[Math.min(i, FILLINGS.length - 1)]
            } marks are over the line of ${escapeMarkdown(name)}`
          ).join("; ")
        }.`,
      ].map(capital)
      : [],
    intervalSentence(takenMeans(estimates)),
    ...estimates.some(({ mean }) => mean === null)
      ? ["“Inconclusive” stands where there are too few examples for a number."]
      : [],
    ...band === undefined
      ? []
      : [`The shaded band is ${escapeMarkdown(band.title)}.`],
  ];
  return {
    caption: [
      `**${escapeMarkdown(title)}.** ${proseMarkdown(finding)}`,
      ...extrapolationWarning(estimates),
    ].join(" "),
    reading,
    details: note === undefined ? [] : [proseMarkdown(note)],
  };
}

function extrapolationWarning(
  estimates: RobustnessBarsFigure["estimates"],
): readonly string[] {
  const beyond = estimates.map((estimate) => ({
    ...estimate,
    farthest: estimate.overlap?.maxDistance ?? 0,
  })).filter(({ farthest }) => farthest > 0)
    .toSorted((a, b) => b.farthest - a.farthest);
  const [farthest] = beyond;
  if (farthest === undefined) return [];
  const distance = formatNumber({
    value: farthest.farthest,
    unit: "points",
    digits: 1,
    signed: false,
  });
  return [
    `Caution: in ${beyond.length} of ${estimates.length} rows networks lie outside the baselines’ reference accuracies, where ER rests on an extrapolated line; the farthest, by ${distance} points, under ${
      escapeMarkdown(farthest.shift)
    } for *${escapeMarkdown(farthest.group)}* over the line of ${
      escapeMarkdown(farthest.baselines)
    }.`,
  ];
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}
