import assert from "node:assert/strict";
import { groupDifference } from "../../../stats/lines/difference.ts";
import { compareGroups } from "../../../tasks/lines/compare_groups.ts";
import {
  byNetwork,
  checkpoints,
  narrow,
  photo,
} from "../../stats/difference_reference.ts";
import { placeOn } from "../../../shifts/measure/place_on.ts";
import { judgedErrors } from "../../../tasks/lines/judged.ts";
import { distributions, judgedOverLine, judgedRun } from "./judged_networks.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("compareGroups() compares the networks of all runs", async () => {
  const expected = groupDifference([photo, narrow], {
    line: checkpoints,
    level,
  });
  const { difference, value, low, high } = await runTask(compareGroups, {
    line: checkpoints,
    a: byNetwork(photo),
    b: byNetwork(narrow),
    level,
  });
  assert.deepEqual(difference, expected);
  assert.deepEqual([value, low, high], [
    expected.difference,
    expected.low,
    expected.high,
  ]);
});

Deno.test("compareGroups() of evaluations counts runs and images through both groups", async () => {
  const { line, judged } = judgedOverLine();
  const { baselines, networks } = judged;
  const others = [0.54, 0.56].map((level, i) =>
    judgedRun(`narrow ${i}`, { levels: [level], above: 0.02 })
  );
  const placed = (evaluations: typeof networks) =>
    evaluations.map((one) => placeOn(one, distributions));
  const [a, b] = [placed(networks), placed(others)];
  const { difference, shares } = await runTask(compareGroups, {
    line,
    a,
    b,
    level,
    judged: { baselines, distributions, a: networks, b: others },
    named: "networks",
  });
  assert.equal(shares[0]?.name, "networks");
  const [sign, minus] = [1, -1] as const;
  const known = judgedErrors([{
    baselines,
    distributions,
    line,
    terms: [
      { sign, points: a.flat(), networks },
      { sign: minus, points: b.flat(), networks: others },
    ],
  }]);
  assert.deepEqual(
    difference,
    groupDifference([a.flat(), b.flat()], {
      line,
      level,
      runs: known.runs?.[0],
      imageError: known.imageError,
    }),
  );
  assert.equal(difference.components.line.degreesOfFreedom, 2);
  assert.deepEqual(shares.map(({ source, n }) => [source, n]), [
    ["networks", 5],
    ["runs", 3],
    ["images", 400],
  ]);
});
