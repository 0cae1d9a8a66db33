/**
 * The numbers behind the panels of the paper's figure.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import { figureJson, MARK_COLUMNS, markRow } from "./on_the_line_data.ts";
import { extremesOf, readersTable } from "./on_the_line_survey.ts";
import { panelsOf, type Row } from "./line_panels_rows.ts";

/** Every mark of every panel at full precision, accuracies as fractions. */
export function panelsTable(all: readonly Row[]): CsvTable {
  const panels = panelsOf(all);
  return {
    columns: ["panel", "support", ...MARK_COLUMNS],
    rows: panels.flatMap(({ figure, support, marks }) =>
      marks.map((mark) => [figure.title, support, ...markRow(mark)])
    ),
  };
}

/** Every mark as a reader's table; a page has room for those of pre-trained networks. */
export function panelsReadersTable(all: readonly Row[]): ReadersTable {
  const panels = panelsOf(all).map(({ figure: { title }, survey }) => {
    const titled = (rows: ReadersTable["rows"]) =>
      rows.map((row) => [title, ...row]);
    const { rows, ...table } = readersTable(survey);
    const { rows: ends } = extremesOf(survey.pretrained);
    const isWhole = ends.length === survey.pretrained.count;
    return { ...table, rows: titled(rows), ends: titled(ends), isWhole };
  });
  const [first] = panels;
  return {
    text: 1 + (first?.text ?? 0),
    columns: ["panel", ...first?.columns ?? []],
    total: panels.reduce((sum, { total = 0 }) => sum + total, 0),
    rows: panels.flatMap(({ rows }) => rows),
    selected: {
      title: panels.some(({ isWhole }) => !isWhole)
        ? "The pre-trained marks of each panel by effective robustness, of many the highest and the lowest"
        : "The pre-trained marks of each panel by effective robustness",
      rows: panels.flatMap(({ ends }) => ends),
    },
  };
}

/** Every panel with its fit, groups and networks for JSON, in fractions at full precision. */
export function panelsJson(
  { id }: LinePanelsFigure,
  all: readonly Row[],
): unknown {
  const panels = panelsOf(all).map(({ figure, support, marks }) => ({
    panel: figure.title,
    support,
    ...figureJson(figure, marks),
  }));
  return { id, panels };
}
