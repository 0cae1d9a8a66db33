/**
 * Figures as HTML.
 *
 * @module
 */
import type { Block, TableBlock } from "./document.ts";
import { type Html, html } from "./html.ts";
import { inlineMarkdown } from "./line_html.ts";
import { tableHtml } from "./table_html.ts";

/** A figure: its drawing, its caption, its files, its points as a table. */
export function figureHtml(block: Extract<Block, { kind: "figure" }>): Html {
  const { figure, id, number, title } = block;
  const name = `./${id.replace(/^figure-/, "")}`;
  const table: TableBlock = {
    kind: "table",
    layout: "scroll",
    label: `Every point of figure ${number}`,
    columns: figure.table.columns.map((column, i) => ({
      title: column,
      align: i < figure.table.text ? undefined : "right",
    })),
    rows: figure.table.rows,
  };
  return html`
    <figure id="${id}" class="plot-figure">
      <div class="for-wide">${{ html: figure.wide }}</div>
      <div class="for-narrow">${{ html: figure.narrow }}</div>
      <figcaption>${figure.caption.map((paragraph, i) =>
        html`<p>${
          i === 0
            ? html`
              <b>Figure ${number}.</b>
            `
            : null
        }${inlineMarkdown(paragraph)}</p>`
      )}</figcaption>
      <p
        class="files">Data: <a href="${name}.csv">CSV</a> · <a href="${name}.json">JSON</a> · Drawing: <a href="${name}.svg" aria-label="SVG of ${title}">SVG</a></p>
      <details><summary>All ${figure.table.rows
        .length} points as a table</summary>${tableHtml(table)}</details>
    </figure>
  `;
}
