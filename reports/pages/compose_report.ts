/**
 * The page of a report, as blocks.
 *
 * @module
 */
import { claimsBlocks } from "./compose_claims.ts";
import { readingBlocks } from "./compose_reading.ts";
import { verdictLine } from "./verdict_line.ts";
import { datasetTable } from "./compose_dataset.ts";
import {
  figureBlock,
  figureItem,
  type PlacedFigure,
  placeFigures,
} from "./compose_figure.ts";
import { counterpartsLine } from "./compose_paper.ts";
import {
  earlierNotice,
  environment,
  pageOf,
  rebuild,
  smokeNotice,
} from "./compose_run.ts";
import { scaledDownTable, tableBlock } from "./compose_table.ts";
import { addressFrom, FOLDERS } from "../document/address.ts";
import type { Block, Inline, Page, PictureLink } from "../document/document.ts";
import { placeLink, placeOf } from "../document/navigation.ts";
import {
  facts,
  heading,
  inlineProse,
  line,
  link,
  picture,
  prose,
} from "../document/pieces.ts";
import { aboutStages } from "./compose_lineage.ts";
import { LINEAGE } from "../document/figure_sources.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import { SUPPORT_WORDS } from "../value/support_words.ts";
import { pngSize } from "../value/picture.ts";
import { sheetPair } from "./sheet_pair.ts";
import type { ReportPageOptions } from "./site_page.ts";

/** Of a picture that is wider in pixels, and wider than high, little can be told in half a page. */
const WIDE = 1000;

/** What shifts look like; where there are several, two stand side by side, so that the result is not far below. */
function sheets(pictures: NonNullable<Report["pictures"]>): readonly Block[] {
  const blocks = pictures.map((one) => {
    const { width, height } = pngSize(one.png) ?? { width: 0, height: 0 };
    return { ...picture(one), isWide: width > WIDE && width > height };
  });
  return blocks.length > 1 ? [{ kind: "figures", figures: blocks }] : blocks;
}

/** Shifts of a report that its own pictures do not show, with what their pages do. */
function shownElsewhere(
  { id, pictures = [], shifts = [] }: Report,
  { sheets = new Map() }: Pick<ReportPageOptions, "sheets">,
): readonly PictureLink[] {
  return shifts.flatMap((shift) => {
    const sheet = sheets.get(shift.id);
    if (
      sheet === undefined || pictures.some((one) => one.id === sheet.id)
    ) return [];
    const { title, path } = placeOf(shift, FOLDERS.shifts);
    const folder = `${id}/`;
    return [{
      title,
      href: addressFrom(folder, path),
      picture: {
        src: addressFrom(
          folder,
          `${FOLDERS.shifts}${shift.id}/${sheet.id}.png`,
        ),
        alt: sheet.alt,
        cuts: sheetPair(sheet.png),
      },
      lines: shift.support === "unknown" ? [] : [SUPPORT_WORDS[shift.support]],
    }];
  });
}

