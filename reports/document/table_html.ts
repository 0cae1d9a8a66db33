/**
 * Tables as HTML.
 *
 * @module
 */
import {
  type Column,
  type Inline,
  type TableBlock,
  wholeTitle,
} from "./document.ts";
import { type Html, html } from "../text/html.ts";
import { inlineMarkdown, lineHtml } from "./line_html.ts";

/** A table, numbered or not, with the ids of its rows. */
export function tableHtml(block: TableBlock): Html {
  const { columns, rows, ids, label, layout, numbered, remarks } = block;
  const align = (i: number) =>
    columns[i]?.align === "right" ? { html: ' class="number"' } : null;
  const table = html`
    <table class="${layout}"
      ${numbered === undefined
        ? html`
          aria-label="${label}"
        `
        : null}>${numbered === undefined ? null : html`
        <caption>
          <p><b>Table ${numbered.number}.</b> ${inlineMarkdown(
            numbered.caption,
          )}</p>
        </caption>
      `}<thead>${groupsHtml(columns)}<tr>${columns.map(({ title }, i) =>
        html`
          <th scope="col" ${align(i)}>${title}</th>
        `
      )}</tr></thead><tbody>
    ${rows.map((row, r) => {
      const id = ids?.[r];
      return html`<tr${
        id === undefined ? null : html`
          id="${id}"
        `
      }>${
        row.map((cell, i) =>
          html`<td${align(i)}${
            layout !== "scroll" && columns[i]?.title
              ? html`
                data-label="${wholeTitle(columns[i])}"
              `
              : null
          }>${lineHtml(cell)}</td>`
        )
      }</tr>\n${remarkHtml(remarks?.[r] ?? [], columns.length)}`;
    })}</tbody></table>
  `;
  const id = numbered === undefined ? null : html`
    id="${numbered.id}"
  `;
  return layout !== "scroll" ? html`<div${id}>${table}</div>` : html`
    <div${id} class="scroll" role="region" aria-label="${label}"
      tabindex="0">${table}</div>
  `;
}

/** What columns belong to, in a row above their titles. */
function groupsHtml(columns: readonly Column[]): Html | null {
  if (columns.every(({ group }) => group === undefined)) return null;
  const starts = columns.flatMap(({ group }, i) =>
    i > 0 && group === columns[i - 1]?.group ? [] : [i]
  );
  return html`<tr>${
    starts.map((start, i) => {
      const span = (starts[i + 1] ?? columns.length) - start;
      const group = columns[start]?.group;
      return group === undefined ? html`<td colspan="${span}"></td>` : html`
        <th scope="colgroup" colspan="${span}">${group}</th>
      `;
    })
  }</tr>`;
}

/** A row of its own for what is said of the row above. */
function remarkHtml(remark: readonly Inline[], columns: number): Html | null {
  if (remark.length === 0) return null;
  return html`
    <tr class="remarks">
      <td colspan="${columns}">${lineHtml(remark)}</td>
    </tr>
  `;
}
