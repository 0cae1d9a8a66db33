/**
 * A page as HTML.
 *
 * @module
 */
import { unreachable } from "../../engine/define/unreachable.ts";
import { type Block, contents, type Page, rootOf } from "./document.ts";
import { drawingHtml, figureHtml } from "./figure_html.ts";
import { attribute, type Html, html } from "../text/html.ts";
import { inlineMarkdown, lineHtml, markdownHtml } from "./line_html.ts";
import { allPages, headNavigation, steps, upLine } from "./navigation_html.ts";
import { pictureHtml } from "./picture_html.ts";
import { tableHtml } from "./table_html.ts";
import { unbroken } from "./unbroken.ts";

/** Languages of text whose columns have to stay: it scrolls where it is too wide. */
const OUTPUT: ReadonlySet<string> = new Set(["text", "csv"]);

/** What a site puts around its pages. */
export interface Frame {
  /** Elements of the head: icon, feed, script, what previews show. */
  readonly head: Html;
  /** The search form, where there is something to search. */
  readonly search: Html | null;
}

/** The frame of a page that stands alone. */
const BARE: Frame = {
  head: html`
    <link rel="icon" href="data:,">
  `,
  search: null,
};

/** The HTML of a page. Every address in it is relative or leads to a source. */
export function pageHtml(page: Page, { head, search }: Frame = BARE): string {
  const home = rootOf(page);
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
        <link rel="stylesheet" href="${home}style.css">
        <link rel="alternate" type="text/markdown" href="./index.md">
        ${head}
      </head>
      <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header>
    ${headNavigation(page, search)}
    ${upLine(page)}<h1>${unbroken(page.title)}</h1>
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
    ${steps(page)}<footer>${allPages(page)}<p>${lineHtml(
      page.footer,
    )} <a href="./index.md">This page as Markdown</a></p></footer>
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
      return markdownHtml(block.markdown);
    case "answer":
      return html`<div class="answer">${markdownHtml(block.markdown)}${
        block.more === undefined ? null : html`
          <details><summary>${block.more.summary}</summary>${markdownHtml(
            block.more.markdown,
          )}</details>
        `
      }</div>`;
    case "notice":
      return html`
        <p class="notice" role="note" ${attribute("id", block.id)}>${lineHtml(
          block.text,
        )}</p>
      `;
    case "line":
      return html`<p>${lineHtml(block.text)}</p>`;
    case "list":
      return html`<ul>${
        block.items.map(({ id, text }) =>
          html`<li${attribute("id", id)}>${lineHtml(text)}</li>`
        )
      }</ul>`;
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
      return html`<pre${
        attribute("tabindex", OUTPUT.has(block.language) ? "0" : undefined)
      }><code class="language-${block.language}">${
        OUTPUT.has(block.language) ? block.text : unbroken(block.text)
      }</code></pre>`;
    case "picture":
      return html`
        <figure
          id="${block.id}"
          ${attribute(
            "class",
            block.isWide ? "wide" : undefined,
          )}><img src="${block.src}" alt="${block
            .alt}"><figcaption><p>${inlineMarkdown(
              block.caption,
            )}</p></figcaption></figure>
      `;
    case "pictures":
      return html`<ul class="pictures" aria-label="${block.label}">${
        block.items.map(({ title, href, picture, lines }) =>
          html`<li><a href="${href}">${
            picture === undefined ? null : pictureHtml(picture)
          }${unbroken(title)}</a>${
            lines.map((line) => html`<p>${lineHtml(line)}</p>`)
          }</li>`
        )
      }</ul>`;
    case "figure":
      return figureHtml(block);
    case "figures":
      return html`<div class="beside">${block.figures.map(blockHtml)}</div>`;
    case "drawing":
      return drawingHtml(block);
    case "folded":
      return html`<details${
        attribute("class", block.onScreen ? "on-screen" : undefined)
      }><summary>${block.summary}</summary>${
        block.blocks.map(blockHtml)
      }</details>`;
    case "table":
      return tableHtml(block);
    default:
      return unreachable(block);
  }
}
