import assert from "node:assert/strict";
import type { Column, TableBlock } from "../../../reports/document/document.ts";
import {
  CARD_LABELS,
  tableHtml,
} from "../../../reports/document/table_html.ts";

/** A table of cards with a row of as many cells. */
function cards(columns: readonly Column[]): string {
  const block: TableBlock = {
    kind: "table",
    layout: "cards",
    label: "Shifts",
    columns,
    rows: [columns.map((_, i) => `cell ${i + 1}`)],
  };
  return tableHtml(block).html;
}

Deno.test("tableHtml() says once what each cell of a card is, in a string that no title ends", () => {
  const shown = cards([
    { title: "intervention" },
    { title: 'it\'s \\ "one"\n; }' },
    { title: "flip", group: "out of support", align: "right" },
  ]);
  assert.ok(
    shown.includes(
      `style="--2:&#39;it\\&#39;s \\\\ &quot;one&quot; ; }: &#39;;--3:&#39;flip (out of support): &#39;"`,
    ),
    shown,
  );
  assert.match(shown, /<td>cell 1<td>cell 2<td>cell 3\n/);
  assert.match(CARD_LABELS, /^td:nth-child\(2\) \{ --of: var\(--2\); \}$/m);
});

Deno.test("tableHtml() leaves a table as it is whose cells the style sheet cannot name, or need no name", () => {
  const of = (n: number) =>
    cards(Array.from({ length: n }, (_, i) => ({ title: `shift ${i + 1}` })));
  assert.match(
    of(10),
    /class="cards"\s+style="--2:.*;--10:&#39;shift 10: &#39;"/,
  );
  assert.match(CARD_LABELS, /\(10\)/);
  assert.doesNotMatch(CARD_LABELS, /\(11\)/);
  assert.match(of(11), /<div\s+class="scroll"/);
  assert.doesNotMatch(of(11), /cards|style=/);
  assert.doesNotMatch(of(2), /style=/);
});
