import assert from "node:assert/strict";
import { sayMostAccurate } from "../../../tasks/interventions/say_most_accurate.ts";
import { runTask } from "../run_task.ts";

const networks = (title: string, inSupport: number, outOfSupport: number) => ({
  title,
  inSupport,
  outOfSupport,
  without: { inSupport: 0.5, outOfSupport: 0.45, n: 6 },
  robustness: { value: outOfSupport - 0.5, low: -0.2, high: 0.01 },
});

Deno.test("sayMostAccurate() tells the most accurate of each kind, and what it costs out of support", async () => {
  assert.equal(
    await runTask(sayMostAccurate, {
      inSupport: "a tint",
      outOfSupport: "a flip",
      kinds: [
        {
          title: "with pre-training",
          networks: [
            networks("refitted", 0.6, 0.4),
            networks("none", 0.5, 0.5),
          ],
        },
        {
          title: "without",
          networks: [networks("none", 0.5, 0.45), networks("tints", 0.65, 0.3)],
        },
      ],
    }),
    "Under a tint (in support), the best intervention takes shifted accuracy from 50.0% (n\u00a0=\u00a06) to 60.0% with pre-training (refitted) and from 50.0% (n\u00a0=\u00a06) to **65.0%** without (tints). Under a flip (out of support), the same takes it from 45.0% to 40.0% and from 45.0% to 30.0%, with an effective robustness over the line of finished networks of −10.0 points (95% interval −20.0 to +1.0) and −20.0 points (95% interval −20.0 to +1.0).",
  );
});
