/**
 * Draws the theorem in a plane.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { largest } from "../../../stats/intervals/extremes.ts";
import { formatNumber } from "../../value/quantity.ts";
import {
  pair,
  type StartsInPlaneFigure,
} from "../../value/starts_in_plane_figure.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import {
  type LegendEntry,
  lineSample,
  seriesLegend,
  shapeSample,
  shapesSentence,
} from "../drawing/legend.ts";
import { groupStyle, PAGE_COLOUR } from "../drawing/palette.ts";
import { type GridCell, panelGrid } from "../drawing/panel_grid.ts";
import { type Rule, rules, stretch, textAt } from "../drawing/plain_marks.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { symbols } from "../drawing/series_marks.ts";

/** Look of the line of weights whose part in W is the minimum. */
const MINIMUM = { width: 1.2, dash: "5,4" } as const;

type Vector = readonly [number, number];

/**
 * Draws the figure and writes its caption, table, CSV and JSON.
 *
 * @throws {RangeError} if the points do not span a line of a plane
 */
export function startsInPlane(figure: StartsInPlaneFigure): RenderedFigure {
  const { basis, starts, points } = figure;
  if (basis.length !== 1 || basis[0]?.length !== 2) {
    refuse(
      figure,
      `its points span ${basis.length} dimensions of ${
        basis[0]?.length ?? 0
      }, not a line of a plane`,
    );
  }
  const coordinates = starts.map(({ name, from, to }) => [
    name,
    ...pair(from),
    ...pair(to),
  ]);
  return rendered(figure, {
    ...panelGrid(figure.id, cellsOf(figure)),
    legend: legendOf(figure),
    reading: [
      "**Starts in the plane.** The first panel shows the training points, filled and hollow by class, all on the grey line W, and the boundary ŵ·x = 0 of each trained classifier. The second panel shows the weights of the same classifiers, from where each started (hollow) to where gradient descent ended (filled); the dashed line holds the weights whose part in W is the minimum.",
    ],
    details: [
      `Training points: ${points.length}. ${
        shapesSentence(starts.map(({ name }) => name))
      }`,
    ],
    data: {
      columns: ["start", "from_1", "from_2", "to_1", "to_2"],
      rows: coordinates,
    },
    table: {
      text: 1,
      columns: ["start", "w₀, first", "w₀, second", "ŵ, first", "ŵ, second"],
      rows: coordinates.map(([name, ...values]) => [
        String(name),
        ...values.map((value) => formatNumber({ value: Number(value) })),
      ]),
    },
  });
}

/** Inputs with boundaries, and weights, each in a square about the origin with the line W and its name. */
function cellsOf(
  figure: StartsInPlaneFigure,
): readonly GridCell[] {
  const { points, starts, basis } = figure;
  const direction = pair(basis[0] ?? []);
  const weights = starts.flatMap(({ from, to }) => [from, to]);
  const square = ({ reach, marks }: {
    /** Half of what it shows, in units of its plane. */
    readonly reach: number;
    readonly marks: (options: PlaneOptions) => readonly Plot.Markish[];
  }): GridCell["plot"] =>
  ({ width, font }) => {
    const side = Math.floor(width);
    const axis = { domain: [-reach, reach], ticks: [] } as const;
    const [x, y] = direction;
    const end = (x < 0 ? -0.93 : 0.93) * reach;
    const panel = {
      left: 0,
      right: side,
      top: 0,
      bottom: side,
      x: axis,
      y: axis,
      marks: [
        Plot.frame({ strokeOpacity: 0.25 }),
        rules(across([0, 0], { reach, along: direction }), {
          opacity: 0.35,
          width: 1.2,
        }),
        textAt("W", {
          x: x * end,
          y: y * end + 0.065 * reach,
          anchor: "middle",
          weight: 600,
          soft: true,
        }),
        ...marks({ reach, font, direction }),
      ],
    };
    return { width, font, height: side + font * 0.2, panels: [panel] };
  };
  return [
    {
      title: "Inputs and decision boundaries",
      description:
        "The training points on the line W, and the boundary of each trained classifier through the origin.",
      plot: square({
        reach: 1.12 * furthest(points.map(({ at }) => at)),
        marks: (options) => inputMarks(figure, options),
      }),
    },
    {
      title: "Weights: start to end",
      description:
        "An arrow for each classifier, from the weights that it started from to those where it ended.",
      plot: square({
        reach: 1.15 * furthest(weights),
        marks: (options) => weightMarks(figure, options),
      }),
    },
  ];
}

