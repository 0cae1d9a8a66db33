/**
 * What is common to figures that Observable Plot draws.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { html } from "../../text/html.ts";
import type { RenderedFigure } from "./rendered_figure.ts";
import { keyHtml, type KeyPart } from "./key.ts";
import { FILE, PAGE, type Paper } from "./paper.ts";
import { draw, standalone, svgFile } from "./svg.ts";

/** A figure in words and numbers, and how to draw it. */
export interface FigureContent extends
  Pick<
    RenderedFigure,
    "description" | "caption" | "data" | "json" | "table"
  > {
  /** The drawing for some paper. */
  readonly plot: (paper: Paper) => Plot.PlotOptions;
  /** What its marks are, where the paper has the key beside the drawing. */
  readonly key: readonly KeyPart[];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** The figure for a page and as a file. */
export function rendered(
  { id, title }: Named,
  { plot, key, ...content }: FigureContent,
): RenderedFigure {
  const names = {
    id: `${id}-drawing`,
    title,
    description: content.description,
  };
  const page = draw(plot(PAGE), names);
  return {
    ...content,
    page: html`${{ html: page }}${keyHtml(key)}`.html,
    file: svgFile(draw(plot(FILE), names)),
    paper: (paper) =>
      standalone(draw(plot(paper), { ...names, colours: "written" })) + "\n",
  };
}
