/**
 * A page as HTML.
 *
 * @module
 */
import { unreachable } from "../engine/unreachable.ts";
import markdownIt from "markdown-it";
import type { Verdict } from "./claim.ts";
import {
  type Block,
  contents,
  type Inline,
  type Line,
  type Page,
  type TableBlock,
} from "./document.ts";
import { safeUrl } from "./escape.ts";
import { type Html, html } from "./html.ts";

const markdown = markdownIt({ html: false });

/** Signs beside the verdicts, for those who do not see the colour. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  supported: "✓",
  contradicted: "✗",
  inconclusive: "?",
  "not reproduced": "–",
};

/** The HTML of a page. Every address in it is relative or leads to a source. */
export function pageHtml(page: Page): string {
  const home = page.folder === "" ? "./" : "../";
  const list = contents(page);
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${page.title}${page.folder === "" ? "" : " · shiftline"}</title>
        <meta name="description" content="${page.description}">
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="${home}style.css">
        <link rel="alternate" type="text/markdown" href="./index.md">
      </head>
      <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header>
    <nav aria-label="Site">${page.folder === ""
      ? "shiftline"
      : html`<a href="../index.html">shiftline</a>`}<a href="./index.md">as Markdown</a></nav>
    <h1>${page.title}</h1>
    <p class="lead">${page.lead}</p>
    </header>
    ${list.length < 4 ? null : html`
      <nav class="contents" aria-label="On this page">
        <ul>${list.map(({ id, text }) =>
          html`<li><a href="#${id}">${text}</a></li>`
        )}</ul>
      </nav>
    `}
    <main id="content">
    ${page.blocks.map((block) => html`${blockHtml(block)}\n`)}</main>
    <footer><p>${lineHtml(page.footer)}</p></footer>
      </body>
    </html>
  `.html;
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case "heading": {
      const link =
        html`<a class="anchor" href="#${block.id}" aria-label="Link to: ${block.text}">#</a>`;
      return block.level === 2
        ? html`<h2 id="${block.id}">${block.text} ${link}</h2>`
        : html`<h3 id="${block.id}">${block.text} ${link}</h3>`;
    }
    case "prose":
      return raw(markdown.render(block.markdown).trimEnd());
    case "answer":
      return html`<div class="answer">${
        raw(markdown.render(block.markdown).trimEnd())
      }</div>`;
    case "notice":
      return html`
        <p class="notice" role="note" ${block.id === undefined ? null : html`
          id="${block.id}"
        `}>${lineHtml(block.text)}</p>
      `;
    case "line":
      return html`<p>${lineHtml(block.text)}</p>`;
    case "facts":
      return html`<dl>${
        block.items.map(([term, line]) =>
          html`
            <div>
              <dt>${term}</dt>
              <dd>${lineHtml(line)}</dd>
            </div>
          `
        )
      }</dl>`;
    case "code":
      return html`<pre tabindex="0"><code class="language-${block.language}">${block.text}</code></pre>`;
    case "picture":
      return html`
        <figure
          id="${block.id}"><img src="${block.src}" alt="${block
            .alt}"><figcaption><b>Figure ${block.number}.</b> ${inlineMarkdown(
              block.caption,
            )}</figcaption></figure>
      `;
    case "figure":
      return figureHtml(block);
    case "table":
      return tableHtml(block);
    default:
      return unreachable(block);
  }
}

function figureHtml(block: Extract<Block, { kind: "figure" }>): Html {
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
      <div class="for-wide">${raw(figure.wide)}</div>
      <div class="for-narrow">${raw(figure.narrow)}</div>
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

function tableHtml(block: TableBlock): Html {
  const { columns, rows, ids, label, layout, numbered } = block;
  const align = (i: number) =>
    columns[i]?.align === "right" ? raw(' class="number"') : null;
  const table = html`
    <table class="${layout}"
      ${numbered === undefined
        ? html`
          aria-label="${label}"
        `
        : null}>${numbered === undefined
        ? null
        : html`<caption><b>Table ${numbered.number}.</b> ${
          inlineMarkdown(numbered.caption)
        }</caption>`}<thead><tr>${columns.map(({ title }, i) =>
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
            layout !== "scroll" && columns[i]?.title !== ""
              ? html`
                data-label="${columns[i]?.title ?? ""}"
              `
              : null
          }>${lineHtml(cell)}</td>`
        )
      }</tr>\n`;
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

function lineHtml(line: Line): Html {
  return Array.isArray(line)
    ? html`${(line as readonly Inline[]).map(inlineHtml)}`
    : inlineHtml(line as Inline);
}

function inlineHtml(inline: Inline): Html {
  if (typeof inline === "string") return html`${inline}`;
  switch (inline.kind) {
    case "code":
      return html`<code>${inline.text}</code>`;
    case "strong":
      return html`<b>${inline.text}</b>`;
    case "link":
      return html`<a href="${safeUrl(inline.href)}">${inline.text}</a>`;
    case "verdict":
      return html`
        <span
          class="verdict ${inline.verdict.replaceAll(
            " ",
            "-",
          )}"><span aria-hidden="true">${SIGNS[
            inline.verdict
          ]}</span> ${inline.verdict}</span>
      `;
    case "markdown":
      return inlineMarkdown(inline.source);
    case "estimate":
      return html`<span class="estimate">${inline.text}</span>`;
    case "remark":
      return html`<span class="remark">${inlineMarkdown(inline.source)}</span>`;
    default:
      return unreachable(inline);
  }
}

function inlineMarkdown(source: string): Html {
  return raw(markdown.renderInline(source));
}

function raw(text: string): Html {
  return { html: text };
}