/** The starts, and what is filled and hollow. */
function legendOf(
  { starts }: StartsInPlaneFigure,
): readonly LegendEntry[] {
  const weights = (filling: number) => shapeSample({ filling, size: 0.42 });
  const points = (filling: number) =>
    shapeSample({ symbol: "circle", filling, size: 0.27 });
  return [
    ...seriesLegend(starts.map(({ name }) => name)),
    { text: "hollow: where it started", sample: weights(1) },
    { text: "filled: where it ended", sample: weights(0) },
    { text: "points of one class", sample: points(0) },
    { text: "of the other", sample: points(1) },
    { text: "minimum along W", sample: lineSample(MINIMUM) },
  ];
}

interface PlaneOptions {
  readonly reach: number;
  readonly font: number;
  /** Unit vector along W. */
  readonly direction: Vector;
}

function inputMarks(
  { points, starts }: StartsInPlaneFigure,
  { reach, font }: PlaneOptions,
): Plot.Markish[] {
  const boundaries = starts.map(({ to, name }, i) => {
    const [a, b] = pair(to);
    // The end that is higher up carries the mark.
    const along: Vector = a >= 0 ? [-b, a] : [b, -a];
    return { i, name, along };
  });
  return [
    ...boundaries.map(({ along, i }) =>
      rules(across([0, 0], { reach, along }), {
        colour: groupStyle(i).colour,
        width: 1.8,
      })
    ),
    Plot.dot(points.map(({ at }) => at), {
      r: 3.2,
      fill: points.map(({ label }) => label > 0 ? "currentColor" : PAGE_COLOUR),
      stroke: "currentColor",
      strokeWidth: 1.1,
    }),
    ...boundaries.map(({ along: [x, y], i, name }) => {
      const share = 0.86 * reach / Math.hypot(x, y);
      return symbols([{
        x: x * share,
        y: y * share,
        title: `boundary from the start “${name}”`,
      }], { ...groupStyle(i), filling: 0, radius: font * 0.5 });
    }),
  ];
}

function weightMarks(
  { starts }: StartsInPlaneFigure,
  { reach, font, direction }: PlaneOptions,
): Plot.Markish[] {
  const end = pair(starts[0]?.to ?? [0, 0]);
  const along = end[0] * direction[0] + end[1] * direction[1];
  const minimum: Vector = [along * direction[0], along * direction[1]];
  const off: Vector = [-direction[1], direction[0]];
  return [
    rules(across(minimum, { reach, along: off }), MINIMUM),
    ...starts.map(({ from, to }, i) =>
      Plot.arrow([[...from, ...to]], {
        x1: "0",
        y1: "1",
        x2: "2",
        y2: "3",
        stroke: groupStyle(i).colour,
        strokeWidth: 1.6,
        headLength: 7,
        insetStart: font * 0.45,
        insetEnd: font * 0.55,
      })
    ),
    ...starts.flatMap(({ from, to, name }, i) =>
      ([
        [from, `start “${name}”`, 1, 0.42],
        [to, `end from the start “${name}”`, 0, 0.5],
      ] as const).map(([at, title, filling, size]) => {
        const [x, y] = pair(at);
        const look = { ...groupStyle(i), filling, radius: font * size };
        return symbols([{ x, y, title }], look);
      })
    ),
  ];
}

/** The stretch of a straight line that lies in the square about the origin. */
function across(
  through: Vector,
  { reach, along }: { readonly reach: number; readonly along: Vector },
): readonly Rule[] {
  const side = [-reach, reach] as const;
  return stretch(through, { along, box: [side, side] });
}

function furthest(vectors: readonly (readonly number[])[]): number {
  return largest(vectors.flat().map(Math.abs));
}
