/**
 * Draws the paper's figure for several shifts side by side.
 *
 * @module
 */
import type {
  LinePanel,
  LinePanelsFigure,
} from "../../value/line_panels_figure.ts";
import type { OnTheLineFigure } from "../../value/on_the_line_figure.ts";
import { SUPPORT_WORDS } from "../../value/support_words.ts";
import { capital } from "../../value/wording.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { groupStyle } from "../drawing/palette.ts";
import {
  type GridCell,
  type GridPart,
  panelRows,
} from "../drawing/panel_grid.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import {
  describe,
  panelsJson,
  panelsReadersTable,
  panelsSaid,
  panelsTable,
  type RowPanel,
} from "./line_panels_words.ts";
import { linesLegend, meansLegend } from "./on_the_line.ts";
import { meanText } from "./on_the_line_caption.ts";
import { marksOf } from "./on_the_line_data.ts";
import { linePanel } from "./on_the_line_plot.ts";
import { surveyOf } from "./on_the_line_survey.ts";

/** Height of the plot of a panel over its width. */
const SHARE = 0.84;

/**
 * Draws the figure and writes its caption, table, CSV and JSON. On a page every
 * panel is a drawing of its own, so that three stand in a row where there is
 * room.
 *
 * @throws {RangeError} if there is no panel
 */
export function linePanels(figure: LinePanelsFigure): RenderedFigure {
  if (figure.panels.length === 0) refuse(figure, "it has no panel");
  const { id, level } = figure;
  const rows = rowsOf(figure);
  const parts = rows.flat();
  const panels = parts.flatMap(({ panels }) => panels);
  const groups = figure.panels.flatMap(({ groups }) => groups);
  const names = [...new Set(groups.map(({ name }) => name))];
  const [n, ...others] = new Set(
    figure.panels.map(({ baselines }) => baselines.length),
  );
  const scales = [...new Set(figure.panels.map(({ line }) => line.scale))];
  const has = {
    hasMeans: panels.some(({ survey }) => survey.hasMeans),
    hasSingles: panels.some(({ survey }) => survey.hasSingles),
    hasBars: panels.some(({ survey }) => survey.hasBars),
  };
  return rendered(figure, {
    ...panelRows(
      id,
      rows.map((row) =>
        row.map(({ head, panels }): GridPart => ({
          head,
          cells: panels.map((panel) => cellOf(panel, names)),
        }))
      ),
    ),
    sentences: parts.flatMap(({ head, panels }) =>
      panels.map((panel) =>
        `${head}, ${panel.figure.title}: ${describe(panel)}`
      )
    ),
    ...panelsSaid(figure, { panels, names, scales, has }),
    data: panelsTable(panels),
    json: panelsJson(id, panels),
    table: panelsReadersTable(panels),
    // What is alike in all panels. The axes are too short to say their scale.
    legend: [{
      entries: [
        ...linesLegend({
          n: others.length === 0 ? n : undefined,
          level,
          ...has,
        }),
        { text: `axes: ${scales.join(" or ")} scale` },
      ],
    }],
  });
}

/** In support, out of support, and what is in part; each with what stands beside it. */
function rowsOf({ id, level, panels }: LinePanelsFigure) {
  const drawn = (
    { beside: _, support, networks, ...panel }: LinePanel,
  ): RowPanel => {
    const figure: OnTheLineFigure = {
      ...panel,
      kind: "on-the-line",
      id,
      level,
    };
    const marks = [...marksOf(figure)];
    return {
      figure,
      marks,
      survey: surveyOf(figure, marks),
      support,
      networks,
    };
  };
  return (["in", "out", "part"] as const).map((row) => {
    const own = panels.filter(({ support, beside }) =>
      support === row && beside === undefined
    );
    const others = panels.filter(({ beside }) => beside?.support === row);
    const parts = Map.groupBy(
      [...own, ...others],
      ({ beside }) => beside?.head ?? capital(SUPPORT_WORDS[row]),
    );
    return [...parts].map(([head, panels]) => ({
      head,
      panels: panels.map(drawn),
    }));
  }).filter((row) => row.length > 0);
}

/** Axes, line and networks of a panel; a group has one look in all, by its name. */
function cellOf(panel: RowPanel, names: readonly string[]): GridCell {
  const { figure, survey, networks } = panel;
  const styleAt = (index: number) =>
    groupStyle(names.indexOf(figure.groups[index]?.name ?? ""));
  return {
    title: figure.title,
    description: describe(panel),
    note: networks,
    legend: meansLegend(figure, {
      // Where it has no room beside the name, it goes to the next line as a whole.
      written: (group) =>
        `ER ${meanText(group, { digits: 1 })}`.replaceAll(" ", "\u00a0"),
      styleAt,
    }),
    at: (place) => {
      const height = Math.round(place.width * SHARE);
      const at = { ...place, height };
      const options = { survey, place: at, styleAt, brief: true };
      return { height, panels: [linePanel(figure, options)] };
    },
  };
}
