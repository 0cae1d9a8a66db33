import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { AccuracyBySizePanel } from "../../reports/value/accuracy_by_size_figure.ts";
import {
  formatCount,
  formatNumber,
  formatQuantity,
} from "../../reports/value/quantity.ts";
import type { Evaluation } from "../../shifts/measure/evaluation.ts";
import {
  BLOCKS,
  type GroupCounts,
  type GroupedSet,
  type GroupMeasure,
} from "../../shifts/measure/group_counts.ts";
import { groupCountsOf, meanOver } from "../../shifts/measure/mean_over.ts";
import { jackknife, type LeftOut } from "../../stats/intervals/jackknife.ts";
import { twoKinds, type TwoKindsFactor } from "./two_kinds.ts";

/** Networks by the number of examples that they were trained on, and networks that they are held against. */
export interface MeasureCurveArgs {
  /** Name of the curve, for readers. */
  readonly name: string;
  /** By rising number of examples; as many networks at each, of which the i-th are versions of the same. */
  readonly curve: readonly {
    readonly n: number;
    readonly evaluations: readonly Evaluation[];
  }[];
  readonly reference: readonly Evaluation[];
  /** Whether the i-th of these is a version of the same network as the i-th of the curve. */
  readonly paired: boolean;
  /** What they are, for readers. */
  readonly referenceTitle: string;
  /** Sets of test images with their groups. */
  readonly parts: readonly GroupedSet[];
  readonly measure: GroupMeasure;
  /** Confidence level of the intervals. */
  readonly level: number;
}

const networks = z.array(z.number()).readonly();
const end = z.number().nullable();
const interval = { value: z.number(), low: end, high: end };

type Crossing = NonNullable<AccuracyBySizePanel["crossings"]>[number];

/** Accuracy over the number of examples, and how many it takes to be as good as others. */
export const measureCurve = defineTask({
  module: import.meta.url,
  name: "measureCurve",
  result: {
    series: json<AccuracyBySizePanel["series"][number]>(z.strictObject({
      name: z.string(),
      points: z.array(z.strictObject({
        n: z.number(),
        ...interval,
        networks,
      })).readonly(),
    })),
    reference: json<AccuracyBySizePanel["references"][number]>(
      z.strictObject({ title: z.string(), ...interval, networks }),
    ),
    /** Number of examples with which the curve reaches the reference; nulls where it is above or below throughout. Where it is without one network or block of images, ends are where those of the difference to the reference cross zero, null beyond the numbers tried. */
    crossing: json<Crossing>(z.strictObject({
      series: z.string(),
      reference: z.string(),
      at: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    })),
    /** The same in words: "90 (60 to 140)", "90 (60 to more than 1,024)"; "more than 1,024 (there −7.3 points, −14.6 to 0.0)" with the difference to the reference at the last number. */
    words: json(z.string()),
  },
  run(
    { name, curve, reference, paired, referenceTitle, parts, measure, level }:
      MeasureCurveArgs,
  ) {
    const sizes = curve.map(({ n }) => n);
    const counts = curve.map(({ evaluations }) =>
      groupCountsOf(evaluations, parts)
    );
    const against = groupCountsOf(reference, parts);
    const lengths = [...new Set(counts.map(({ length }) => length))];
    const [members] = lengths;
    if (members === undefined || lengths.length > 1) {
      throw new RangeError(
        `Cannot follow networks along "${name}": there must be as many at each number of examples, and there are ${
          lengths.join(" and ") || "none"
        }`,
      );
    }
    const meanOf = (one: readonly GroupCounts[]) => {
      const { value, low, high } = jackknife(
        (without) => meanOver(one, measure, without),
        { factors: { networks: one.length, images: BLOCKS }, level },
      );
      // All networks at zero or at one: that tells no spread.
      return low === high
        ? { value, low: null, high: null }
        : { value, low: Math.max(0, low), high: Math.min(1, high) };
    };
    const { factors, without } = twoKinds(
      { a: members, b: against.length },
      { paired },
    );
    const at = (one?: LeftOut<TwoKindsFactor>) =>
      crossingOf(
        counts.map((each) => meanOver(each, measure, without(one, "a"))),
        { sizes, level: meanOver(against, measure, without(one, "b")) },
      );
    const differences = counts.map((one) =>
      jackknife<TwoKindsFactor>(
        (left) =>
          meanOver(one, measure, without(left, "a")) -
          meanOver(against, measure, without(left, "b")),
        { factors, level },
      )
    );
    const last = differences.at(-1);
    const whole = at();
    const crosses = whole !== null &&
      (Object.entries(factors) as [TwoKindsFactor, number][])
        .filter(([, members]) => members > 1)
        .every(([factor, members]) =>
          Array.from({ length: members }, (_, member) => ({ factor, member }))
            .every((one) => at(one) !== null)
        );
    const found = crosses
      ? jackknife<TwoKindsFactor>(
        (one) => Math.log(at(one) ?? NaN),
        { factors, level },
      )
      : null;
    const end = (values: readonly number[]) =>
      crossingOf(values, { sizes, level: 0 });
    const crossing = whole === null ? null : found === null
      ? {
        at: whole,
        low: end(differences.map(({ high }) => high)),
        high: end(differences.map(({ low }) => low)),
      }
      : {
        at: Math.exp(found.value),
        low: Math.exp(found.low),
        high: Math.exp(found.high),
      };
    const round = (value: number) => `${Math.round(value)}`;
    const [least, most] = [
      `${sizes[0]} or fewer`,
      `more than ${formatCount(sizes.at(-1) ?? 0)}`,
    ];
    return {
      series: {
        name,
        points: counts.map((one: readonly GroupCounts[], k) => ({
          n: sizes[k] as number,
          ...meanOf(one),
          networks: one.map((network) => meanOver([network], measure)),
        })),
      },
      reference: {
        title: referenceTitle,
        ...meanOf(against),
        networks: against.map((network) => meanOver([network], measure)),
      },
      crossing: {
        series: name,
        reference: referenceTitle,
        ...crossing ?? { at: null, low: null, high: null },
      },
      words: crossing !== null
        ? `${round(crossing.at)} (${
          crossing.low === null ? least : round(crossing.low)
        } to ${crossing.high === null ? most : round(crossing.high)})`
        : last !== undefined && last.value < 0
        ? `${most} (there ${differenceInWords(last)})`
        : least,
    };
  },
});

/** "−7.3 points, −14.6 to 0.0" */
function differenceInWords(
  { value, low, high }: Readonly<Record<"value" | "low" | "high", number>>,
): string {
  const shown = { unit: "points", digits: 1 } as const;
  const [from, to] = [low, high].map((value) =>
    formatNumber({ ...shown, value })
  );
  return `${formatQuantity({ ...shown, value })}, ${from} to ${to}`;
}

/** Where a curve over the logarithm of the number of examples reaches a level for good, linearly between its points; null if it is above or below throughout. */
function crossingOf(
  values: readonly number[],
  { sizes, level }: {
    readonly sizes: readonly number[];
    readonly level: number;
  },
): number | null {
  for (let k = values.length - 1; k > 0; k--) {
    const [before, after] = [values[k - 1] as number, values[k] as number];
    if (after < level) return null;
    if (before >= level) continue;
    const [from, to] = [
      Math.log(sizes[k - 1] as number),
      Math.log(sizes[k] as number),
    ];
    return Math.exp(from + (to - from) * (level - before) / (after - before));
  }
  return null;
}
