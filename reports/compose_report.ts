/**
 * The page of a report, as blocks.
 *
 * @module
 */
import { claimsTable } from "./compose_claims.ts";
import {
  citation,
  environment,
  footer,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import type { Block, Inline, Line, Page } from "./document.ts";
import { escapeMarkdown, safeUrl } from "./escape.ts";
import type { RenderedFigure } from "./figures/figure.ts";
import { proseMarkdown } from "./prose.ts";
import { formatQuantity } from "./quantity.ts";
import type { DatasetRecord } from "./material.ts";
import type { Cell, Report, Table } from "./report.ts";
import type { RunRecord } from "./run_record.ts";

/** What a page is made of. */
export interface ComposeOptions {
  readonly run: RunRecord;
  /** Drawn figures by id; a figure that is missing was not available. */
  readonly figures: ReadonlyMap<string, RenderedFigure>;
}

/** The page of a report: question, answer and claims first, then the evidence. */
export function composeReport(
  report: Report,
  { run, figures }: ComposeOptions,
): Page {
  const { pretraining = [], pictures = [], tables = [], sections = [] } =
    report;
  const { scaledDownTitle = "What is smaller than in the paper" } = report;
  const numbers = new Map(report.figures.map(({ id }, i) => [id, i + 1]));
  const heading = (id: string, text: string): Block => ({
    kind: "heading",
    level: 2,
    id,
    text,
  });
  const blocks: readonly Block[] = [
    ...smokeNotice(run),
    ...report.answer === undefined ? [] : [{
      kind: "answer" as const,
      markdown: proseMarkdown(report.answer),
    }],
    ...when(report.claims, () => [
      heading("claims", "Claims"),
      claimsTable(report.claims.map((claim) => ({
        claim,
        page: "",
        figure: claim.figure === undefined
          ? undefined
          : numbers.get(claim.figure),
      }))),
    ]),
    ...when(report.figures, () => [
      heading("figures", report.figures.length === 1 ? "Figure" : "Figures"),
      ...report.figures.map((figure, i) => figureBlock(figure, i + 1)),
    ]),
    ...when(report.scaledDown, () => [
      heading("scaled-down", scaledDownTitle),
      {
        kind: "table",
        layout: "cards",
        label: scaledDownTitle,
        columns: ["setting", "paper", "here"].map((title) => ({ title })),
        rows: report.scaledDown.map(({ what, paper, here }) => [
          { kind: "strong", text: what },
          { kind: "markdown", source: proseMarkdown(paper) },
          { kind: "markdown", source: proseMarkdown(here) },
        ]),
      },
    ]),
    ...sections.flatMap(({ id, title, text }) => [
      heading(id, title),
      { kind: "prose" as const, markdown: proseMarkdown(text) },
    ]),
    ...when(pictures, () => [
      heading("pictures", "What the networks see"),
      ...pictures.map(({ id, caption, alt }, i): Block => ({
        kind: "picture",
        id: `picture-${id}`,
        number: report.figures.length + i + 1,
        caption: proseMarkdown(caption),
        alt,
        src: `./${id}.png`,
      })),
    ]),
    ...when(tables, () => [
      heading("tables", tables.length === 1 ? "Table" : "Tables"),
      ...tables.map((table, i) => tableBlock(table, i + 1)),
    ]),
    ...when(pretraining, () => [
      heading("pre-training", "What the pre-trained networks saw"),
      {
        kind: "facts",
        items: pretraining.map(({ name, saw }) => [
          name,
          { kind: "markdown", source: proseMarkdown(saw) },
        ]),
      },
    ]),
    ...when(report.datasets, () => [
      heading("data", "Data"),
      ...report.datasets.flatMap(datasetBlocks),
    ]),
    ...environment(run, { pipeline: report.id }),
    ...rebuild(run, { pipeline: report.id }),
    ...citation(),
  ];
  return {
    folder: `${report.id}/`,
    title: report.title,
    lead: report.question,
    description: report.question,
    blocks,
    footer: footer(run),
  };

  function figureBlock(
    figure: Report["figures"][number],
    number: number,
  ): Block {
    const rendered = figures.get(figure.id);
    if (rendered !== undefined) {
      return {
        kind: "figure",
        id: `figure-${figure.id}`,
        number,
        title: figure.title,
        figure: rendered,
      };
    }
    const reason = figure.kind === "unavailable"
      ? proseMarkdown(figure.reason)
      : "it was not drawn";
    return {
      kind: "notice",
      id: `figure-${figure.id}`,
      text: [
        { kind: "strong", text: `Figure ${number} is not reproduced.` },
        {
          kind: "markdown",
          source: ` ${escapeMarkdown(figure.title)}: ${reason}`,
        },
      ],
    };
  }
}

function tableBlock(
  { id, caption, columns, rows }: Table,
  number: number,
): Block {
  const numeric = columns.map((_, column) =>
    rows.some((row) => isQuantity(row[column] ?? null))
  );
  return {
    kind: "table",
    layout: "scroll",
    label: `Table ${number}`,
    numbered: { id: `table-${id}`, number, caption: proseMarkdown(caption) },
    columns: columns.map((title, i) => ({
      title,
      align: numeric[i] === true ? "right" as const : undefined,
    })),
    rows: rows.map((row) => row.map(cellText)),
  };
}

function cellText(cell: Cell): string {
  if (cell === null) return "–";
  return typeof cell === "string" ? cell : formatQuantity(cell);
}

function isQuantity(cell: Cell): boolean {
  return typeof cell === "object" && cell !== null;
}

function datasetBlocks(dataset: DatasetRecord): readonly Block[] {
  const { title, source, url, version, licence, licenceUrl, citation } =
    dataset;
  const { sizes, classes, reading } = dataset;
  const parts = Object.entries(sizes ?? {}).map(([part, n]) =>
    `${formatQuantity({ value: n, unit: "count" })} ${part}`
  );
  const address: readonly Inline[] = url === undefined ? [] : [
    ", ",
    { kind: "link", text: url, href: safeUrl(url) },
  ];
  const facts: readonly (readonly [string, Line])[] = [
    [
      "source",
      [
        source,
        ...version === undefined ? [] : [`, version ${version}`],
        ...address,
      ],
    ],
    [
      "licence",
      licenceUrl === undefined
        ? licence
        : [{ kind: "link", text: licence, href: safeUrl(licenceUrl) }],
    ],
    ...fact("images", sizes === undefined ? undefined : parts.join(", ")),
    ...fact("classes", classes && `${classes.length}: ${classes.join(", ")}`),
    ...fact("read as", reading),
    ["digest", { kind: "code", text: `sha256:${dataset.digest}` }],
    ["cite", citation],
  ];
  return [
    {
      kind: "heading",
      level: 3,
      id: `data-${slug(title)}`,
      text: title,
    },
    { kind: "facts", items: facts },
  ];
}

/** A fact, where there is something to say. */
function fact(
  term: string,
  text: string | undefined,
): readonly (readonly [string, Line])[] {
  return text === undefined ? [] : [[term, text]];
}

/** A word for an address: lower-case letters, digits and hyphens. */
function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "") || "unnamed";
}

function when<T>(
  items: readonly T[],
  blocks: () => readonly Block[],
): readonly Block[] {
  return items.length === 0 ? [] : blocks();
}
