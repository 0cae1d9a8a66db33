/**
 * A page as Markdown that reads well on a code host.
 *
 * @module
 */
import { unreachable } from "../../engine/define/unreachable.ts";
import type { Verdict } from "../value/claim.ts";
import {
  type Block,
  type FigureBlock,
  type Inline,
  type Line,
  type Page,
  type TableBlock,
  wholeTitle,
} from "./document.ts";
import { filesOf, pointsTable, pointsTitle } from "./figure_points.ts";
import { pathOf } from "./address.ts";
import {
  codeSpan,
  escapeHtml,
  escapeMarkdown,
  fenced,
  safeUrl,
} from "../text/escape.ts";
import { withoutTags } from "../text/without_tags.ts";
import { hostedMath } from "./math.ts";
import { type Place, placeLink } from "./navigation.ts";

/** Verdicts with a sign that code hosts show in colour. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  supported: "✅ supported",
  contradicted: "❌ contradicted",
  inconclusive: "❔ inconclusive",
  "not reproduced": "➖ not reproduced",
};

/** The Markdown of a page, with the numbers of its HTML. */
export function pageMarkdown(page: Page): string {
  const { navigation, up, previous, next } = page.around ?? {};
  const linked = (place: Place) =>
    inlineMarkdown(placeLink(page.folder, place));
  // The main pages and the page that this one belongs to, those before and after.
  const head = [...navigation?.main ?? [], ...up === undefined ? [] : [up]]
    .filter(({ path }) => path !== pathOf(page.folder)).map(linked);
  const steps = [
    ...previous === undefined ? [] : [`← ${linked(previous)}`],
    ...next === undefined ? [] : [`${linked(next)} →`],
  ];
  const blocks = [
    ...head.length === 0 ? [] : [head.join(" · ")],
    `# ${escapeMarkdown(page.title)}`,
    `*${escapeMarkdown(page.lead)}*`,
    ...page.blocks.map((block) => blockMarkdown(block)),
    "---",
    ...steps.length === 0 ? [] : [steps.join(" · ")],
    lineMarkdown(page.footer),
  ];
  return blocks.join("\n\n") + "\n";
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${anchor(block)}${"#".repeat(block.level)} ${
        escapeMarkdown(block.text)
      }`;
    case "prose":
      return withTwins(withoutTags(hostedMath(block.markdown)));
    case "answer":
      return [block.markdown, ...block.more ? [block.more.markdown] : []]
        .map((part, i) =>
          `${i === 0 ? "**Answer.** " : ""}${withTwins(withoutTags(part))}`
        ).join("\n\n");
    case "notice":
      return `> ${target(block.id)}⚠️ ${lineMarkdown(block.text)}`;
    case "line":
      return lineMarkdown(block.text);
    case "list":
      return block.items.map(({ id, text }) =>
        `- ${target(id)}${lineMarkdown(text)}`
      ).join("\n");
    case "facts":
      return block.items.map(([term, line]) =>
        `- **${escapeMarkdown(term)}**: ${lineMarkdown(line)}`
      ).join("\n");
    case "code":
      return fenced(block.text, block.language);
    case "picture":
      return `${target(block.id)}![${
        escapeMarkdown(block.alt)
      }](${block.src})\n\n${withoutTags(block.caption)}`;
    case "pictures":
      return block.items.map(({ title, href, picture, lines }) =>
        `- ${
          picture === undefined
            ? ""
            : `![${escapeMarkdown(picture.alt)}](${picture.src}) `
        }${inlineMarkdown({ kind: "link", text: title, href })}: ${
          lines.map(lineMarkdown).join("; ")
        }`
      ).join("\n");
    case "figure":
      return figureMarkdown(block);
    case "figures":
      return block.figures.map(blockMarkdown).join("\n\n");
    case "drawing":
      return `![${escapeMarkdown(block.description)}](${block.src})`;
    case "folded":
      return [
        `<details><summary>${escapeHtml(block.summary)}</summary>`,
        ...block.blocks.map(blockMarkdown),
        "</details>",
      ].join("\n\n");
    case "table":
      return block.numbered === undefined
        ? tableMarkdown(block)
        : `${target(block.numbered.id)}**Table ${block.numbered.number}.** ${
          withoutTags(block.numbered.caption)
        }\n\n${tableMarkdown(block)}`;
    default:
      return unreachable(block);
  }
}

function figureMarkdown(block: FigureBlock): string {
  const { id, figure, number, from, brief = false } = block;
  const files = filesOf(block);
  return [
    `${target(id)}![${escapeMarkdown(figure.description)}](${files}.svg)`,
    `**Figure ${number}.** ${withTwins(withoutTags(figure.caption))}`,
    ...brief ? from === undefined ? [] : [lineMarkdown(from)] : [
      `Data: [CSV](${files}.csv) · [JSON](${files}.json) · Drawing: [SVG](${files}.svg)${
        from === undefined ? "" : ` · ${lineMarkdown(from)}`
      }`,
      `<details><summary>${escapeHtml(pointsTitle(figure.table))}</summary>`,
      ...figure.details.map((part) => withTwins(withoutTags(part))),
      tableMarkdown(pointsTable(figure.table, "")),
      "</details>",
    ],
  ].join("\n\n");
}

/** An element of that id, for links to lead to. */
function target(id: string | undefined): string {
  return id === undefined ? "" : `<a id="${escapeHtml(id)}"></a>`;
}

/** A target above a heading, unless a code host gives it that very id by itself. */
function anchor(
  { id, text }: { readonly id: string; readonly text: string },
): string {
  return headingId(text) === id ? "" : `${target(id)}\n\n`;
}

function tableMarkdown(
  { columns, rows, ids, remarks }: TableBlock,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map((column) => escapeMarkdown(wholeTitle(column)))),
    line(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...rows.map((row, r) =>
      line(
        row.map((cell, i) =>
          i > 0 ? cellMarkdown(cell) : target(ids?.[r]) + cellMarkdown(cell) +
            cellMarkdown(remarks?.[r] ?? [])
        ),
      )
    ),
  ].join("\n");
}

/** A bar in code would end the cell. */
function cellMarkdown(line: Line): string {
  return lineMarkdown(line).replaceAll(/(?<!\\)\|/g, "\\|");
}

function lineMarkdown(line: Line): string {
  if (!Array.isArray(line)) return inlineMarkdown(line as Inline);
  return (line as readonly Inline[]).map((inline, i) => {
    const isEstimate = typeof inline !== "string" && inline.kind === "estimate";
    // It has a line of its own.
    return (i > 0 && isEstimate ? "<br>" : "") + inlineMarkdown(inline);
  }).join("");
}

function inlineMarkdown(inline: Inline): string {
  if (typeof inline === "string") return escapeMarkdown(inline);
  switch (inline.kind) {
    case "code":
      return codeSpan(inline.text);
    case "strong":
      return `**${escapeMarkdown(inline.text)}**`;
    case "link":
      return `[${escapeMarkdown(inline.text)}](${
        twin(safeUrl(inline.href)).replaceAll(
          /[\s()<>|]/g,
          (character) =>
            `%${
              character.charCodeAt(0).toString(16).toUpperCase().padStart(
                2,
                "0",
              )
            }`,
        )
      })`;
    case "verdict":
      return VERDICT_SIGNS[inline.verdict];
    case "markdown":
      return oneLine(inline.source);
    case "estimate":
      return escapeMarkdown(inline.text);
    case "remark":
      return `<br>${oneLine(inline.source)}`;
    case "more":
      return `<br>${escapeMarkdown(`${inline.summary}: ${inline.text}`)}`;
    default:
      return unreachable(inline);
  }
}

/** The id that code hosts give a heading: its words in lower case, joined by hyphens. */
export function headingId(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** Relative links between pages lead to the Markdown of the other page. */
function twin(href: string): string {
  return /^\.{0,2}\//.test(href) || href.startsWith("#")
    ? href.replace(/index\.html(?=$|#)/, "index.md")
    : href;
}

/** The same of all links in Markdown, but for what is in code. */
function withTwins(markdown: string): string {
  return markdown.split(/(```[\s\S]*?```|`[^`\n]*`)/).map((part, i) =>
    i % 2 === 1 ? part : part.replaceAll(
      /\]\(([^)]*)\)/g,
      (_, href: string) => `](${twin(href)})`,
    )
  ).join("");
}

/** Markdown for a cell of a table. */
function oneLine(markdown: string): string {
  return withTwins(withoutTags(markdown)).replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}
