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

/** The most columns of words before numbers that the style sheet knows. */
const MOST_WORDS = 3;

/** Cells with numbers, as a selector. */
export const NUMBERS: string = [
  ".number",
  ...Array.from(
    { length: MOST_WORDS },
    (_, i) => `.words-${i + 1} tr > :nth-child(n+${i + 2}):not(.words)`,
  ),
].join(", ");

/** A table, numbered or not, with the ids of its rows. */
export function tableHtml(block: TableBlock): Html {
  const { columns, rows, ids, label, layout, numbered, remarks } = block;
  const first = layout === "scroll" ? wordsFirst(columns) : undefined;
  const align = (i: number) => {
    const number = columns[i]?.align === "right";
    if (first === undefined) {
      return number ? { html: ' class="number"' } : null;
    }
    return number || i < first ? null : { html: ' class="words"' };
  };
  const table = html`
    <table class="${layout}${first === undefined ? "" : ` words-${first}`}"
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
            // The first is what a card is of.
            i > 0 && layout !== "scroll" && columns.length > 2 &&
              columns[i]?.title
              ? html`
                data-label="${wholeTitle(columns[i])}"
              `
              : null}>${lineHtml(cell)}</td>`
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

/** After how many columns the first with numbers comes, if the style sheet knows that many: then only words after it have to say what they are. */
function wordsFirst(columns: readonly Column[]): number | undefined {
  const first = columns.findIndex(({ align }) => align === "right");
  return first > 0 && first <= MOST_WORDS ? first : undefined;
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
