/**
 * Draws mean effective robustness under several shifts.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { POOR_R2 } from "../../../stats/lines/robustness_caveats.ts";
import { wrapped } from "../../text/wrapped.ts";
import { formatCount } from "../../value/quantity.ts";
import type {
  RobustnessBarsFigure,
  RobustnessEstimate,
} from "../../value/robustness_bars_figure.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { capital, counted } from "../../value/wording.ts";
import {
  type Columns,
  mostOf,
  points,
  tableOf,
  unsigned,
} from "../drawing/columns.ts";
import {
  type FigureNumbers,
  refuse,
  rendered,
} from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import { PAGE_COLOUR } from "../drawing/palette.ts";
import { type GridCell, panelGrid } from "../drawing/panel_grid.ts";
import type { Drawing, Sheet } from "../drawing/pixels.ts";
import {
  rules,
  shade,
  shortened,
  textAt,
  textWidth,
} from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  beyondText,
  cautions,
  type GroupOverLine,
  namesOf,
  ROBUSTNESS_COLUMNS,
  ROBUSTNESS_TEXTS,
  robustnessLegend,
  robustnessSentences,
  robustnessWords,
  styleOf,
  takenMeans,
  tooFew,
} from "../drawing/robustness.ts";
import { measuredMarks, type MeasuredPlace } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} without an estimate, or for one of a shift that the
 * figure does not name
 */
export function robustnessBars(figure: RobustnessBarsFigure): RenderedFigure {
  const { shifts, estimates } = figure;
  for (const { shift, group } of estimates) {
    if (!shifts.some(({ name }) => name === shift)) {
      refuse(
        figure,
        `the estimate of "${group}" is of shift "${shift}", which is not among its shifts`,
      );
    }
  }
  return rendered(figure, {
    ...panelGrid(figure.id, cellsOf(figure)),
    sentences: sentencesOf(figure),
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
    ...numbersOf(figure),
    legend: robustnessLegend(figure),
  });
}

/** `, line of checkpoints` where several lines have to be told apart. */
function lineNamed(
  { baselines }: GroupOverLine,
  { estimates }: RobustnessBarsFigure,
): string {
  const isOne = namesOf(estimates).baselines.length < 2;
  return isOne ? "" : `, line of ${baselines}`;
}

