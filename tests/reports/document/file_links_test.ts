import assert from "node:assert/strict";
import {
  withFileLinks,
  withFileLinksMarkdown,
} from "../../../reports/document/file_links.ts";

const url = (path: string) =>
  path === "tasks/new.ts" ? undefined : `https://example.org/blob/1a/${path}`;

Deno.test("withFileLinks() leads from the name of a file to the file, unless it is part of a link or has no address", () => {
  assert.equal(
    withFileLinks(
      '<code>pipelines/theory/theory.ts</code> <a href="x"><b>a</b> <code>data/a.csv</code></a> <code>tasks/new.ts</code> <code>b.ts</code> <code>cli/../../x.ts</code> <code>elsewhere/b.ts</code>',
      url,
    ),
    '<a href="https://example.org/blob/1a/pipelines/theory/theory.ts"><code>pipelines/theory/theory.ts</code></a> <a href="x"><b>a</b> <code>data/a.csv</code></a> <code>tasks/new.ts</code> <code>b.ts</code> <code>cli/../../x.ts</code> <code>elsewhere/b.ts</code>',
  );
});

Deno.test("withFileLinksMarkdown() does the same, and leaves blocks of code as they are", () => {
  assert.equal(
    withFileLinksMarkdown(
      "`data/a.csv` [`data/b.csv`](x) `tasks/new.ts`\n```sh\ncat `data/c.csv`\n```\n",
      url,
    ),
    "[`data/a.csv`](https://example.org/blob/1a/data/a.csv) [`data/b.csv`](x) `tasks/new.ts`\n```sh\ncat `data/c.csv`\n```\n",
  );
});
