/**
 * The paper's figure for several shifts side by side, as a value.
 *
 * @module
 */
import type { OnTheLineFigure } from "./on_the_line_figure.ts";
import type { FigureHead } from "./figure_head.ts";
import type { Prose } from "./prose.ts";

/** Small panels of the paper's figure, those in support above those out of support. */
export interface LinePanelsFigure extends FigureHead {
  readonly kind: "line-panels";
  /** What the names of its groups mean; a page says it once. */
  readonly names?: Prose | undefined;
  /** Confidence level of bands and bars; 0.95 by default. */
  readonly level?: number | undefined;
  /** One a shift, in reading order; two or three fill a row. */
  readonly panels: readonly LinePanel[];
}

/** What a figure of its own would have, with the name of the shift as its title. A group has one look in all panels, by its name. */
export interface LinePanel extends
  Omit<
    OnTheLineFigure,
    "kind" | "id" | "note" | "names" | "level" | "overall"
  > {
  /** Whether the shift stays in the support of the reference distribution; of some only a part does. */
  readonly support: "in" | "out" | "part";
  /** Of one of which a part does: beside which shifts it stands, and what it is called there, "close to ImageNet". A row of its own if left out. */
  readonly beside?:
    | { readonly support: "in" | "out"; readonly head: string }
    | undefined;
  /** What its networks are: "published models". */
  readonly networks?: string | undefined;
}
