import assert from "node:assert/strict";
import { pairedDifference } from "../../../stats/lines/paired_difference.ts";
import { compareShifts } from "../../../tasks/lines/compare_shifts.ts";
import {
  byNetwork,
  checkpoints,
  photo,
  photoTwins,
  sizes,
} from "../../stats/difference_reference.ts";
import { placeOn } from "../../../shifts/measure/place_on.ts";
import { judgedErrors } from "../../../tasks/lines/judged.ts";
import { judgedOverLine } from "./judged_networks.ts";
import { runTask } from "../run_task.ts";

const level = 0.95;

Deno.test("compareShifts() pairs networks by their place", async () => {
  const expected = pairedDifference([
    { line: checkpoints, points: photo },
    { line: sizes, points: photoTwins },
  ], { level });
  const { difference, value } = await runTask(compareShifts, {
    first: { line: checkpoints, points: byNetwork(photo) },
    second: { line: sizes, points: byNetwork(photoTwins) },
    level,
  });
  assert.deepEqual(difference, expected);
  assert.equal(value, expected.difference);
});

Deno.test("compareShifts() refuses a network of several points", async () => {
  await assert.rejects(
    () =>
      runTask(compareShifts, {
        first: { line: checkpoints, points: [photo] },
        second: { line: sizes, points: byNetwork(photoTwins) },
        level,
      }),
    /Cannot pair network 1: it has 3 points, not one/,
  );
});

Deno.test("compareShifts() of evaluations counts the runs of both lines, and images through both shifts", async () => {
  const shifted = (runs: number, kind: string) => {
    const { line, judged } = judgedOverLine({ runs, kind });
    const points = judged.networks.map((one) =>
      placeOn(one, judged.distributions)
    );
    return { line, judged, points };
  };
  const [outOfSupport, inSupport] = [
    shifted(3, "photo"),
    shifted(4, "probed"),
  ];
  const { difference, shares } = await runTask(compareShifts, {
    first: outOfSupport,
    second: inSupport,
    level,
  });
  const [sign, minus] = [1, -1] as const;
  const known = judgedErrors(
    [
      [outOfSupport, sign] as const,
      [inSupport, minus] as const,
    ].map(([{ line, judged, points }, sign]) => ({
      ...judged,
      line,
      terms: [{ sign, points: points.flat(), networks: judged.networks }],
    })),
    { paired: true },
  );
  const [first, second] = [outOfSupport, inSupport].map((
    { line, points },
    i,
  ) => ({ line, points: points.flat(), runs: known.runs?.[i] }));
  assert.ok(first && second && (known.imageError ?? 0) > 0);
  assert.deepEqual(
    difference,
    pairedDifference([first, second], {
      level,
      imageError: known.imageError,
    }),
  );
  assert.deepEqual(
    [
      difference.components.firstLine.degreesOfFreedom,
      difference.components.secondLine?.degreesOfFreedom,
    ],
    [2, 3],
  );
  assert.deepEqual(shares.map(({ source, n }) => [source, n]), [
    ["networks", 3],
    ["runs", 7],
    ["images", 400],
  ]);
  const { judged: _, ...plain } = inSupport;
  const half = await runTask(compareShifts, {
    first: outOfSupport,
    second: plain,
    level,
  });
  assert.deepEqual(half.shares, []);
  assert.equal(half.difference.components.firstLine.degreesOfFreedom, 10);
});

Deno.test("compareShifts() over one line leaves its runs out of the difference as a whole, and counts them once", async () => {
  const { line, judged: ours } = judgedOverLine({ runs: 4, kind: "photo" });
  const { judged: twins } = judgedOverLine({ runs: 4, kind: "probed" });
  const placed = (judged: typeof ours) => ({
    judged,
    points: judged.networks.map((one) => placeOn(one, judged.distributions)),
  });
  const [first, second] = [
    placed(ours),
    placed({ ...twins, baselines: ours.baselines }),
  ];
  const { difference, shares } = await runTask(compareShifts, {
    first: { line, ...first },
    second,
    level,
  });
  const term = (sign: 1 | -1, { points, judged }: typeof first) => ({
    sign,
    points: points.flat(),
    networks: judged.networks,
  });
  const known = judgedErrors([{
    ...ours,
    line,
    terms: [term(1, first), term(-1, second)],
  }], { paired: true });
  assert.deepEqual(
    difference,
    pairedDifference([
      { line, points: first.points.flat(), runs: known.runs?.[0] },
      { points: second.points.flat() },
    ], { level, imageError: known.imageError }),
  );
  assert.equal(difference.components.secondLine, null);
  assert.deepEqual(shares.map(({ source, n }) => [source, n]), [
    ["networks", 3],
    ["runs", 4],
    ["images", 400],
  ]);
});
