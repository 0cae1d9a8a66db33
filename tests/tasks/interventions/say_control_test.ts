import assert from "node:assert/strict";
import { sayControl } from "../../../tasks/interventions/say_control.ts";
import { runTask } from "../run_task.ts";

Deno.test("sayControl() says whether every interval of a control lies where the rule of its claim has them", async () => {
  const said = (
    intervals: readonly (readonly [number, number])[],
    kind: "above" | "below",
  ) =>
    runTask(sayControl, {
      intervals: intervals.map(([low, high]) => ({ low, high })),
      rule: { kind, bound: 0.5 },
      subject: "refitting",
    });
  const does =
    "The control meets the rule, too, so that the verdict does not tell of refitting";
  const not = "The control does not meet the rule";
  assert.equal(await said([[0.6, 0.7], [0.51, 0.9]], "above"), does);
  assert.equal(await said([[0.6, 0.7], [0.5, 0.9]], "above"), not);
  assert.equal(await said([[0.1, 0.49]], "below"), does);
  assert.equal(await said([[0.1, 0.51]], "below"), not);
});
