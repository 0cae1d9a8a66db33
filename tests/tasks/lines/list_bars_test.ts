import assert from "node:assert/strict";
import { drawFigure } from "../../../reports/figures/draw_figure.ts";
import { listBars } from "../../../tasks/lines/list_bars.ts";
import { fewInSupport } from "../splits/planted_split.ts";
import { runTask } from "../run_task.ts";

const bar = { group: "photo", baselines: "checkpoints" };

Deno.test("listBars() keeps what is measured, and says where examples are too few", async () => {
  const estimates = await runTask(listBars, {
    bars: [
      { ...bar, shift: "in", part: fewInSupport.inSupport, examples: 30 },
      { ...bar, shift: "out", part: fewInSupport.outOfSupport, examples: 3970 },
    ],
  });
  const [within, beyond] = estimates;
  assert.deepEqual(within, {
    ...bar,
    shift: "in",
    mean: null,
    overlap: null,
    examples: 30,
  });
  assert.deepEqual(beyond?.mean, fewInSupport.outOfSupport?.mean);
  const drawn = drawFigure({
    kind: "robustness-bars",
    id: "a",
    title: "A",
    finding: "B.",
    shifts: [{ name: "in", support: "in" }, { name: "out", support: "out" }],
    estimates,
  });
  assert.match(drawn?.page ?? "", /30 examples/);
});
