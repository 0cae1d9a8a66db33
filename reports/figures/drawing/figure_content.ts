/**
 * What is common to figures that Observable Plot draws.
 *
 * @module
 */
import { csv } from "../../text/csv.ts";
import { escapeMarkdown } from "../../text/escape.ts";
import { html } from "../../text/html.ts";
import { plainText } from "../../text/plain_text.ts";
import type { FigureHead } from "../../value/figure_head.ts";
import { proseMarkdown } from "../../value/prose.ts";
import { type LegendEntry, legendHtml, withLegend } from "./legend.ts";
import { type Drawing, FILE, PAGE, type Sheet } from "./pixels.ts";
import type { FigureOnPage, RenderedFigure } from "./rendered_figure.ts";
import { draw, standalone, svgFile } from "./svg.ts";

/** A figure in words and numbers, and how to draw it. */
export interface FigureContent
  extends Pick<RenderedFigure, "reading" | "table"> {
  /** What to beware of, after the finding. */
  readonly cautions?: readonly string[];
  /** Paragraphs after the note. */
  readonly details?: readonly string[];
  /** What the description says after the finding, in plain sentences. */
  readonly sentences?: readonly string[];
  /** The drawing for a sheet, without a legend. */
  readonly plot: (sheet: Sheet) => Drawing;
  /** HTML of the drawings for a page, where they are not that for its sheet. */
  readonly page?: string;
  /** What its marks are. */
  readonly legend: readonly LegendEntry[];
}

/** Its numbers. */
export type FigureNumbers = Pick<RenderedFigure, "data" | "table">;

/** The figure for a page and as a file. */
export function onPage(
  { id, title, note, ...figure }: FigureHead,
  content: FigureContent,
): FigureOnPage {
  const finding = proseMarkdown(figure.finding);
  const { cautions = [], details = [], sentences = [] } = content;
  const { reading, table, plot, legend } = content;
  const description = [plainText(finding), ...sentences].join(" ");
  const names = { id: `${id}-drawing`, title, description };
  const whole = (sheet: Sheet) => withLegend(plot(sheet), legend);
  const page = content.page ?? draw(plot(PAGE), names);
  return {
    caption: [`**${escapeMarkdown(title)}.** ${finding}`, ...cautions]
      .join(" "),
    reading,
    details: [...note === undefined ? [] : [proseMarkdown(note)], ...details],
    description,
    table,
    page: html`${{ html: page }}${legendHtml(legend)}`.html,
    file: svgFile(draw(whole(FILE), names)),
    print: (sheet) =>
      standalone(draw(whole(sheet), { ...names, colours: "written" })) +
      "\n",
  };
}

/**
 * The figure with its data.
 *
 * @throws {RangeError} if it has none
 */
export function rendered(
  figure: FigureHead,
  { data, ...content }: FigureContent & FigureNumbers,
): RenderedFigure {
  if (data.rows.length === 0) refuse(figure, "it has no data");
  const units = "accuracies, shares and effective robustness are fractions";
  // Pictures are files of their own.
  const plain = (_: string, value: unknown) =>
    value instanceof Uint8Array ? undefined : value;
  const json = JSON.stringify({ ...figure, units }, plain, 1) + "\n";
  return { ...onPage(figure, content), data, json };
}

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

/** Says why a figure cannot be drawn. */
export function refuse({ id }: Pick<FigureHead, "id">, why: string): never {
  throw new RangeError(`Cannot draw figure "${id}": ${why}`);
}
