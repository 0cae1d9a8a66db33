/**
 * The words around the figure of several shifts.
 *
 * @module
 */
import { escapeMarkdown } from "../../text/escape.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import type { FigureSaid } from "../drawing/figure_content.ts";
import type { RobustnessBarsFigure } from "../../value/robustness_bars_figure.ts";
import { robustnessWords, takenMeans } from "../drawing/robustness_numbers.ts";
import { lineNamed, namesOf } from "../drawing/robustness_style.ts";
import { shapesSentence } from "../drawing/series_marks.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { counted } from "../../value/wording.ts";
import {
  bandSentences,
  cautions,
  distanceText,
  fillingsSentences,
  intervalSentence,
} from "../drawing/robustness_words.ts";

/** Every estimate in plain words, for those who cannot see the figure. */
export function sentencesOf(figure: RobustnessBarsFigure): readonly string[] {
  const names = namesOf(figure.estimates);
  const [line, ...others] = names.baselines;
  return [
    `Mean effective robustness${
      others.length > 0 || line === undefined ? "" : ` over the line of ${line}`
    }.`,
    ...figure.shifts.flatMap(({ name, support }) => {
      const under = figure.estimates.filter(({ shift }) => shift === name);
      return under.length === 0 ? [] : [
        `${name}${
          support === undefined ? "" : ` (${SUPPORT_WORDS[support]})`
        }: ${
          under.map((estimate) =>
            `${estimate.group}${lineNamed(estimate, names)} ${
              robustnessWords(estimate)
            }`
          ).join("; ")
        }.`,
      ];
    }),
  ];
}

/** What to beware of; how to read it. */
export function barsSaid(figure: RobustnessBarsFigure): FigureSaid {
  const { band, estimates } = figure;
  const { baselines, groups } = namesOf(estimates);
  const reading = [
    "**Rows of effective robustness.** Each row is a mean effective robustness (ER); the number beside it is the mean in points.",
    ...fillingsSentences(baselines),
    intervalSentence(takenMeans(estimates)),
    ...estimates.some(({ mean }) => mean === null)
      ? ["“Inconclusive” stands where there are too few examples for a number."]
      : [],
    ...bandSentences(band),
  ];
  return {
    cautions: warnings(estimates),
    reading,
    // The drawing may shorten the names.
    details: [shapesSentence(groups), ...farthestSentences(estimates)],
  };
}

/** How many rows rest on an extrapolated line, and how many on a poor one. */
function warnings(
  estimates: RobustnessBarsFigure["estimates"],
): readonly string[] {
  const beyond = extrapolated(estimates);
  const [farthest] = beyond;
  const poor = estimates.filter(({ r2 = 1 }) => r2 < POOR_R2);
  const rows = `of ${counted(estimates.length, "row")}`;
  const rest = (n: number) => n === 1 ? "rests" : "rest";
  const fits = `a line that fits poorly (r² below ${POOR_R2})`;
  if (farthest === undefined) {
    return cautions(
      poor.length === 0
        ? []
        : [`${rows}, ${poor.length} ${rest(poor.length)} on ${fits}`],
    );
  }
  return cautions([
    `${rows}, ${beyond.length} ${
      rest(beyond.length)
    } on an extrapolated line (by ${beyond.length === 1 ? "" : "up to "}${
      distanceText(farthest.farthest)
    })${poor.length === 0 ? "" : `, and ${poor.length} on ${fits}`}`,
  ]);
}

/** The row whose networks are farthest from the baselines. */
function farthestSentences(
  estimates: RobustnessBarsFigure["estimates"],
): readonly string[] {
  const [farthest] = extrapolated(estimates);
  return farthest === undefined ? [] : [
    `The line is extrapolated farthest, by ${
      distanceText(farthest.farthest)
    } of reference accuracy, in the row “${escapeMarkdown(farthest.shift)}”, *${
      escapeMarkdown(farthest.group)
    }*, line of ${escapeMarkdown(farthest.baselines)}.`,
  ];
}

/** Rows whose networks lie outside what the line was fitted to, the farthest first. */
function extrapolated(estimates: RobustnessBarsFigure["estimates"]) {
  return estimates.map((estimate) => ({
    ...estimate,
    farthest: estimate.overlap?.maxDistance ?? 0,
  })).filter(({ farthest }) => farthest > 0)
    .toSorted((a, b) => b.farthest - a.farthest);
}
