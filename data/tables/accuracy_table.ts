/**
 * Accuracies of models on two distributions, read from somebody's own table.
 *
 * @module
 */
import { someOf } from "../../engine/define/listed.ts";
import type { CsvRow } from "./csv.ts";
import type { DecimalSign } from "./decimal_sign.ts";
import {
  type UnitDecision,
  unitOf,
  type WrittenNumber,
  writtenNumber,
} from "./accuracy_unit.ts";
import { NOT_AVAILABLE } from "./not_available.ts";

/** One model; a point with the group it belongs to. */
export interface AccuracyRow {
  /** Line of the file that it starts on. */
  readonly line: number;
  /** Name of the model. */
  readonly model: string;
  /** What the column of groups says. */
  readonly group: string;
  /** Accuracy on the reference distribution, a fraction. */
  readonly reference: number;
  /** Accuracy on the shifted distribution, a fraction. */
  readonly shifted: number;
}

/** A table of accuracies, and how it was read. */
export interface AccuracyTable {
  readonly kind: "table";
  /** Unit that the accuracies of the file are written in. */
  readonly unit: "fraction" | "percent";
  /** What shows that the accuracies are in that unit. */
  readonly because: string;
  /** Models in the order of the file. */
  readonly rows: readonly AccuracyRow[];
  /** Lines with a per cent of at most 1, which might be a fraction. */
  readonly suspects: readonly number[];
  /** Rows without one of the cells that are used, as `line 7 (model "x")`: they were to be left out. */
  readonly leftOut: readonly string[];
  /** Lines with an accuracy nearer to 0 or 1 than half an example, which the scale can place only as that. */
  readonly extremes: readonly number[];
}

/** Why a table cannot be used: a sentence a problem, in the order of the file. */
export interface RefusedTable {
  readonly kind: "refused";
  /** Whether rows are wrong, or what all of them have in common. */
  readonly about: "rows" | "columns";
  readonly problems: readonly string[];
}

/** Which columns hold what; all of them are in the table. */
export interface AccuracyColumns {
  readonly name: string;
  readonly group: string;
  readonly reference: string;
  readonly shifted: string;
}

type Side = "reference" | "shifted";

const SIDES: readonly Side[] = ["reference", "shifted"];

/** The text of a row's four cells, without space around it. */
export interface RowText
  extends Readonly<Record<keyof AccuracyColumns, string>> {
  readonly line: number;
}

/** How to read accuracies. */
export interface AccuracyTableOptions {
  readonly columns: AccuracyColumns;
  /** Scale to come; the linear one alone has room for 0 and 1. */
  readonly scale: "probit" | "logit" | "linear";
  /** What decimals follow; a point unless said otherwise. */
  readonly decimal?: DecimalSign;
  /** What half an example is of each test set, where their sizes are known: accuracies nearer to 0 or 1 count as that. */
  readonly half?: Readonly<Record<Side, number>> | undefined;
  /** Whether rows that lack one of the four cells are left out, and named. */
  readonly dropIncomplete?: boolean;
}

/** What stands in a cell that lacks its number. */
const MISSING = new RegExp(
  `^(?:|${NOT_AVAILABLE}|nan|null|none|[-–—?])$`,
  "iu",
);

/** What stands in a cell that lacks its name; the others may be names. */
const NAMELESS = new RegExp(`^(?:|${NOT_AVAILABLE}|nan|null)$`, "iu");

/**
 * Reads models, groups and accuracies from a table. Every row must be usable,
 * unless incomplete ones are to be left out: what is left out silently would
 * change the line.
 */
