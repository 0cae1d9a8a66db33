import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { Cell } from "../../reports/value/report.ts";
import type { RobustnessEstimate } from "../../reports/value/robustness_bars_figure.ts";
import {
  percent,
  points,
  tableResult,
} from "../../reports/value/table_cells.ts";
import type { ErrorComponent } from "../../stats/intervals/error_component.ts";
import { mean } from "../../stats/intervals/mean.ts";
import { criticalValue } from "../../stats/intervals/quantile.ts";
import {
  errorSharesSchema,
  sharesOverLine,
} from "../../stats/lines/error_share.ts";
import {
  holdsZero,
  leaveGroupsOut,
  type LeftOutPoint,
  type PointGroup,
} from "../../stats/lines/left_out_groups.ts";

/** Baselines by family, under one shift. */
export interface LeaveFamiliesOutArgs {
  /** Names the shift in a figure. */
  readonly shift: string;
  readonly families: readonly PointGroup[];
  /** Name of the family whose mean is wanted by itself. */
  readonly apart: string;
  /** Confidence level of every interval. */
  readonly level: number;
}

const intervals = json(
  z.array(z.strictObject({ low: z.number(), high: z.number() })).readonly(),
);

/** Every family over the line of the others, as a whole and network by network. */
export const leaveFamiliesOut = defineTask({
  module: import.meta.url,
  name: "leaveFamiliesOut",
  result: {
    /** Families, as a figure of bars takes them. */
    estimates: json(z.custom<readonly RobustnessEstimate[]>(Array.isArray)),
    /** A row a network. */
    ...tableResult,
    /** Of each family: spread between networks, test images and line. */
    ofFamilies: intervals,
    /** Of each network: test images and line. */
    ofModels: intervals,
    /** Of each network, as the paper takes it: line. */
    ofLine: intervals,
    /** Root mean square of the networks' effective robustness. */
    spread: json(z.number()),
    /** The same of the standard errors that the test images give it. */
    noise: json(z.number()),
    /** Mean effective robustness of the family apart. */
    value: json(z.number()),
    low: json(z.number()),
    high: json(z.number()),
    /** What more of would make its interval narrower. */
    shares: json(errorSharesSchema),
  },
  run({ shift, families, apart, level }: LeaveFamiliesOutArgs) {
    const left = leaveGroupsOut(families, { level });
    const wholes = left.map(({ whole }) => whole.mean);
    const ofModels = left.flatMap(({ each }) =>
      each.map(({ robustness }) => robustness)
    );
    const alone = left.find(({ name }) => name === apart)?.whole;
    if (alone === undefined) {
      throw new RangeError(
        `Cannot look at family "${apart}": there are ${
          left.map(({ name }) => `"${name}"`).join(", ")
        }`,
      );
    }
    const { betweenModels, testSet, line } = alone.mean.components;
    // Half-widths add up here, each with a quantile of its own.
    const asHalfWidth = (error: ErrorComponent | null) =>
      error && {
        ...error,
        standardError: error.halfWidth / criticalValue(level, Infinity),
      };
    return {
      estimates: left.map(({ name, whole: { mean, overlap } }) => ({
        shift,
        group: name,
        baselines: "the other families",
        mean,
        overlap,
      })),
      columns: [
        "model",
        "family",
        "reference, %",
        "shifted, %",
        "ER, points",
        "from",
        "to",
        "contains zero",
        "by the line alone",
      ],
      rows: left.flatMap(({ name, each }) =>
        each.map((point) => rowOf(point, name))
      ),
      ofFamilies: wholes.map(endsOf),
      ofModels: ofModels.map(endsOf),
      ofLine: ofModels.map(({ averagedColumns }) => endsOf(averagedColumns)),
      spread: rootMeanSquare(ofModels.map((one) => one.mean)),
      noise: rootMeanSquare(
        ofModels.map(({ components }) =>
          components.testSet?.standardError ?? 0
        ),
      ),
      value: alone.mean.mean,
      ...endsOf(alone.mean),
      shares: sharesOverLine({
        betweenModels: asHalfWidth(betweenModels),
        testSet: asHalfWidth(testSet),
        line: asHalfWidth(line),
      }, {
        networks: { n: alone.networks.length, name: "models of the family" },
        runs: { n: alone.baselines.length, name: "other models" },
        images: { n: alone.networks[0]?.shiftedSize ?? 1 },
      }),
    };
  },
});

function rowOf(
  { point, robustness }: LeftOutPoint,
  family: string,
): readonly Cell[] {
  const held = (ends: Ends) => holdsZero(ends) ? "yes" : "no";
  return [
    point.model,
    family,
    percent(point.reference),
    percent(point.shifted),
    points(robustness.mean),
    points(robustness.low),
    points(robustness.high),
    held(robustness),
    held(robustness.averagedColumns),
  ];
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

function endsOf({ low, high }: Ends): Ends {
  return { low, high };
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}
