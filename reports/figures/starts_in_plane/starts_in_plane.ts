/**
 * Draws the theorem in a plane.
 *
 * @module
 */
import { formatNumber } from "../../value/quantity.ts";
import {
  pair,
  type StartsInPlaneFigure,
} from "../../value/starts_in_plane_figure.ts";
import { refuse, rendered } from "../drawing/figure_content.ts";
import { shapesSentence } from "../drawing/legend.ts";
import { panelGrid } from "../drawing/panel_grid.ts";
import type { RenderedFigure } from "../drawing/rendered_figure.ts";
import { planeCells, planeLegend } from "./starts_in_plane_plot.ts";

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
    ...panelGrid(figure.id, planeCells(figure)),
    legend: planeLegend(figure),
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
