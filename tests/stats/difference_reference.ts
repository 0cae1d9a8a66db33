/** Reference values made by tests/stats/data/make_difference_values.py. */
import { readFileSync } from "node:fs";
import type { Point } from "../../stats/lines/point.ts";
import { fitLine, type Line } from "../../stats/lines/regression.ts";

interface DifferenceValues {
  readonly lines: Readonly<
    Record<
      "checkpoints" | "sizes",
      { readonly x: readonly number[]; readonly y: readonly number[] }
    >
  >;
  readonly groups: Readonly<
    Record<
      "photo" | "narrow" | "photoTwins",
      readonly (readonly [number, number])[]
    >
  >;
  readonly size: number;
  readonly groupDifference: Readonly<
    Record<
      "difference" | "df" | "halfWidth" | "line" | "lineOfPhoto" | "testSet",
      number
    >
  >;
  readonly pairedDifference: Readonly<
    Record<
      | "difference"
      | "df"
      | "halfWidth"
      | "firstLine"
      | "secondLine"
      | "testSets",
      number
    >
  >;
  readonly lineDisagreement: {
    readonly predicted: readonly [number, number];
    readonly standardError: number;
    readonly critical: readonly [number, number];
  };
}

export const values: DifferenceValues = JSON.parse(
  readFileSync(new URL("./data/difference.json", import.meta.url), "utf8"),
);

function lineOf(name: keyof DifferenceValues["lines"]) {
  const { x, y } = values.lines[name];
  return fitLine(x.map((reference, i) => ({
    model: `${name} ${i}`,
    reference,
    shifted: y[i] ?? NaN,
  })));
}

function pointsOf(name: keyof DifferenceValues["groups"]): readonly Point[] {
  return values.groups[name].map(([reference, shifted], seed) => ({
    model: `${name}, seed ${seed}`,
    reference,
    shifted,
    referenceSize: values.size,
    shiftedSize: values.size,
    seed,
  }));
}

export const checkpoints = lineOf("checkpoints");
export const sizes = lineOf("sizes");
/** Three runs of checkpoints, each with a height of its own, and the line through them. */
export const scattered: {
  readonly runs: readonly (readonly Point[])[];
  readonly line: Line;
} = runsAt([0, 0.02, -0.015]);
/** The same for other heights. */
export const otherwiseScattered: typeof scattered = runsAt([0.01, -0.01, 0.03]);

function runsAt(heights: readonly number[]) {
  const runs = heights.map((height, run) =>
    [0.55, 0.6, 0.66, 0.7].map((reference, i) => ({
      model: `run ${run}`,
      reference: reference + run / 300,
      shifted: 0.8 * reference - 0.02 + height + (i % 2) / 100,
    }))
  );
  return { runs, line: fitLine(runs.flat()) };
}

export const photo = pointsOf("photo");
export const narrow = pointsOf("narrow");
export const photoTwins = pointsOf("photoTwins");

/** Networks whose numbers of test images are unknown. */
export function withoutSizes(points: readonly Point[]): readonly Point[] {
  return points.map(({ model, reference, shifted }) => ({
    model,
    reference,
    shifted,
  }));
}

/** Points as tasks take them: one array a network. */
export function byNetwork(points: readonly Point[]): readonly Point[][] {
  return points.map((point) => [point]);
}
