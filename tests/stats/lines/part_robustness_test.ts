import assert from "node:assert/strict";
import { meanEffectiveRobustness } from "../../../stats/lines/mean_effective_robustness.ts";
import {
  meanInPart,
  partDifference,
  partRobustness,
} from "../../../stats/lines/part_robustness.ts";
import { pairedDifference } from "../../../stats/lines/paired_difference.ts";
import { fitLine } from "../../../stats/lines/regression.ts";
import { unitError } from "../../../stats/lines/unit_error.ts";
import { close } from "../reference.ts";

const point = (model: string, reference: number, shifted: number) => ({
  model,
  reference,
  shifted,
  referenceSize: 1000,
  shiftedSize: 60,
});
const baselines = [
  point("a", 0.5, 0.2),
  point("b", 0.6, 0.33),
  point("c", 0.7, 0.4),
  point("d", 0.75, 0.5),
];
const networks = [point("x", 0.6, 0.5), point("y", 0.65, 0.45)];

Deno.test("partRobustness() is mean effective robustness over the part's own probit line", () => {
  const line = fitLine(baselines, {
    scale: "probit",
    extremes: { kind: "clip" },
  });
  const found = partRobustness({ baselines, networks }, { level: 0.9 });
  assert.deepEqual(found.line, line);
  assert.deepEqual(
    found.mean,
    meanEffectiveRobustness(networks, { line, level: 0.9 }),
  );
  assert.equal(found.overlap.inside, 2);
});

Deno.test("partDifference() is that of pairs, over the lines of both parts", () => {
  const elsewhere = (points: typeof baselines) =>
    points.map((point) => ({ ...point, shifted: point.shifted - 0.1 }));
  const parts = [
    partRobustness({ baselines, networks }),
    partRobustness({
      baselines: elsewhere(baselines),
      networks: elsewhere(networks),
    }),
  ] as const;
  const [first, second] = parts;
  assert.deepEqual(
    partDifference(parts, { level: 0.9 }),
    pairedDifference([
      { line: first.line, points: first.networks },
      { line: second.line, points: second.networks },
    ], { level: 0.9 }),
  );
});

Deno.test("partDifference() of judged networks cancels what parts share, and is as sure as the smaller number of units allows", () => {
  /** With what three units add to the accuracies. */
  const judgedOf = (some: typeof baselines) =>
    some.map((one, i) => ({
      ...one,
      referenceInfluence: [0.02, -0.01 * i, 0.01 * i - 0.02],
      shiftedInfluence: [0.03, 0.01 * i, -0.03 - 0.01 * i],
    }));
  const errorsOf = (others: typeof networks, units: readonly number[]) => {
    const parts = [networks, others].map((some) =>
      partRobustness({ baselines, networks: some })
    );
    const judged = [networks, others].map((some, i) => ({
      runs: judgedOf(baselines).map((one) => [one]),
      networks: judgedOf(some),
      images: "disjoint" as const,
      units: units[i] ?? NaN,
    }));
    const { components } = partDifference(
      parts as [typeof parts[0], typeof parts[0]],
      { judged: judged as [typeof judged[0], typeof judged[0]] },
    );
    const line = (parts[0] as typeof parts[0]).line;
    const ofParts = judged.map(({ runs, networks }, i) => ({
      line,
      runs,
      terms: [{ sign: i === 0 ? 1 : -1, networks }],
    } as const));
    return {
      ...components,
      error: components.testSets?.standardError ?? NaN,
      // What both lines hold of an image cancels, since the runs are the same.
      expected: unitError(ofParts, {
        images: "disjoint",
        units: Math.min(...units),
        level: 0.95,
        paired: true,
        sharedRuns: true,
      }),
    };
  };
  const errorOf = (...given: Parameters<typeof errorsOf>) =>
    errorsOf(...given).error;
  const same = errorsOf(networks, [3, 3]);
  close(same.error, 0, 1e-12);
  close(same.firstLine.standardError, 0, 1e-12);
  assert.equal(same.secondLine, null);
  const others = [point("z", 0.7, 0.3), ...networks.slice(1)];
  const few = errorOf(others, [3, 3]);
  assert.ok(few > 0);
  close(few, errorsOf(others, [3, 3]).expected, 1e-12);
  assert.equal(errorOf(others, [300, 3]), few);
});

Deno.test("meanInPart() is the mean of partRobustness()", () => {
  close(
    meanInPart({ baselines, networks }),
    partRobustness({ baselines, networks }).mean.mean,
  );
});

Deno.test("partRobustness() counts an accuracy of nothing right as half an example", () => {
  const all = [...baselines, point("e", 0.4, 0)];
  assert.deepEqual(
    partRobustness({ baselines: all, networks }).line.clipped,
    ["e"],
  );
});