export function accuracyTable(
  all: readonly RowText[],
  options: AccuracyTableOptions,
): AccuracyTable | RefusedTable {
  const { columns, scale, half, decimal = ".", dropIncomplete = false } =
    options;
  const isWhole = (text: RowText) =>
    [text.name, text.group].every((cell) => !NAMELESS.test(cell)) &&
    SIDES.every((side) => !MISSING.test(text[side]));
  const texts = dropIncomplete ? all.filter(isWhole) : all;
  if (texts.length === 0 && all.length > 0) {
    return {
      kind: "refused",
      about: "columns",
      problems: [
        `Cannot use the table: all ${all.length} rows lack a name, a group or an accuracy, so that none is left`,
      ],
    };
  }
  const numberIn = (cell: string) => writtenNumber(cell, decimal);
  const wrong = SIDES.filter((side) =>
    texts.length > 0 &&
    texts.every((text) => numberIn(text[side]) === undefined)
  );
  if (wrong.length > 0) {
    return {
      kind: "refused",
      about: "columns",
      problems: wrong.map((side) =>
        `Cannot use column "${
          columns[side]
        }" for ${side} accuracies: no row has a number there; the first has "${
          texts[0]?.[side] ?? ""
        }"`
      ),
    };
  }
  const decision = unitOf(
    Object.fromEntries(
      SIDES.map((side) => [columns[side], numbersIn(texts, side, numberIn)]),
    ),
    new Map(
      Map.groupBy(texts, ({ group }) => group).entries()
        .map(([name, own]) => [name, numbersOf(own, numberIn)]),
    ),
  );
  const problems = [
    ...texts.flatMap((text) =>
      problemsOf(text, { ...options, decision, numberIn })
        .map((problem) => [text.line, problem] as const)
    ),
    ...duplicates(texts, columns),
  ].toSorted(([a], [b]) => a - b).map(([, problem]) => problem);
  if (decision.kind === "undecided") {
    return {
      kind: "refused",
      about: "columns",
      problems: [
        ...problems,
        `Cannot tell whether accuracies are fractions or percentages: ${decision.state}`,
      ],
    };
  }
  if (problems.length > 0) {
    return { kind: "refused", about: "rows", problems };
  }
  const { unit, because } = decision;
  const rows = texts.map((text) => ({
    line: text.line,
    model: text.name,
    group: text.group,
    reference: fractionOf(numberIn(text.reference), unit),
    shifted: fractionOf(numberIn(text.shifted), unit),
  }));
  const suspects = unit === "fraction"
    ? []
    : texts.filter((text) =>
      SIDES.some((side) => {
        const number = numberIn(text[side]);
        return number !== undefined && !number.hasSign && number.value > 0 &&
          number.value <= 1;
      })
    );
  return {
    kind: "table",
    unit,
    because,
    rows,
    suspects: suspects.map(({ line }) => line),
    leftOut: dropIncomplete
      ? all.filter((text) => !isWhole(text)).map(placeOf)
      : [],
    extremes: scale === "linear"
      ? []
      : rows.filter((row) =>
        SIDES.some((side) =>
          Math.min(row[side], 1 - row[side]) < (half?.[side] ?? 0)
        )
      ).map(({ line }) => line),
  };
}

/** A name as it is read: without spaces around it, and each letter in one form, though files of different systems have several. */
export function asRead(name: string): string {
  return name.trim().normalize("NFC");
}

/** Takes from each row of a table the cells that are used. */
export function rowTexts(
  names: readonly string[],
  columns: AccuracyColumns,
): (row: CsvRow) => RowText {
  const places = {
    name: names.indexOf(columns.name),
    group: names.indexOf(columns.group),
    reference: names.indexOf(columns.reference),
    shifted: names.indexOf(columns.shifted),
  };
  const groups = new Map<string, string>(); // a million rows share few of them
  return ({ line, cells }) => {
    const cell = (place: number) => asRead(cells[place] ?? "");
    const group = cell(places.group);
    if (!groups.has(group)) groups.set(group, group);
    return {
      line,
      name: cell(places.name),
      group: groups.get(group) ?? group,
      reference: cell(places.reference),
      shifted: cell(places.shifted),
    };
  };
}

/** The number in a cell. */
type NumberIn = (cell: string) => WrittenNumber | undefined;

function* numbersIn(
  texts: readonly RowText[],
  side: Side,
  numberIn: NumberIn,
): Generator<WrittenNumber> {
  for (const text of texts) {
    const number = numberIn(text[side]);
    if (number !== undefined) yield number;
  }
}

function* numbersOf(
  texts: readonly RowText[],
  numberIn: NumberIn,
): Generator<WrittenNumber> {
  for (const side of SIDES) yield* numbersIn(texts, side, numberIn);
}

