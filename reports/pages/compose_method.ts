/**
 * The method page: the ideas one after the other, each with a figure or images
 * of our own runs.
 *
 * @module
 */
import { placeLink, placeOf } from "../document/navigation.ts";
import { FOLDERS } from "../document/address.ts";
import { pageOf, smokeNotice } from "./compose_run.ts";
import type { Block } from "../document/document.ts";
import { cards, heading, line, numbers, prose } from "../document/pieces.ts";
import { drawFigure } from "../figures/draw_figure.ts";
import { READING } from "../document/figure_sources.ts";
import { readingBlocks } from "./compose_reading.ts";
import { figureFiles } from "../figures/drawing/figure_content.ts";
import type { RenderedFigure } from "../figures/drawing/rendered_figure.ts";
import type { OnTheLineFigure } from "../value/on_the_line_figure.ts";
import { DRAWS_TABLE, METHOD } from "./method_text.ts";
import type { Nomination } from "../value/nomination.ts";
import { nominated } from "./nominated.ts";
import { proseMarkdown } from "../value/prose.ts";
import type { Report } from "../value/report.ts";
import type { PageOptions, SitePage } from "./site_page.ts";

const LEAD =
  "What we measure, how certain it is, and why it matters whether a shift leaves the support of the training data.";

/** The method, with the figures of its ideas. */
export function composeMethod(
  reports: readonly Report[],
  options: PageOptions,
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
      line(from(found.report)),
    ];
  };
  const from = (report: Report) => [
    "From the experiment ",
    placeLink(FOLDERS.method, placeOf(report)),
    ".",
  ];
  const section = (id: keyof typeof METHOD): readonly Block[] => [
    heading(id, METHOD[id].title),
    prose(METHOD[id].text),
  ];
  const [draws = [], ...rows] = DRAWS_TABLE.rows;
  const page = pageOf(options, {
    folder: FOLDERS.method,
    title: "Method",
    lead: LEAD,
    blocks: [
      ...smokeNotice(options.run),
      ...section("line"),
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
      ...section("effective-robustness"),
      ...drawing("effective robustness", (figure) => ({
        ...figure,
        id: "effective-robustness",
        title: "Effective robustness",
        finding:
          "Effective robustness is the height of a mark above the line: the part of a network’s shifted accuracy that its reference accuracy does not predict.",
      })),
      ...section("extrapolation"),
      ...images("extrapolation"),
      ...section("bias"),
      ...images("bias"),
      ...section("theory"),
      ...section("splitting"),
      ...section("intervals"),
      ...section("chance"),
      cards(
        DRAWS_TABLE.label,
        draws.map((title, i) => i === 0 ? title : numbers(title)),
        rows,
      ),
      ...readingBlocks(drawings),
    ],
  });
  return { page, files };
}
