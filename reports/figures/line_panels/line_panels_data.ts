/**
 * The numbers behind the panels of the paper's figure.
 *
 * @module
 */
import type { CsvTable } from "../../text/csv.ts";
import type { LinePanelsFigure } from "../../value/line_panels_figure.ts";
import type { ReadersTable } from "../drawing/rendered_figure.ts";
import { panelsOf, type Row, type RowPanel } from "./rows.ts";

/** Every mark of every panel at full precision, accuracies as fractions. */
export function panelsTable(all: readonly Row[]): CsvTable {
  const panels = panelsOf(all);
  return {
    columns: ["panel", "support", ...panels[0]?.data.columns ?? []],
    rows: panels.flatMap(({ figure, support, data }) =>
      data.rows.map((row) => [figure.title, support, ...row])
    ),
  };
}

/** Every mark as a reader's table; a page has room for those of pre-trained networks. */
export function panelsReadersTable(all: readonly Row[]): ReadersTable {
  const panels = panelsOf(all);
  const [first] = panels;
  const rowsOf = (
    rows: (table: RowPanel["table"]) => ReadersTable["rows"],
  ) =>
    panels.flatMap(({ figure, table }) =>
      rows(table).map((row) => [figure.title, ...row])
    );
  return {
    text: 1 + (first?.table.text ?? 0),
    columns: ["panel", ...first?.table.columns ?? []],
    total: panels.reduce((sum, { survey }) => sum + survey.total, 0),
    rows: rowsOf(({ rows }) => rows),
    selected: {
      title:
        panels.some(({ table, survey }) =>
            table.selected.rows.length < survey.pretrained.count
          )
          ? "The pre-trained marks of each panel by effective robustness, of many the highest and the lowest"
          : "The pre-trained marks of each panel by effective robustness",
      rows: rowsOf(({ selected }) => selected.rows),
    },
  };
}

/** Every panel with its fit, groups and networks for JSON, in fractions at full precision. */
export function panelsJson(
  { id }: LinePanelsFigure,
  all: readonly Row[],
): unknown {
  const panels = panelsOf(all).map(({ figure, support, json }) => ({
    panel: figure.title,
    support,
    ...json,
  }));
  return { id, panels };
}
