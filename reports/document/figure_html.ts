/**
 * Figures as HTML.
 *
 * @module
 */
import type { Block, FigureBlock } from "./document.ts";
import { filesOf, pointsTable, pointsTitle } from "./figure_points.ts";
import { type Html, html } from "../text/html.ts";
import { safeUrl } from "../text/escape.ts";
import { inlineMarkdown, lineHtml } from "./line_html.ts";
import { tableHtml } from "./table_html.ts";
import { unbroken } from "./unbroken.ts";

/** A figure: its drawing, its caption, its files, its points as a table. */
export function figureHtml(block: FigureBlock): Html {
  const { figure, id, number, files = "./", from, brief = false } = block;
  return html`
    <figure id="${id}" class="plot-figure">
      ${figure.page === "" ? null : html`<div class="drawing">${{
        html: figure.page,
      }}</div>`}${(figure.pictures ?? []).map((
        { name, title, alt, width, height },
      ) =>
        html`
          <p
            class="gallery"><b>${title}</b><img src="${files}${name}.png" alt="${alt}" width="${width}" height="${height}" loading="lazy"></p>
        `
      )}
      <figcaption><p><b>Figure ${number}.</b> ${inlineMarkdown(
        figure.caption,
      )}${brief && from !== undefined
        ? html`
          ${lineHtml(from)}
        `
        : null}</p>${brief
        ? null
        : html`${filesHtml(block)}${pointsHtml(block)}`}</figcaption>
    </figure>
  `;
}

/** A drawing that is as wide as it needs, in a box that scrolls. */
export function drawingHtml(
  { label, html: drawing, legend, src }: Extract<Block, { kind: "drawing" }>,
): Html {
  return html`
    <div class="drawing natural">
      <div class="scroll" role="region" aria-label="${label}"
        tabindex="0">${{
          html: drawing,
        }}</div>
      ${{ html: legend }}
      <p class="files">Drawing: <a href="${src}">SVG</a></p>
    </div>
  `;
}

/** Code, data and lineage, and the command that makes the figure again. */
function filesHtml(block: FigureBlock): Html {
  const { title, sources = {}, from } = block;
  const { code, lineage, rebuild, reading } = sources;
  const file = (kind: string): Html =>
    link(`${filesOf(block)}.${kind.toLowerCase()}`, { text: kind, of: title });
  const sections: readonly Html[] = [
    ...reading === undefined || block.figure.reading.length === 0
      ? []
      : [link(reading, { text: "How to read it", of: title })],
    ...code === undefined ? [] : [html`Code: <code>${code}</code>`],
    html`Data: ${file("CSV")}, ${file("JSON")}`,
    html`Drawing: ${file("SVG")}`,
    ...lineage === undefined
      ? []
      : [link(lineage, { text: "Lineage", of: title })],
  ];
  const lines: readonly Html[] = [
    ...rebuild === undefined
      ? []
      : [html`Made by <code>${unbroken(rebuild)}</code>`],
    ...from === undefined ? [] : [lineHtml(from)],
  ];
  return html`<p class="files">${
    sections.map((section, i) => html`${i === 0 ? null : " · "}${section}`)
  }${lines.map((line) => html`<br>${line}`)}</p>`;
}

/** A link whose text is short, since what it is of is clear to those who see it. */
function link(
  href: string,
  { text, of }: { readonly text: string; readonly of: string },
): Html {
  const { html: made } = html`
    <a href="${safeUrl(href)}" aria-label="${text}: ${of}">${text}</a>
  `;
  return { html: made.trim() };
}

/** What the figure is made of and its points as a table, which one opens. */
function pointsHtml(block: FigureBlock): Html {
  const { figure: { table, details }, number } = block;
  const { selected, rows, total = rows.length } = table;
  const points = pointsTable(
    table,
    selected === undefined
      ? `Every point of figure ${number}`
      : `${selected.title}, of figure ${number}`,
  );
  return html`<details><summary>${pointsTitle(table)}</summary>${
    details.map((paragraph) => html`<p>${inlineMarkdown(paragraph)}</p>`)
  }${tableHtml(points)}${
    selected === undefined
      ? null
      : html`<p>All ${total} points are in <a href="${
        filesOf(block)
      }.csv">the CSV file</a>.</p>`
  }</details>`;
}
