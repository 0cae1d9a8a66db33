/**
 * A page as Markdown that reads well on a code host.
 *
 * @module
 */
import { unreachable } from "../engine/unreachable.ts";
import type { Verdict } from "./claim.ts";
import {
  type Block,
  type Inline,
  type Line,
  type Page,
  rootOf,
  type TableBlock,
} from "./document.ts";
import { escapeHtml, escapeMarkdown, safeUrl } from "./escape.ts";

const SIGNS: Readonly<Record<Verdict, string>> = {
  supported: "✅ supported",
  contradicted: "❌ contradicted",
  inconclusive: "❔ inconclusive",
  "not reproduced": "➖ not reproduced",
};

/** The Markdown of a page, with the numbers of its HTML. */
export function pageMarkdown(page: Page): string {
  const parts = [
    ...page.folder === "" ? [] : [`[shiftline](${rootOf(page)}index.md)`],
    `# ${escapeMarkdown(page.title)}`,
    `*${escapeMarkdown(page.lead)}*`,
    ...page.blocks.map((block) => blockMarkdown(block)),
    "---",
    lineMarkdown(page.footer),
  ];
  return parts.join("\n\n") + "\n";
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case "prose":
      return withoutTags(block.markdown);
    case "answer":
      return `**Answer.** ${withoutTags(block.markdown)}`;
    case "notice":
      return `> ⚠️ ${lineMarkdown(block.text)}`;
    case "line":
      return lineMarkdown(block.text);
    case "facts":
      return block.items.map(([term, line]) =>
        `- **${escapeMarkdown(term)}**: ${lineMarkdown(line)}`
      ).join("\n");
    case "code":
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
    case "picture":
      return `![${
        escapeMarkdown(block.alt)
      }](${block.src})\n\n**Figure ${block.number}.** ${
        withoutTags(block.caption)
      }`;
    case "figure": {
      const { figure, number } = block;
      const { selected, rows } = figure.table;
      const name = `./${block.id.replace(/^figure-/, "")}`;
      const table: TableBlock = {
        kind: "table",
        layout: "scroll",
        label: "",
        columns: figure.table.columns.map((title, i) => ({
          title,
          align: i < figure.table.text ? undefined : "right",
        })),
        rows: selected?.rows ?? rows,
      };
      return [
        `<a id="${block.id}"></a>`,
        `![${escapeMarkdown(figure.description)}](${name}.svg)`,
        `**Figure ${number}.** ${withoutTags(figure.caption.join("\n\n"))}`,
        `Data: [CSV](${name}.csv) · [JSON](${name}.json) · Drawing: [SVG](${name}.svg)`,
        `<details><summary>${
          selected === undefined
            ? `All ${rows.length} points`
            : escapeHtml(selected.title)
        } as a table</summary>`,
        tableMarkdown(table),
        "</details>",
      ].join("\n\n");
    }
    case "table":
      return block.numbered === undefined
        ? tableMarkdown(block)
        : `**Table ${block.numbered.number}.** ${
          withoutTags(block.numbered.caption)
        }\n\n${tableMarkdown(block)}`;
    default:
      return unreachable(block);
  }
}

function tableMarkdown({ columns, rows }: TableBlock): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...rows.map((row) => line(row.map((cell) => lineMarkdown(cell)))),
  ].join("\n");
}

function lineMarkdown(line: Line): string {
  return Array.isArray(line)
    ? (line as readonly Inline[]).map(inlineMarkdown).join("")
    : inlineMarkdown(line as Inline);
}

function inlineMarkdown(inline: Inline): string {
  if (typeof inline === "string") return escapeMarkdown(inline);
  switch (inline.kind) {
    case "code":
      return `\`${inline.text.replaceAll(/[`\s|]+/g, " ")}\``;
    case "strong":
      return `**${escapeMarkdown(inline.text)}**`;
    case "link":
      return `[${escapeMarkdown(inline.text)}](${
        twin(safeUrl(inline.href)).replaceAll(/[\s()<>|]/g, encodeURIComponent)
      })`;
    case "verdict":
      return SIGNS[inline.verdict];
    case "markdown":
      return oneLine(inline.source);
    case "estimate":
      return `${escapeMarkdown(inline.text)} `;
    case "remark":
      return ` ${oneLine(inline.source)}`;
    default:
      return unreachable(inline);
  }
}

/** Relative links between pages lead to the Markdown of the other page. */
function twin(href: string): string {
  return /^\.{0,2}\//.test(href) || href.startsWith("#")
    ? href.replace("index.html", "index.md").replace(/#claim-.*$/, "#claims")
    : href;
}

/** Markdown for a cell of a table. */
function oneLine(markdown: string): string {
  return withoutTags(markdown).replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}

/** Markdown whose HTML is made literal, as on the HTML page; code is as it was. */
function withoutTags(markdown: string): string {
  return markdown.split(/(`+[^`]*`+)/).map((part, i) =>
    i % 2 === 1 ? part : part.replaceAll(/<(?=[a-z/!?])/gi, "\\<")
  ).join("");
}
