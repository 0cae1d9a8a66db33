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
import { attribute, type Html, html } from "../text/html.ts";
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

/** The most columns of a table whose rows may be cards: more are wider than a window. */
const MOST_LABELLED = 10;

/** What stands before a cell of a card, as rules: `--3` of its table before the third. The first is what a card is of. */
export const CARD_LABELS: string = Array.from(
  { length: MOST_LABELLED - 1 },
  (_, i) => `td:nth-child(${i + 2}) { --of: var(--${i + 2}); }`,
).join("\n");

/** Apart from its tag, which is then written in one line. */
const SCOPE = { html: ' scope="col"' };

/** A table, numbered or not, with the ids of its rows. */
export function tableHtml(block: TableBlock): Html {
  const { columns, rows, ids, label, numbered, remarks } = block;
  const layout = columns.length > MOST_LABELLED ? "scroll" : block.layout;
  const first = wordsFirst(columns);
  const align = (i: number) => {
    const number = columns[i]?.align === "right";
    if (first === undefined) {
      return number ? { html: ' class="number"' } : null;
    }
    return number || i < first ? null : { html: ' class="words"' };
  };
  const classes = first === undefined ? layout : `${layout} words-${first}`;
  const table = html`
    <table class="${classes}"
      ${layout === "scroll" ? null : labelsHtml(block)}
      ${attribute(
        "aria-label",
        numbered === undefined ? label : undefined,
      )}>${numbered === undefined ? null : html`
        <caption>
          <p><b>Table ${numbered.number}.</b> ${inlineMarkdown(
            numbered.caption,
          )}</p>
        </caption>
      `}<thead>${groupsHtml(columns)}<tr>${columns.map(({ title }, i) =>
        html`<th${SCOPE}${align(i)}>${title}`
      )}</tr></thead><tbody>
    ${rows.map((row, r) =>
      html`<tr${attribute("id", ids?.[r])}>${
        // A cell or row ends where the next begins: in a table of a thousand that is much of it.
        row.map((cell, i) => html`<td${align(i)}>${lineHtml(cell)}`)}\n${
        remarkHtml(remarks?.[r] ?? [], columns.length)
      }`
    )}</tbody></table>
  `;
  const id = attribute("id", numbered?.id);
  return layout !== "scroll" ? html`<div${id}>${table}</div>` : html`
    <div${id} class="scroll" role="region" aria-label="${label}"
      tabindex="0">${table}</div>
  `;
}

/** Titles of columns for the cells of cards; where there are but two, and before a verdict, they go without saying. */
function labelsHtml({ columns, layout }: TableBlock): Html | null {
  const most = columns.length - (layout === "claims cards" ? 1 : 0);
  const inString = (text: string) =>
    text.replaceAll(/\s+/g, " ").replaceAll(/[\\']/g, "\\$&");
  const labels = columns.slice(0, most).flatMap((column, i) =>
    i === 0 || column.title === ""
      ? []
      : [`--${i + 1}:'${inString(wholeTitle(column))}: '`]
  );
  return columns.length > 2 && labels.length > 0
    ? attribute("style", labels.join(";"))
    : null;
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
