import assert from "node:assert/strict";
import { drawFigure } from "../../../reports/figures/draw_figure.ts";
import { drawPart } from "../../../tasks/splits/draw_part.ts";
import { fewInSupport } from "./planted_split.ts";
import { runTask } from "../run_task.ts";

const part = {
  id: "part",
  title: "A part",
  baselineTitle: "checkpoints",
  distributions: { reference: "plain", shifted: "mixed" },
};

Deno.test("drawPart() draws the part's own line, and says why where it cannot", async () => {
  const draw = (of: "inSupport" | "outOfSupport", examples: number) =>
    runTask(drawPart, {
      ...part,
      groups: [{ name: "photo", part: fewInSupport[of] }],
      examples,
    });
  const beyond = await draw("outOfSupport", 3970);
  assert.equal(beyond.kind, "on-the-line");
  assert.ok(drawFigure(beyond) !== null);
  assert.deepEqual(await draw("inSupport", 30), {
    kind: "unavailable",
    id: "part",
    title: "A part",
    reason: "there are 30 examples in this part, and 50 are needed",
  });
});
