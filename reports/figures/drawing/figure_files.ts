/**
 * The files of a drawn figure.
 *
 * @module
 */
import { csv } from "../../text/csv.ts";
import type { RenderedFigure } from "./rendered_figure.ts";

/** A figure as a drawing, as CSV and as JSON, by path; `path` is without the ending. */
export function figureFiles(
  path: string,
  { file, data, json }: Pick<RenderedFigure, "file" | "data" | "json">,
): readonly (readonly [string, string])[] {
  return [
    [`${path}.svg`, file],
    [`${path}.csv`, csv(data)],
    [`${path}.json`, json],
  ];
}
