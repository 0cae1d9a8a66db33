/**
 * The words around the figure of several shifts, and the numbers behind it.
 *
 * @module
 */
import { largest } from "../../../stats/intervals/extremes.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import type {
  RobustnessBarsFigure,
  RobustnessEstimate,
} from "../../value/robustness_bars_figure.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { counted } from "../../value/wording.ts";
import { type Columns, mostOf, tableOf, unsigned } from "../drawing/columns.ts";
import type { FigureNumbers, FigureSaid } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import {
  beyondText,
  cautions,
  type GroupOverLine,
  type MeasuredNames,
  namesOf,
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TEXTS,
  robustnessSentences,
  robustnessWords,
} from "../drawing/robustness.ts";

/** `, line of checkpoints` where several lines have to be told apart. */
export function lineNamed(
  { baselines }: Pick<GroupOverLine, "baselines">,
  names: MeasuredNames,
): string {
  return names.baselines.length < 2 ? "" : `, line of ${baselines}`;
}

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
  const { estimates } = figure;
  return {
    cautions: warnings(estimates),
    reading: [
      "**Rows of effective robustness.** Each row is a mean effective robustness (ER); the number beside it is the mean in points.",
      ...robustnessSentences(figure, {
        missing:
          "“Inconclusive” stands where there are too few examples for a number.",
      }),
    ],
    // The drawing may shorten the names.
    details: [shapesSentence(namesOf(estimates).groups)],
  };
}

/** How many rows have networks outside what the line was fitted to, and how many a poor line. */
function warnings(
  estimates: RobustnessBarsFigure["estimates"],
): readonly string[] {
  const far = estimates.map(({ overlap }) => overlap?.maxDistance ?? 0);
  const beyond = far.filter((distance) => distance > 0).length;
  const poor = estimates.filter(({ r2 = 1 }) => r2 < POOR_R2).length;
  const rows = counted(estimates.length, "row");
  return cautions([
    ...beyond === 0
      ? []
      : [`networks of ${beyond} of ${rows} ${beyondText(2, largest(far))}`],
    ...poor === 0 ? [] : [
      `in ${poor} of ${rows} the line explains its baselines poorly (r² below ${POOR_R2})`,
    ],
  ]);
}

/** Every estimate by shift, in the order of the figure. */
export function barsNumbers(figure: RobustnessBarsFigure): FigureNumbers {
  const { shifts, estimates } = figure;
  const rows = shifts.flatMap(({ name, support }) =>
    estimates.filter(({ shift }) => shift === name)
      .map((estimate) => ({ ...estimate, support }))
  );
  const columns: Columns<typeof rows[number]> = [
    ["shift", ({ shift }) => shift],
    ["support", ({ support }) => support ?? null],
    ["group", ({ group }) => group],
    ["baselines", ({ baselines }) => baselines],
    ...ROBUSTNESS_COLUMNS,
    ["inside_range", ({ overlap }) => overlap?.inside ?? null],
    ["mean_extrapolation", ({ overlap }) => overlap?.meanDistance ?? null],
    ["max_extrapolation", ({ overlap }) => overlap?.maxDistance ?? null],
    ["examples", ({ examples }) => examples ?? null],
  ];
  const texts: Columns<RobustnessEstimate, string> = [
    ["shift", ({ shift }) => shift],
    ["group", ({ group }) => group],
    ["line of", ({ baselines }) => baselines],
    ...ROBUSTNESS_TEXTS,
    ["farthest", ({ overlap }) => unsigned(overlap?.maxDistance)],
  ];
  // The description says which line it is where there is but one.
  const severalLines = namesOf(estimates).baselines.length > 1;
  const shown = texts.filter(([title]) => severalLines || title !== "line of");
  return {
    data: tableOf(rows, columns),
    table: {
      text: severalLines ? 3 : 2,
      ...tableOf(rows, shown),
      ...mostOf(rows, shown, {
        by: ({ mean }) => mean === null ? 0 : mean.high - mean.low,
        title: "rows with the widest intervals",
      }),
    },
  };
}
