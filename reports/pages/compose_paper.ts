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
import { footer, smokeNotice } from "./compose_run.ts";
import type { PageOptions } from "./site_page.ts";

const LEAD =
  "What stands here in place of each figure of the paper, and what differs.";

/** A report with what it has of the paper's. */
type Standing = Report & { readonly counterparts: Counterparts };

/** Whether there is anything to show. */
export function hasCounterparts(reports: readonly Report[]): boolean {
  return reports.some(isStanding);
}

/** Every figure of the paper with its counterparts, or the command that makes one, or why there is none; then the experiments that the paper has not. */
export function composePaper(
  reports: readonly Report[],
  { run, around }: PageOptions,
): Page {
  const folder = FOLDERS.paper;
  const standing = reports.filter(isStanding);
  const others = reports.filter((report) => !isStanding(report));
  return {
    folder,
    title: "The paper’s figures",
    lead: LEAD,
    description: LEAD,
    blocks: [
      ...smokeNotice(run),
      prose(
        `${
          escapeMarkdown(PAPER_LINE)
        }: [${PAPER_URL}](${PAPER_URL}). Numbers are those of its first version. None of its data but the published accuracies of ImageNet models is used here, so the other counterparts ask the same question of smaller data and networks; each experiment lists what is smaller in it.`,
      ),
      cards(
        "The paper’s figures and what stands in their place",
        ["in the paper", "here", "with"],
        PAPER_FIGURES.flatMap((figure: PaperFigure) =>
          rowsOf(figure, standing)
        ),
      ),
      ...others.length === 0 ? [] : [
        heading("not-in-the-paper", "Not in the paper"),
        line(
          listed(others.map((report) => placeLink(folder, placeOf(report)))),
        ),
      ],
    ],
    footer: footer(run),
    around,
  };
}

/** In place of which figures of the paper a report has something, and the way to all. */
export function counterpartsLine(
  { id, counterparts }: Report,
): readonly Block[] {
  if (counterparts === undefined) return [];
  const all = addressFrom(`${id}/`, pathOf(FOLDERS.paper));
  return [line([
    "What is here in place of the paper’s ",
    ...listed(Object.keys(counterparts.of)),
    ": see ",
    link("the paper’s figures, one by one", all),
    ".",
  ])];
}

function isStanding(report: Report): report is Standing {
  return report.counterparts !== undefined;
}

/** A row for each report that has a counterpart; what is in the paper is said once. */
function rowsOf(
  figure: PaperFigure,
  standing: readonly Standing[],
): readonly (readonly Line[])[] {
  const { name, shows } = figure;
  const found = standing.flatMap((report): readonly [Line, string][] => {
    const { of, instead } = report.counterparts;
    const ids = (of as Readonly<Record<string, readonly string[]>>)[name] ?? [];
    return ids.length === 0 ? [] : [[
      [
        ...listed(ids.map((id) => linkTo(id, report))),
        " in ",
        placeLink(FOLDERS.paper, placeOf(report)),
      ],
      instead,
    ]];
  });
  const rows: readonly (readonly [Line, Line])[] = found.length === 0
    ? [[without(figure), ""]]
    : found;
  return rows.map((row, i) => [
    i === 0 ? [strong(name), `: ${shows}`] : strong(name),
    ...row,
  ]);
}

function without({ by: [pipeline], options = "", without }: PaperFigure): Line {
  if (without !== undefined || pipeline === undefined) return without ?? "";
  return [
    "Not on this site; ",
    code(`deno task reproduce ${pipeline}${options}`),
    " makes it",
  ];
}

/** A link to a figure, a table or a picture, where it can be seen. */
function linkTo(id: string, report: Report): Inline {
  const { tables = [] } = report;
  const to = (text: string, path: string) =>
    link(text, addressFrom(FOLDERS.paper, path));
  const page = pathOf(`${report.id}/`);
  const placed = placeFigures(report).find(({ figure }) => figure.id === id);
  if (placed !== undefined) {
    const { figure: { title }, place } = placed;
    return to(title, place?.path ?? `${page}#figure-${id}`);
  }
  const table = tables.findIndex((table) => table.id === id);
  return table < 0
    ? to("Pictures", `${page}#picture-${id}`)
    : to(`Table ${table + 1}`, `${page}#table-${id}`);
}

function listed(items: readonly Inline[]): readonly Inline[] {
  return items.flatMap((item, i) =>
    i === 0 ? [item] : [i === items.length - 1 ? " and " : ", ", item]
  );
}