/** The page of a report: what the shift looks like, the figure, the verdict and the claims, then all else. */
export function composeReport(
  report: Report,
  options: ReportPageOptions,
): Page {
  const { run, provenance, drawn } = options;
  const { pretraining = [], pictures = [], tables = [], sections = [] } =
    report;
  const { shifts = [] } = report;
  const { scaledDownTitle = "What is smaller than in the paper" } = report;
  const folder = `${report.id}/`;
  const placed = placeFigures(report);
  const [main, further] = [
    placed.filter(({ main }) => main),
    placed.filter(({ main }) => !main),
  ];
  // A gallery shows the shift itself; the figure after it shows what was found.
  const leading = main.findIndex(({ figure }) => figure.kind !== "gallery") + 1;
  const shown = main.flatMap(({ figure }) => drawn.get(figure.id) ?? []);
  // A gallery has all of them.
  const elsewhere = main.some(({ figure }) => figure.kind === "gallery")
    ? []
    : shownElsewhere(report, options);
  const block = (placed: PlacedFigure) =>
    figureBlock(placed, { ...options, report: report.id });
  const blocks: readonly Block[] = [
    ...smokeNotice(run, report),
    ...earlierNotice(run, report),
    ...unlessEmpty([...pictures, ...elsewhere], () => [
      heading(
        "pictures",
        `What the ${shifts.length > 1 ? "shifts look" : "shift looks"} like`,
      ),
      ...sheets(pictures),
      ...unlessEmpty(elsewhere, () => [{
        kind: "pictures",
        label: "Shifts, each with its page",
        items: elsewhere,
      }]),
      // Of several shifts each is told of on its own page.
      ...shifts.length === 1
        ? shifts.map((shift) => prose(proseMarkdown(shift.description)))
        : [],
    ]),
    heading("result", "The result"),
    ...main.slice(0, leading).map(block),
    ...verdictLine(report),
    ...report.answer === undefined ? [] : [{
      kind: "answer" as const,
      markdown: proseMarkdown(report.answer),
      more: report.answerInDetail === undefined ? undefined : {
        summary: "The answer in detail",
        markdown: proseMarkdown(report.answerInDetail),
      },
    }],
    ...madeOfLine(report),
    ...unlessEmpty(report.claims, () => [
      heading("claims", "Claims"),
      ...claimsBlocks(report.claims.map((claim) => {
        const found = placed.find(({ figure }) => figure.id === claim.figure);
        return {
          claim,
          page: "",
          figure: found === undefined ? undefined : {
            number: found.number,
            href: found.main || found.place === undefined
              ? `#figure-${found.figure.id}`
              : `./${found.figure.id}/index.html`,
          },
        };
      })),
    ]),
    ...unlessEmpty([...main.slice(leading), ...further], () => [
      heading("figures", "Further figures"),
      ...main.slice(leading).map(block),
      ...unlessEmpty(further, () => [
        { kind: "list", items: further.map(figureItem) },
      ]),
    ]),
    ...readingBlocks(shown),
    ...unlessEmpty(report.scaledDown, () => [
      heading("scaled-down", scaledDownTitle),
      ...counterpartsLine(report),
      scaledDownTable(report.scaledDown, scaledDownTitle),
    ]),
    ...sections.flatMap(({ id, title, text }) => [
      heading(id, title),
      prose(proseMarkdown(text)),
    ]),
    ...unlessEmpty(tables, () => [
      heading("tables", tables.length === 1 ? "Table" : "Tables"),
      ...tables.map((table, i) => tableBlock(table, i + 1)),
    ]),
    ...unlessEmpty(pretraining, () => [
      heading("pre-training", "What the pre-trained networks saw"),
      facts(pretraining.map(({ name, saw }) => [name, inlineProse(saw)])),
    ]),
    ...unlessEmpty(report.datasets, () => [
      heading("data", "Data"),
      datasetTable(report.datasets, { folder }),
    ]),
    ...provenance === undefined ? [] : [
      heading("lineage", "Lineage"),
      line([
        link("How these results were made", `./${LINEAGE}/index.html`),
        `: ${aboutStages(provenance)}`,
      ]),
    ],
    ...environment(run, { pipeline: report.id }),
    ...rebuild(run, { pipeline: report.id }),
  ];
  return pageOf(options, {
    folder,
    title: report.title,
    lead: report.question,
    blocks,
  });
}

function unlessEmpty<T>(
  items: readonly T[],
  blocks: () => readonly Block[],
): readonly Block[] {
  return items.length === 0 ? [] : blocks();
}

/** A line that leads from a report to its shifts and networks, if it names any. */
function madeOfLine(
  { id, shifts = [], models = [], pretraining = [] }: Report,
): readonly Block[] {
  const folder = `${id}/`;
  const items: readonly (readonly Inline[])[] = [
    ...shifts.map((shift) => [
      placeLink(folder, placeOf(shift, FOLDERS.shifts)),
      shift.support === "unknown"
        ? " (support unknown)"
        : ` (${SUPPORT_WORDS[shift.support]})`,
    ]),
    ...models.map((model): readonly Inline[] => [
      placeLink(folder, placeOf(model, FOLDERS.models)),
    ]),
  ];
  return items.length === 0 ? [] : [{
    kind: "line",
    text: [
      "About: ",
      ...items.flatMap((item, i) => i === 0 ? item : [", ", ...item]),
      ".",
      ...pretraining.length === 0 ? [] : [
        " Pre-trained: ",
        ...pretraining.flatMap(({ name }, i): readonly Inline[] => [
          ...i === 0 ? [] : [", "],
          link(name, "#pre-training"),
        ]),
        ".",
      ],
    ],
  }];
}