function fractionOf(
  number: WrittenNumber | undefined,
  unit: "fraction" | "percent",
): number {
  const value = number?.value ?? NaN;
  return unit === "percent" ? value / 100 : value;
}

/** `line 7 (model "x")` */
function placeOf({ line, name }: RowText): string {
  return `line ${line}${name === "" ? "" : ` (model "${name}")`}`;
}

/** How to judge a cell. */
interface Judging extends AccuracyTableOptions {
  readonly decision: UnitDecision;
  readonly numberIn: NumberIn;
}

/** What is wrong with the cells of one row. */
function problemsOf(text: RowText, judging: Judging): readonly string[] {
  const { columns } = judging;
  const cannot = `Cannot use the row on ${placeOf(text)}: `;
  const states = [
    ...(["name", "group"] as const).map((which) =>
      !NAMELESS.test(text[which])
        ? undefined
        : `column "${columns[which]}" ${
          text[which] === ""
            ? "is empty"
            : `holds "${text[which]}", which names nothing`
        }`
    ),
    ...SIDES.map((side) => {
      const state = stateOf(text[side], judging);
      return state === undefined
        ? undefined
        : `column "${columns[side]}" ${state}`;
    }),
  ];
  return states.flatMap((state) =>
    state === undefined ? [] : [`${cannot}${state}`]
  );
}

/** What is wrong with an accuracy, after the name of its column. */
function stateOf(
  cell: string,
  { decision, scale, decimal = ".", half, numberIn }: Judging,
): string | undefined {
  if (cell === "") return "is empty";
  const number = numberIn(cell);
  const hint = decimal === "." && cell.includes(",")
    ? "; decimals follow a point"
    : "";
  if (number === undefined) {
    return `holds "${cell}", which is not a number${hint}`;
  }
  if (decision.kind === "undecided") return undefined;
  const { unit, because, bySign } = decision;
  const { value, hasSign } = number;
  const [top, read] = unit === "percent"
    ? [100, "percentages"]
    : [1, "fractions"];
  if (value < 0 || value > top) {
    return `holds ${cell}, which is not between 0 and ${top}; accuracies are read as ${read}, because ${because}${hint}`;
  }
  if (bySign && !hasSign && value <= 1) {
    return `holds ${cell} without a % sign, and ${because}; write it with one`;
  }
  const rest = Math.min(value, top - value) / top;
  if (rest > 0 && rest < FINEST) {
    return `holds ${cell}, which is nearer to ${
      value < top / 2 ? "0" : "100%"
    } than any test set can resolve`;
  }
  if (
    scale !== "linear" && half === undefined && (value === 0 || value === top)
  ) {
    return `holds ${cell}, an accuracy of ${
      value === 0 ? "0" : "100%"
    }, which the ${scale} scale cannot place without --reference-size and --shifted-size`;
  }
  return undefined;
}

/** One of a million million test examples; of shares beyond, squares are lost in rounding. */
const FINEST = 1e-12;

/** So many lines are named of a model that stands in a table several times. */
const MOST_LINES = 10;

/** Models that stand in the table several times, with the line of the second. */
function duplicates(
  texts: readonly RowText[],
  columns: AccuracyColumns,
): readonly (readonly [number, string])[] {
  const firsts = new Map<string, Map<string, RowText>>();
  const twice = new Map<RowText, RowText[]>();
  for (const text of texts) {
    if (text.name === "") continue;
    const group = firsts.get(text.group) ?? new Map<string, RowText>();
    firsts.set(text.group, group);
    const first = group.get(text.name);
    if (first === undefined) group.set(text.name, text);
    else if (!twice.get(first)?.push(text)) twice.set(first, [first, text]);
  }
  return [...twice].flatMap(([first, same]) => {
    const [, second] = same;
    if (second === undefined) return [];
    const places = same.map(({ line }) => String(line));
    return [[
      second.line,
      `Cannot use the rows on lines ${
        places.length > MOST_LINES
          ? someOf(places, MOST_LINES)
          : `${places.slice(0, -1).join(", ")} and ${places.at(-1)}`
      }: column "${columns.name}" names model "${first.name}" of group "${first.group}" in each`,
    ]];
  });
}
