/**
 * Lines of text as HTML.
 *
 * @module
 */
import { unreachable } from "../../engine/define/unreachable.ts";
import markdownIt from "markdown-it";
import type { Verdict } from "../value/claim.ts";
import type { Inline, Line } from "./document.ts";
import { escapeHtml, safeUrl, visible } from "../text/escape.ts";
import { type Html, html } from "../text/html.ts";
import { math } from "./math.ts";
import { kept, keptEstimate, unbroken, wholeFormulas } from "./unbroken.ts";

const markdown = markdownIt({ html: false }).use(math);
// An option is not torn apart after its dashes.
markdown.renderer.rules["code_inline"] = (tokens, i) => {
  const text = tokens[i]?.content ?? "";
  return /^-[\w-]+( \w+)?$/.test(text)
    ? html`<code class="option">${text}</code>`.html
    : html`<code>${unbroken(text)}</code>`.html;
};

markdown.renderer.rules["text"] = (tokens, i) =>
  escapeHtml(kept(tokens[i]?.content ?? ""));

/** Signs beside the verdicts, for those who do not see the colour. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  supported: "✓",
  contradicted: "✗",
  inconclusive: "?",
  "not reproduced": "–",
};

/** A line of text. */
export function lineHtml(line: Line): Html {
  return Array.isArray(line)
    ? html`${(line as readonly Inline[]).map(inlineHtml)}`
    : inlineHtml(line as Inline);
}

function inlineHtml(inline: Inline): Html {
  if (typeof inline === "string") return html`${kept(inline)}`;
  switch (inline.kind) {
    case "code":
      return html`<code>${inline.text}</code>`;
    case "strong":
      return html`<b>${inline.text}</b>`;
    case "link":
      return html`<a href="${safeUrl(inline.href)}">${kept(inline.text)}</a>`;
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
      return html`<span class="estimate">${keptEstimate(inline.text)}</span>`;
    case "remark":
      return html`<span class="remark">${inlineMarkdown(inline.source)}</span>`;
    case "more":
      return html`<details class="on-screen"><summary>${inline.summary}</summary>${inline.text}</details>`;
    default:
      return unreachable(inline);
  }
}

/** Markdown of one line. */
export function inlineMarkdown(source: string): Html {
  return { html: wholeFormulas(markdown.renderInline(visible(source))) };
}

/** Markdown of paragraphs and lists; HTML in it is text. */
export function markdownHtml(source: string): Html {
  return { html: wholeFormulas(markdown.render(visible(source)).trimEnd()) };
}
