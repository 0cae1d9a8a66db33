/**
 * What page and terminal say alike of effective robustness in a table.
 *
 * @module
 */
import type {
  GroupedRobustness,
  TestSizes,
} from "../../stats/lines/grouped_robustness.ts";

/** What a table was taken for. */
export interface TableReading {
  /** Name of the file, without its folder. */
  readonly file: string;
  /** Names of the columns. */
  readonly columns: Readonly<
    Record<"name" | "group" | "reference" | "shifted", string>
  >;
  /** What accuracies are written in, and what shows that they are. */
  readonly table: {
    readonly unit: "fraction" | "percent";
    readonly because: string;
  };
}

/** How the accuracies were read: `percentages, because the values are above 1`. */
export function unitText({ unit, because }: TableReading["table"]): string {
  return `${
    unit === "percent" ? "percentages" : "fractions"
  }, because ${because}`;
}

/** `10000 behind each reference accuracy, 5000 behind each shifted one` */
export function sizesText({ referenceSize, shiftedSize }: TestSizes): string {
  return `${referenceSize} behind each reference accuracy, ${shiftedSize} behind each shifted one`;
}

/** What the interval of a group holds. */
export function errorsText(
  { sizes }: Pick<GroupedRobustness, "sizes">,
): string {
  const noise = sizes === undefined
    ? " and"
    : ", noise of the test examples and";
  return `spread between models${noise} uncertainty of the line`;
}

/** What of the noise of the test examples is in the intervals. */
export function noiseText(
  sizes: TestSizes | undefined,
  wayOut: string,
): string {
  return sizes === undefined
    ? `The noise of the test examples is not included; ${wayOut}`
    : "The noise of a mean is that of one model, as if models of a group erred on the same test examples and baselines on others: where all were tested on the same, as in most tables, the intervals are wider than they need to be";
}

/**
 * The fit, the groups and every model as JSON, in fractions at full precision:
 * in pieces, for there may be more models than one would keep.
 */
export function robustnessJson(
  measurement: GroupedRobustness,
): Iterable<string> {
  return { [Symbol.iterator]: () => jsonPieces(measurement) };
}

function* jsonPieces(
  { baseline, line, level, sizes, groups, models }: GroupedRobustness,
): Generator<string> {
  const { scale, n, slope, intercept, r2 } = line;
  const value = {
    fit: { scale, baseline, n, slope, intercept, r2 },
    level,
    ...sizes,
    groups: Object.fromEntries(groups.map(({ name, robustness }) => {
      const { n, mean, low, high, averagedColumns } = robustness;
      const { max, maxModel } = averagedColumns;
      const lineAlone = {
        low: averagedColumns.low,
        high: averagedColumns.high,
      };
      return [name, { n, mean, low, high, lineAlone, max, maxModel }];
    })),
    models: [],
  };
  const [start = ""] = JSON.stringify(value, null, 1).split("[]\n}");
  yield `${start}[`;
  let isFirst = true;
  for (const { group, robustness } of models) {
    const { model: name, reference, shifted, predicted, er, low, high } =
      robustness;
    const model = { name, group, reference, shifted, predicted, er, low, high };
    const text = JSON.stringify(model, null, 1).replaceAll("\n", "\n  ");
    yield `${isFirst ? "" : ","}\n  ${text}`;
    isFirst = false;
  }
  yield "\n ]\n}\n";
}
