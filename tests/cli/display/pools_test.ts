import assert from "node:assert/strict";
import { linesOf } from "../../../cli/display/display.ts";

Deno.test("linesOf() says of each pool how many workers run, where, and why others wait", () => {
  const lines = linesOf({
    kind: "pools",
    pools: [
      {
        pool: "gpu",
        running: 7,
        pending: 2,
        nodes: ["n1", "n2", "n3", "n4", "n5", "n6", "n7"],
        reasons: ["Priority: others come first"],
      },
      { pool: "cpu", running: 0, pending: 0, nodes: [], reasons: [] },
    ],
  });
  assert.deepEqual(
    lines.map((line) => line.map(({ text }) => text).join("")),
    [
      "  pool gpu: 7 workers on n1, n2, n3, n4, n5 and 2 more; 2 waiting (Priority: others come first)",
      "  pool cpu: no workers",
    ],
  );
});
