/**
 * A page with the files that lie beside it, and what it is made with.
 *
 * @module
 */
import type { Page, Surroundings } from "../document/document.ts";
import type { Making } from "../document/figure_sources.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import type { RunRecord } from "../runs/run_record.ts";
import type { Picture } from "../value/picture.ts";

/** What every page of a site is made with. */
export interface PageOptions {
  readonly run: RunRecord;
  readonly around: Surroundings;
}

/** What the pages of one report are made with. */
export interface ReportPageOptions extends PageOptions, Making {
  /** Drawn figures by id; a figure that is missing was not available. */
  readonly drawn: ReadonlyMap<string, RenderedFigure>;
  /** Pictures on the pages of shifts, by id of the shift. */
  readonly sheets?: ReadonlyMap<string, Picture> | undefined;
}

/** A page, and what its folder holds beside it, by name. */
export interface SitePage {
  readonly page: Page;
  readonly files?: ReadonlyMap<string, string | Uint8Array>;
}
