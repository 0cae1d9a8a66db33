import assert from "node:assert/strict";
import type { Page } from "../../../reports/document/document.ts";
import { pageHtml } from "../../../reports/document/page.ts";

function pageOf(blocks: Page["blocks"]): string {
  return pageHtml({
    folder: "",
    title: "Title",
    lead: "Lead.",
    description: "Description.",
    blocks,
    footer: "Footer",
  });
}

Deno.test("pageHtml() keeps an option of a command together, and output as it is", () => {
  const text = "ask --test photos/test";
  const page = pageOf([
    { kind: "code", language: "sh", text },
    { kind: "code", language: "text", text },
  ]);
  assert.match(
    page,
    /<pre><code class="language-sh">ask <span class="whole">--test<\/span> photos\/test<\/code>/,
  );
  assert.match(
    page,
    /<code class="language-text">ask --test photos\/test<\/code>/,
  );
});