/** Every estimate in plain words, for those who cannot see the figure. */
function sentencesOf(figure: RobustnessBarsFigure): readonly string[] {
  const [line, ...others] = namesOf(figure.estimates).baselines;
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
            `${estimate.group}${lineNamed(estimate, figure)} ${
              robustnessWords(estimate)
            }`
          ).join("; ")
        }.`,
      ];
    }),
  ];
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
function numbersOf(
  { shifts, estimates }: RobustnessBarsFigure,
): FigureNumbers {
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

/** Rows for the shifts in support, for those out of it, and for others, each kind below its head. */
function cellsOf(figure: RobustnessBarsFigure): readonly GridCell[] {
  const { estimates, band } = figure;
  const means = takenMeans(estimates);
  const domain = airy([
    0,
    ...means.map(({ mean }) => mean),
    ...band === undefined ? [] : [band.low, band.high],
  ], { ends: means.flatMap(({ low, high }) => [low, high]) });
  return (["in", "out", "both", undefined] as const).flatMap((support) => {
    const shifts = figure.shifts.filter((one) => one.support === support);
    return shifts.length === 0 ? [] : [{
      title: support === undefined
        ? "For comparison"
        : capital(SUPPORT_WORDS[support]),
      // Its title says which support.
      description: sentencesOf({
        ...figure,
        shifts: shifts.map(({ name }) => ({ name })),
      }).join(" "),
      plot: (sheet) => plotOf({ ...figure, shifts }, { domain, sheet }),
    }];
  });
}

/** Longest name of a group, in characters. */
const LONGEST = 16;

/** A row for each estimate of some shifts; its labels stand beside the panel. */
function plotOf(
  figure: RobustnessBarsFigure,
  { domain, sheet: { width, font } }: {
    readonly domain: readonly [number, number];
    readonly sheet: Sheet;
  },
): Drawing {
  const { shifts, estimates, band } = figure;
  const names = namesOf(estimates);
  const row = font * 1.46;
  const longest = largest(names.groups.map((name) => textWidth(name, font)));
  const left = 12 + Math.min(longest, textWidth("x".repeat(LONGEST), font));
  const right = width - textWidth("+00.00", font) - 12;
  // Bold letters are wider.
  const most = Math.floor(width / (1.1 * textWidth("x", font)));
  const [x1, x2] = domain;
  const heads: Plot.Markish[] = [];
  const titles: Plot.Markish[] = [];
  const numbers: Plot.Markish[] = [];
  const grounds: Plot.Markish[] = [];
  const placed: (MeasuredPlace & GroupOverLine)[] = [];
  let y = 0;
  for (const { name } of shifts) {
    const own = estimates.filter(({ shift }) => shift === name);
    const head = y;
    for (const line of wrapped(name + examplesOf(own), most)) {
      const look = { weight: 600, soft: true };
      heads.push(
        textAt(shortened(line, most), { x: 0, y: y + font * 0.9, ...look }),
      );
      y += font * 1.3;
    }
    y += font * 0.6;
    const first = y;
    for (const group of names.groups) {
      const mine = own.filter((estimate) => estimate.group === group);
      if (mine.length === 0) continue;
      const middle = y + row * mine.length / 2;
      titles.push(textAt(shortened(group, LONGEST), { x: 0, y: middle }));
      for (const estimate of mine) {
        const { baselines, mean, examples } = estimate;
        const at = y + row / 2;
        const number = mean === null ? tooFew(examples) : points(mean.mean);
        numbers.push(
          textAt(number, { x: width, y: at, anchor: "end", soft: true }),
        );
        if (mean !== null) {
          const { low, high, averagedColumns: lineAlone } = mean;
          placed.push({
            group,
            baselines,
            x: mean.mean,
            y: at,
            interval: [low, high],
            lineAlone: [lineAlone.low, lineAlone.high],
            title: `${name}, ${group}${lineNamed(estimate, figure)}\nER ${
              robustnessWords(estimate)
            }`,
          });
        }
        y += row;
      }
      y += row * 0.35;
    }
    const isEmpty = own.every(({ mean }) => mean === null);
    const from = isEmpty ? y + row * 0.35 : first;
    grounds.push(
      // The grid ends where a name stands, which may be long, or words instead of marks.
      shade({ x1, x2, y1: head, y2: from }, { colour: PAGE_COLOUR }),
      ...isEmpty ? [] : [
        band === undefined ? null : shade(
          { x1: band.low, x2: band.high, y1: first, y2: y },
          { opacity: 0.08 },
        ),
        rules([{ x1: 0, x2: 0, y1: first, y2: y }], { width: 1.3 }),
      ],
    );
    y += row * 0.35;
  }
  const alike = Map.groupBy(
    placed,
    ({ group, baselines }) => `${group}\n${baselines}`,
  );
  const bars = [...alike.values()].flatMap((places) =>
    places.slice(0, 1).flatMap((one) =>
      measuredMarks(places, {
        ...styleOf(one, names),
        radius: font * 0.46,
        axis: "x",
        ends: domain,
        isOver: true,
      })
    )
  );
  const panel = {
    left,
    right,
    top: 0,
    bottom: y,
    x: {
      domain,
      ticks: hundredths(domain, { length: right - left, gap: font * 2.4 }),
      title: "effective robustness, points →",
    },
    // Rows of several heights: up and down a unit is a pixel.
    y: { domain: [y, 0] as const, ticks: [] },
    marks: [...grounds, ...bars],
  };
  const marks = [...heads, ...titles, ...numbers];
  return { width, font, height: y + font * 3.2, panels: [panel], marks };
}

/** `, 1,234 examples` where all estimates of a shift stand on as many. */
function examplesOf(own: readonly RobustnessEstimate[]): string {
  const [first, ...others] = new Set(own.map(({ examples }) => examples));
  return first === undefined || others.length > 0
    ? ""
    : `, ${formatCount(first)} examples`;
}
