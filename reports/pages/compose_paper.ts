/**
 * The page of the paper's figures, and what stands here in place of each.
 *
 * @module
 */
import { addressFrom, FOLDERS, pathOf } from "../document/address.ts";
import { PAPER_LINE, PAPER_URL } from "../document/citation.ts";
import type { Block, Inline, Line, Page } from "../document/document.ts";
import { placeLink, placeOf } from "../document/navigation.ts";
import {
  cards,
  code,
  heading,
  line,
  link,
  prose,
  strong,
} from "../document/pieces.ts";
import { escapeMarkdown } from "../text/escape.ts";
import {
  type Counterparts,
  PAPER_FIGURES,
  type PaperFigure,
} from "../value/paper_figures.ts";
import type { Report } from "../value/report.ts";
import { placeFigures } from "./compose_figure.ts";
import { pageOf, smokeNotice } from "./compose_run.ts";
import type { PageOptions } from "./site_page.ts";

const LEAD =
  "What stands here in place of each figure of the paper, and what differs.";

/** A report with what it has of the paper's. */
type Standing = Report & { readonly counterparts: Counterparts };

/** Whether there is anything to show. */
export function hasCounterparts(reports: readonly Report[]): boolean {
  return reports.some(isStanding);
}

/** Every figure of the paper with what stands in its place, or the command that makes it, or why nothing does; with what it is made; then the experiments that the paper has not. */
export function composePaper(
  reports: readonly Report[],
  options: PageOptions,
): Page {
  const folder = FOLDERS.paper;
  const standing = reports.filter(isStanding);
  const others = reports.filter((report) => !isStanding(report));
  return pageOf(options, {
    folder,
    title: "The paper’s figures",
    lead: LEAD,
    blocks: [
      ...smokeNotice(options.run),
      prose(
        `${
          escapeMarkdown(PAPER_LINE)
        }: [${PAPER_URL}](${PAPER_URL}). Numbers are those of its first version. What is not on this site stands as the command that makes it.`,
      ),
      cards(
        "The paper’s figures and what stands in their place",
        ["in the paper", "here"],
        PAPER_FIGURES.map((figure: PaperFigure) => [
          [strong(figure.name), `: ${figure.shows}`],
          inPlaceOf(figure, standing),
        ]),
      ),
      heading("instead", "With what"),
      prose(
        "Of the paper’s own data only the accuracies of ImageNet models, which others have published, are used here. The other experiments ask the same of smaller data and networks; the page of each lists what is smaller in it.",
      ),
      cards(
        "What each experiment has in place of the paper’s data and networks",
        ["experiment", "with"],
        [...Map.groupBy(standing, ({ counterparts: { instead } }) => instead)]
          .map(([instead, some]) => [listed(some.map(linkTo)), instead]),
      ),
      ...others.length === 0 ? [] : [
        heading("not-in-the-paper", "Not in the paper"),
        line(listed(others.map(linkTo))),
      ],
    ],
  });
}

/** In place of which figures of the paper a report has something, and the way to all. */
export function counterpartsLine(
  { id, counterparts }: Report,
): readonly Block[] {
  if (counterparts === undefined) return [];
  const all = addressFrom(`${id}/`, pathOf(FOLDERS.paper));
  return [line([
    "This experiment has its own version of the paper’s ",
    ...listed(Object.keys(counterparts.of)),
    ": see ",
    link("the paper’s figures, one by one", all),
    ".",
  ])];
}

function isStanding(report: Report): report is Standing {
  return report.counterparts !== undefined;
}

/** What each experiment has in place of a figure, or the command that makes it; or why there is nothing. */
function inPlaceOf(
  { name, by, without = "" }: PaperFigure,
  standing: readonly Standing[],
): Line {
  if (by.length === 0) return without;
  return by.flatMap((words, i) => {
    const report = standing.find(({ id }) => id === words.split(" ")[0]);
    const of: Readonly<Record<string, readonly string[] | undefined>> =
      report?.counterparts.of ?? {};
    const between = i === 0 ? [] : ["; "];
    return report === undefined
      ? [...between, code(`deno task reproduce ${words}`)]
      : [
        ...between,
        linkTo(report),
        ": ",
        ...listed((of[name] ?? []).map((id) => linkInto(report, id))),
      ];
  });
}

function linkTo(report: Report): Inline {
  return placeLink(FOLDERS.paper, placeOf(report));
}

/** A link to a figure, a table or a picture, where it can be seen. */
function linkInto(report: Report, id: string): Inline {
  const { tables = [] } = report;
  const to = (text: string, path: string) =>
    link(text, addressFrom(FOLDERS.paper, path));
  const page = pathOf(`${report.id}/`);
  const placed = placeFigures(report).find(({ figure }) => figure.id === id);
  if (placed !== undefined) {
    const { number, place } = placed;
    return to(`figure ${number}`, place?.path ?? `${page}#figure-${id}`);
  }
  const table = tables.findIndex((table) => table.id === id);
  return table < 0
    ? to("pictures", `${page}#picture-${id}`)
    : to(`table ${table + 1}`, `${page}#table-${id}`);
}

/** Items with commas and "and" between them. */
function listed(items: readonly Inline[]): readonly Inline[] {
  return items.flatMap((item, i) =>
    i === 0 ? [item] : [i === items.length - 1 ? " and " : ", ", item]
  );
}
