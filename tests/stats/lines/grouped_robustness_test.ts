import assert from "node:assert/strict";
import { effectiveRobustness } from "../../../stats/lines/effective_robustness.ts";
import { groupedRobustness } from "../../../stats/lines/grouped_robustness.ts";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { close } from "../reference.ts";

const point = (group: string, reference: number, shifted: number) => ({
  model: `${group} ${reference}`,
  group,
  reference,
  shifted,
});

const points = [
  point("new", 52.1 / 100, 0.6),
  point("base", 0.5, 0.4),
  point("base", 0.6, 0.49),
  point("other", 0.9, 0.8),
  point("base", 0.7, 0.63),
  point("new", 0.55, 0.5),
];

const options = { baseline: "base", scale: "probit", level: 0.9 } as const;

Deno.test("groupedRobustness() measures every model and every other group by the baselines' line", () => {
  const { line, models, groups } = groupedRobustness(points, options);
  const baselines = points.filter(({ group }) => group === "base");
  assert.deepEqual(line, fitLine(baselines, { scale: "probit" }));
  assert.deepEqual(
    [...models].map(({ robustness }) => robustness),
    points.map((one) => effectiveRobustness(one, { line, level: 0.9 })),
  );
  assert.deepEqual(groups.map(({ name }) => name), ["new", "other"]);
  assert.deepEqual(
    groups[0]?.robustness,
    meanEffectiveRobustness(
      points.filter(({ group }) => group === "new"),
      { line, level: 0.9 },
    ),
  );
});

Deno.test("groupedRobustness() gives one model the interval of a prediction", () => {
  const { groups: [, other] } = groupedRobustness(points, {
    ...options,
    scale: "linear",
  });
  // NumPy 2.4.6 and SciPy 1.17.1: polyfit(), s·√(1 + 1/3 + (0.9 − 0.6)²/0.02), t.ppf(.95, 1)
  close(other?.robustness.mean ?? NaN, -0.05166666666666653);
  close(other?.robustness.low ?? NaN, -0.3629388140956982);
  close(other?.robustness.high ?? NaN, 0.25960548076236517);
});

Deno.test("groupedRobustness() does not round what it measures", () => {
  const [first] = groupedRobustness(points, options).models;
  assert.equal(first?.robustness.reference, 52.1 / 100);
});

Deno.test("groupedRobustness() refuses baselines that define no line", () => {
  for (const baseline of ["new", "of no model"]) {
    assert.throws(
      () => groupedRobustness(points, { ...options, baseline }),
      RangeError,
    );
  }
});

Deno.test("groupedRobustness() places accuracies of 0 and 1 as half an example where sizes are given", () => {
  const extreme = [...points, point("base", 1, 0.99), point("new", 0, 0.1)];
  const sizes = { referenceSize: 100, shiftedSize: 100 };
  const measured = groupedRobustness(extreme, { ...options, sizes });
  const moved = groupedRobustness(
    [...points, point("base", 0.995, 0.99), point("new", 0.005, 0.1)],
    { ...options, sizes },
  );
  assert.equal(measured.line.slope, moved.line.slope);
  assert.equal(
    measured.groups[0]?.robustness.mean,
    moved.groups[0]?.robustness.mean,
  );
  for (const unknown of [undefined, { ...sizes, shiftedSize: 1 }]) {
    assert.throws(
      () => groupedRobustness(extreme, { ...options, sizes: unknown }),
      RangeError,
    );
  }
});
