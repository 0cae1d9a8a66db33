import assert from "node:assert/strict";
import { readMarkdownPage } from "../../../reports/document/markdown_blocks.ts";

const PAGE = `# A page

What it is for,
in a line.

A [link](a.md#b), \`[none](c.md)\` in code, and one that is [lost](gone.md).

## What a \`task\` says

\`\`\`sh
deno task plan   # [no](link.md)
\`\`\`

### Smaller

| a | b        |
| - | -------- |
| 1 | \`x\\|y\` [l](a.md) |

- one
- two
`;

const { title, lead, blocks } = readMarkdownPage(
  PAGE,
  (href) =>
    href.startsWith("a.md") ? `./${href.replace("a.md", "a/")}` : undefined,
);

Deno.test("readMarkdownPage() takes title and lead from the head of a page", () => {
  assert.deepEqual([title, lead], ["A page", "What it is for, in a line."]);
});

Deno.test("readMarkdownPage() gives headings the ids that code hosts give them", () => {
  assert.deepEqual(blocks.filter(({ kind }) => kind === "heading"), [
    {
      kind: "heading",
      level: 2,
      id: "what-a-task-says",
      text: "What a task says",
    },
    { kind: "heading", level: 3, id: "smaller", text: "Smaller" },
  ]);
});

Deno.test("readMarkdownPage() changes the addresses of links, not what stands in code", () => {
  assert.deepEqual(blocks[0], {
    kind: "prose",
    markdown: "A [link](./a/#b), `[none](c.md)` in code, and one that is lost.",
  });
  assert.deepEqual(blocks[2], {
    kind: "code",
    language: "sh",
    text: "deno task plan   # [no](link.md)",
  });
});

Deno.test("readMarkdownPage() reads a table, named after its section, and a list", () => {
  assert.deepEqual(blocks.slice(4), [
    {
      kind: "table",
      layout: "cards",
      label: "Smaller",
      columns: [{ title: "a" }, { title: "b" }],
      rows: [[
        { kind: "markdown", source: "1" },
        { kind: "markdown", source: "`x|y` [l](./a/)" },
      ]],
    },
    { kind: "prose", markdown: "- one\n- two" },
  ]);
});
