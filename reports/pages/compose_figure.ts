/**
 * Figures on pages, and pages of single figures.
 *
 * @module
 */
import {
  earlierNotice,
  environment,
  pageOf,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import type { Block, Line, ListItem, Page } from "../document/document.ts";
import { inlineProse, link, strong } from "../document/pieces.ts";
import { readingBlocks } from "./compose_reading.ts";
import { escapeMarkdown } from "../text/escape.ts";
import type { Figure } from "../value/figure.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import { figureSources, type Making } from "../document/figure_sources.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import { pathOf } from "../document/address.ts";
import type { Place } from "../document/navigation.ts";
import type { ReportPageOptions } from "./site_page.ts";
import { decidingClaims } from "./verdict_line.ts";
import { drawingsOf } from "./drawings_of.ts";

/** A report of more drawings, or one that names its main figures, has a page for each figure and shows the main ones only: a page stays light. */
const MOST_DRAWINGS = 4;

/** How many figures such a report shows, unless it names them: fewer if these have more drawings. */
const MAIN_FIGURES = 2;

/** A figure with its number in its report, and where it can be seen. */
export interface PlacedFigure {
  readonly figure: Figure;
  readonly number: number;
  /** Whether the page of its report shows it. */
  readonly main: boolean;
  /** Its own page, where it has one. */
  readonly place: Place | undefined;
  /** Number of an earlier figure that is missing for the same reason. */
  readonly missingLike: number | undefined;
}

/** Where the figures of a report are, in the order in which they are numbered. */
export function placeFigures(report: Report): readonly PlacedFigure[] {
  const { id, mainFigures } = report;
  const light = firstLight(report.figures);
  const many = light.length < report.figures.length ||
    mainFigures !== undefined;
  const main = !many ? light : mainFigures ?? light.slice(0, MAIN_FIGURES);
  const figures = decidingFirst(report, main);
  return figures.map((figure, i) => ({
    figure,
    number: i + 1,
    main: main.includes(figure.id),
    place: many && figure.kind !== "unavailable"
      ? {
        title: `Figure ${i + 1}. ${figure.title}`,
        path: pathOf(`${id}/${figure.id}/`),
      }
      : undefined,
    missingLike: missingLike(figures, i),
  }));
}

/** Ids of the first figures that have no more drawings than a page shows; the first is shown whatever it has. */
function firstLight(figures: readonly Figure[]): readonly string[] {
  let drawings = 0;
  const heavy = figures.findIndex((figure, i) => {
    drawings += drawingsOf(figure);
    return i > 0 && drawings > MOST_DRAWINGS;
  });
  return figures.slice(0, heavy < 0 ? undefined : heavy).map(({ id }) => id);
}

/** Figures in their order, but that of the claim that decides what the report asks is the first main one; galleries, which show the shift itself, stay before it. */
function decidingFirst(
  report: Report,
  main: readonly string[],
): readonly Figure[] {
  const { figures } = report;
  const shown = figures.filter(({ id, kind }) =>
    main.includes(id) && kind !== "gallery"
  );
  const deciding = decidingClaims(report)
    .flatMap(({ figure }) => shown.find(({ id }) => id === figure) ?? [])[0];
  if (deciding === undefined) return figures;
  return figures.flatMap((figure) =>
    figure === shown[0]
      ? [...new Set([deciding, figure])]
      : figure === deciding
      ? []
      : [figure]
  );
}

function missingLike(
  figures: readonly Figure[],
  i: number,
): number | undefined {
  const reasons = figures.slice(0, i + 1).map((figure) =>
    figure.kind === "unavailable" ? proseMarkdown(figure.reason) : undefined
  );
  if (reasons[i] === undefined) return undefined;
  const first = reasons.indexOf(reasons[i]);
  return first < i ? first + 1 : undefined;
}

/** A figure, or why it is not there. */
export function figureBlock(
  placed: PlacedFigure,
  { report, drawn, files = "./", ...making }: Making & {
    /** Id of its report. */
    readonly report: string;
    /** Drawn figures of its report by id. */
    readonly drawn: ReadonlyMap<string, RenderedFigure>;
    /** The way to its files, where they are not beside the page. */
    readonly files?: string;
  },
): Block {
  const { figure: { id, title }, number } = placed;
  const figure = drawn.get(id);
  return figure === undefined
    ? { kind: "notice", id: `figure-${id}`, text: notThere(placed) }
    : {
      kind: "figure",
      id: `figure-${id}`,
      number,
      title,
      figure,
      files,
      sources: figureSources({ report, figure: id }, { ...making, files }),
    };
}

/** A line for a figure that has a page of its own, or for one that is not there. */
export function figureItem(placed: PlacedFigure): ListItem {
  const { figure, place } = placed;
  const id = `figure-${figure.id}`;
  if (place === undefined) return { id, text: notThere(placed) };
  return {
    id,
    text: [
      link(place.title, `./${figure.id}/index.html`),
      ...!("finding" in figure) ? [] : [". ", inlineProse(figure.finding)],
    ],
  };
}

/** The page of one figure. */
export function composeFigure(
  report: Report,
  placed: PlacedFigure,
  options: ReportPageOptions,
): Page {
  const { run } = options;
  const { figure, number } = placed;
  const rendered = options.drawn.get(figure.id);
  const drawn = new Map(
    rendered === undefined ? [] : [[figure.id, leadingToReport(rendered)]],
  );
  return pageOf(options, {
    folder: `${report.id}/${figure.id}/`,
    title: figure.title,
    lead: `Figure ${number} of “${report.title}”. ${report.question}`,
    description: `Figure ${number} of “${report.title}”: ${figure.title}`,
    blocks: [
      ...smokeNotice(run, report),
      ...earlierNotice(run, report),
      figureBlock(placed, {
        ...options,
        drawn,
        report: report.id,
        files: "../",
      }),
      ...readingBlocks(rendered === undefined ? [] : [rendered]),
      ...environment(run, { pipeline: report.id }),
      ...rebuild(run, { pipeline: report.id }),
    ],
  });
}

/** A figure whose links to parts of the page of its report lead there from its own page. */
function leadingToReport(
  { caption, details, ...figure }: RenderedFigure,
): RenderedFigure {
  const led = (markdown: string) =>
    markdown.replaceAll("](#", "](../index.html#");
  return { ...figure, caption: led(caption), details: details.map(led) };
}

function notThere({ figure, number, missingLike }: PlacedFigure): Line {
  const reason = missingLike !== undefined
    ? `for the same reason as figure ${missingLike}.`
    : figure.kind === "unavailable"
    ? proseMarkdown(figure.reason)
    : "it was not drawn";
  return [
    strong(`Figure ${number} is not reproduced.`),
    {
      kind: "markdown",
      source: ` ${escapeMarkdown(figure.title)}: ${reason}`,
    },
  ];
}
