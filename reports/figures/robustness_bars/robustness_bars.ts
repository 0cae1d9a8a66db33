/**
 * Draws mean effective robustness under several shifts.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { wrapped } from "../../text/wrapped.ts";
import { formatCount } from "../../value/quantity.ts";
import type { RobustnessBarsFigure } from "../../value/robustness_bars_figure.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { capital } from "../../value/wording.ts";
import { points } from "../drawing/columns.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { PAGE_COLOUR } from "../drawing/palette.ts";
import {
  type GridCell,
  type GridPlace,
  panelGrid,
} from "../drawing/panel_grid.ts";
import type { Panel } from "../drawing/pixels.ts";
import {
  rules,
  shade,
  shortened,
  textAt,
  textWidth,
} from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  type GroupOverLine,
  namesOf,
  robustnessLegend,
  robustnessWords,
  styleOf,
  takenMeans,
  tooFew,
} from "../drawing/robustness.ts";
import { measuredMarks, type MeasuredPlace } from "../drawing/series_marks.ts";
import { airy, hundredths } from "../drawing/ticks.ts";
import {
  barsNumbers,
  barsSaid,
  lineNamed,
  sentencesOf,
} from "./robustness_bars_words.ts";

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
    ...barsSaid(figure),
    ...barsNumbers(figure),
    legend: robustnessLegend(figure),
  });
}

/** Longest name of a group, in characters. */
const LONGEST = 16;

/** Rows for the shifts in support, for those out of it, and for others, each kind below its head. */
function cellsOf(figure: RobustnessBarsFigure): readonly GridCell[] {
  const domain = domainOf(figure);
  return (["in", "out", "both", undefined] as const).filter((support) =>
    figure.shifts.some((shift) => shift.support === support)
  ).map((support) => {
    const shifts = figure.shifts.filter((one) => one.support === support);
    return {
      title: support === undefined
        ? "For comparison"
        : capital(SUPPORT_WORDS[support]),
      // Its title says which support.
      description: sentencesOf({
        ...figure,
        shifts: shifts.map(({ name }) => ({ name })),
      }).join(" "),
      at: (place) => rowsAt(place, { figure: { ...figure, shifts }, domain }),
    };
  });
}

/** A row for each estimate of some shifts; its labels stand beside the panel. */
function rowsAt(
  { left: start, top, width, font }: GridPlace,
  { figure, domain }: {
    readonly figure: RobustnessBarsFigure;
    readonly domain: readonly [number, number];
  },
): ReturnType<GridCell["at"]> {
  const { shifts, estimates, band } = figure;
  const names = namesOf(estimates);
  const end = start + width;
  const row = font * 1.46;
  const longest = largest(names.groups.map((name) => textWidth(name, font)));
  const left = start + 12 + Math.min(longest, LONGEST * font * 0.56);
  const right = end - textWidth("+00.00", font) - 12;
  const heads: Plot.Markish[] = [];
  const titles: Plot.Markish[] = [];
  const numbers: Plot.Markish[] = [];
  const grounds: Plot.Markish[] = [];
  const placed: (MeasuredPlace & GroupOverLine)[] = [];
  let y = top;
  for (const { name } of shifts) {
    const head = y;
    // Bold letters are wider.
    const most = Math.floor(width / (1.1 * textWidth("x", font)));
    for (const line of wrapped(name + examplesOf(figure, name), most)) {
      heads.push(
        textAt(shortened(line, most), {
          x: start,
          y: y + font * 0.9,
          weight: 600,
          soft: true,
        }),
      );
      y += font * 1.3;
    }
    y += font * 0.6;
    const first = y;
    for (const group of names.groups) {
      const mine = estimates.filter((estimate) =>
        estimate.shift === name && estimate.group === group
      );
      if (mine.length === 0) continue;
      titles.push(
        textAt(shortened(group, LONGEST), {
          x: start,
          y: y + row * mine.length / 2,
        }),
      );
      for (const estimate of mine) {
        const { baselines, mean, examples } = estimate;
        const at = y + row / 2;
        const number = mean === null ? tooFew(examples) : points(mean.mean);
        numbers.push(
          textAt(number, { x: end, y: at, anchor: "end", soft: true }),
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
            title: `${name}, ${group}${lineNamed(estimate, names)}\nER ${
              robustnessWords(estimate)
            }`,
          });
        }
        y += row;
      }
      y += row * 0.35;
    }
    const [x1, x2] = domain;
    grounds.push(
      // The grid ends where a name stands, which may be long.
      shade({ x1, x2, y1: head, y2: first }, { colour: PAGE_COLOUR }),
      ...band === undefined ? [] : [
        shade({ x1: band.low, x2: band.high, y1: first, y2: y }, {
          opacity: 0.08,
        }),
      ],
      rules([{ x1: 0, x2: 0, y1: first, y2: y }], { width: 1.3 }),
    );
    y += row * 0.35;
  }
  const byStyle = Map.groupBy(
    placed,
    ({ group, baselines }) => `${group}\n${baselines}`,
  );
  const bars = [...byStyle.values()].flatMap((alike) =>
    alike.slice(0, 1).flatMap((one) =>
      measuredMarks(alike, {
        ...styleOf(one, names),
        radius: font * 0.46,
        axis: "x",
        ends: domain,
      })
    )
  );
  const panel: Panel = {
    left,
    right,
    top,
    bottom: y,
    x: {
      domain,
      ticks: hundredths(domain, { length: right - left, gap: font * 2.4 }),
      title: "effective robustness, points →",
    },
    // Rows of several heights: up and down a unit is a pixel.
    y: { domain: [y, top], ticks: [] },
    marks: [...grounds, ...bars],
  };
  return {
    panels: [panel],
    marks: [...heads, ...titles, ...numbers],
    height: y - top + font * 3.2,
  };
}

/** `, 1,234 examples` where all estimates of a shift stand on as many. */
function examplesOf(
  { estimates }: RobustnessBarsFigure,
  name: string,
): string {
  const counts = estimates.filter(({ shift }) => shift === name)
    .map(({ examples }) => examples);
  const [first] = counts;
  return first === undefined || counts.some((other) => other !== first)
    ? ""
    : `, ${formatCount(first)} examples`;
}

/** All means and the band, with air; intervals widen it by half of that at most. */
function domainOf(
  { estimates, band }: RobustnessBarsFigure,
): readonly [number, number] {
  const means = takenMeans(estimates);
  return airy([
    0,
    ...means.map(({ mean }) => mean),
    ...band === undefined ? [] : [band.low, band.high],
  ], {
    ends: means.flatMap(({ low, high }) => [low, high]),
  });
}
