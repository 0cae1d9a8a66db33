import assert from "node:assert/strict";
import { formatQuantity } from "../../../reports/value/quantity.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { networksNeeded } from "../../../stats/lines/networks_needed.ts";
import { partRobustness } from "../../../stats/lines/part_robustness.ts";
import { rangeOverlap } from "../../../stats/lines/range_overlap.ts";
import { tabulateNetworksNeeded } from "../../../tasks/lines/tabulate_networks_needed.ts";
import {
  checkpoints as line,
  narrow,
  photo,
} from "../../stats/difference_reference.ts";
import { runTask } from "../run_task.ts";

const mean = meanEffectiveRobustness(photo, { line });
const row = { cells: ["all"], mean, overlap: rangeOverlap(photo, line) };
const part = partRobustness({ baselines: narrow, networks: photo });
const table = (halfWidth: number) =>
  runTask(tabulateNetworksNeeded, {
    titles: ["where"],
    images: "families",
    halfWidth,
    rows: [row, { cells: ["in a part"], part }, {
      cells: ["in none"],
      part: null,
    }],
  });

Deno.test("tabulateNetworksNeeded() says of each interval what makes it, and leaves out parts with too few examples", async () => {
  const { columns, rows } = await table(0.02);
  const needed = networksNeeded(mean, { halfWidth: 0.02 });
  assert.deepEqual(columns.slice(0, 3), ["where", "n", "half-width"]);
  assert.equal(columns.at(-1), "networks for ±2");
  assert.deepEqual(rows.map(([where]) => where), ["all", "in a part"]);
  const values = rows[0]?.slice(2).map((cell) =>
    typeof cell === "object" && cell !== null ? cell.value : cell
  );
  assert.deepEqual(values, [
    (mean.high - mean.low) / 2,
    needed.withoutImages,
    needed.networksAlone,
    needed.networks,
  ]);
});

Deno.test("tabulateNetworksNeeded() tells in a list of the intervals that are wider than asked for", async () => {
  const { wider, rows } = await table(0.001);
  assert.match(
    wider,
    /^- all: ±\d\.\d\d, of which networks alone give ±\d\.\d\d, and ±\d\.\d\d with endlessly many families\n- in a part: /,
  );
  assert.equal(rows[1]?.at(-1), "more than 1,000");
  assert.equal((await table(1)).wider, "- none");
});

Deno.test("tabulateNetworksNeeded() writes widths as points without a sign", async () => {
  const { rows: [cells = []] } = await table(0.02);
  const [, , width] = cells;
  assert.ok(typeof width === "object" && width !== null);
  assert.match(formatQuantity(width), /^\d\.\d\d$/);
});
