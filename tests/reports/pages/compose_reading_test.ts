import assert from "node:assert/strict";
import { readingBlocks } from "../../../reports/pages/compose_reading.ts";

Deno.test("readingBlocks() says each sentence once, by the first figure that needs it", () => {
  const [heading, prose] = readingBlocks([
    { reading: ["Lines.", "Bars."] },
    { reading: ["Lines.", "Bars."] },
    { reading: [] },
    { reading: ["Rows.", "Bars."] },
  ]);
  assert.deepEqual(heading, {
    kind: "heading",
    level: 2,
    id: "reading",
    text: "How to read the figures",
  });
  assert.deepEqual(prose, {
    kind: "prose",
    markdown: "Lines. Bars.\n\nRows.",
  });
});

Deno.test("readingBlocks() says nothing where there is nothing to read", () => {
  assert.deepEqual(readingBlocks([]), []);
  assert.deepEqual(readingBlocks([{ reading: [] }]), []);
});
