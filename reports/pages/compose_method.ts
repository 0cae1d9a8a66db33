/**
 * The method page: the ideas one after the other, each with a figure or images
 * of our own runs.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { footer, smokeNotice } from "./compose_run.ts";
import {
  type Block,
  heading,
  type Page,
  type Surroundings,
} from "../document/document.ts";
import { drawFigure } from "../figures/draw_figure.ts";
import { READING } from "../document/figure_sources.ts";
import { readingBlocks } from "./compose_reading.ts";
import { figureFiles } from "../figures/drawing/figure_content.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import type { OnTheLineFigure } from "../value/on_the_line_figure.ts";
import {
  BIAS_TEXT,
  CHANCE_TEXT,
  DRAWS_TABLE,
  EXTRAPOLATION_TEXT,
  INTERVAL_TEXT,
  LINE_TEXT,
  type MethodText,
  ROBUSTNESS_TEXT,
  SPLIT_TEXT,
  THEORY_TEXT,
} from "./method_text.ts";
import type { Nomination } from "../value/nomination.ts";
import { nominated } from "./nominated.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import type { RunRecord } from "../runs/run_record.ts";
import type { SitePage } from "./site_page.ts";

const LEAD =
  "What we measure, how certain it is, and why it matters whether a shift leaves the support of the training data.";

/** The method, with the figures of its ideas. */
export function composeMethod(
  reports: readonly Report[],
  { run, around }: {
    readonly run: RunRecord;
    readonly around: Surroundings;
  },
): SitePage {
  const files = new Map<string, string | Uint8Array>();
  const drawings: RenderedFigure[] = [];
  const drawing = (
    place: Nomination["place"],
    change: (figure: OnTheLineFigure) => OnTheLineFigure,
  ): readonly Block[] => {
    const found = nominated(reports, place);
    if (found?.figure?.kind !== "on-the-line") return [];
    const figure = change(found.figure);
    const drawn = drawFigure(figure);
    if (drawn === null) return [];
    drawings.push(drawn);
    for (const [path, text] of figureFiles(figure.id, drawn)) {
      files.set(path, text);
    }
    return [{
      kind: "figure",
      id: `figure-${figure.id}`,
      number: drawings.length,
      title: figure.title,
      figure: drawn,
      sources: { reading: `#${READING}` },
      from: from(found.report),
    }];
  };
  const images = (place: Nomination["place"]): readonly Block[] => {
    const found = nominated(reports, place);
    if (found?.picture === undefined) return [];
    const { alt, caption, png } = found.picture;
    // By its place: pictures of two reports may have one id.
    const file = `${place.replaceAll(/\W+/g, "-")}.png`;
    files.set(file, png);
    return [
      {
        kind: "picture",
        id: `picture-${place}`,
        caption: proseMarkdown(caption),
        alt,
        src: `./${file}`,
      },
      { kind: "line", text: from(found.report) },
    ];
  };
  const from = (report: Report) => [
    "From the experiment ",
    placeLink(FOLDERS.method, placeOf(report)),
    ".",
  ];
  const section = ({ id, title, text }: MethodText): readonly Block[] => [
    heading(id, title),
    { kind: "prose", markdown: text },
  ];
  const page: Page = {
    folder: FOLDERS.method,
    title: "Method",
    lead: LEAD,
    description: LEAD,
    blocks: [
      ...smokeNotice(run),
      ...section(LINE_TEXT),
      ...drawing("accuracy on the line", (figure) => ({
        ...figure,
        id: "accuracy-on-the-line",
        title: "Accuracy on the line",
        finding: [
          "Each dot is a network trained from scratch. The line through them has r² = ",
          { value: figure.line.r2 },
          "; the closer that is to 1, the better reference accuracy predicts shifted accuracy.",
        ],
        note: undefined,
        groups: [],
        overall: undefined,
      })),
      ...section(ROBUSTNESS_TEXT),
      ...drawing("effective robustness", (figure) => ({
        ...figure,
        id: "effective-robustness",
        title: "Effective robustness",
        finding:
          "Effective robustness is the height of a mark above the line: the part of a network’s shifted accuracy that its reference accuracy does not predict.",
      })),
      ...section(EXTRAPOLATION_TEXT),
      ...images("extrapolation"),
      ...section(BIAS_TEXT),
      ...images("bias"),
      ...section(THEORY_TEXT),
      ...section(SPLIT_TEXT),
      ...section(INTERVAL_TEXT),
      ...section(CHANCE_TEXT),
      {
        kind: "table",
        layout: "cards",
        label: DRAWS_TABLE.label,
        columns: DRAWS_TABLE.columns.map((title, i) =>
          i === 0 ? { title } : { title, align: "right" }
        ),
        rows: DRAWS_TABLE.rows,
      },
      ...readingBlocks(drawings),
    ],
    footer: footer(run),
    around,
  };
  return { page, files };
}
