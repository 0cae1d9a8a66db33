/**
 * Reads timm's tables of accuracies, of any date: their columns have changed
 * over the years, so they are found by name.
 *
 * @module
 */
import { messageOf } from "../../engine/define/message_of.ts";
import { parseCsv } from "./csv.ts";

/** A row: one network tested at one resolution. */
export interface TimmRow {
  /** Name of the network, e.g. "resnet50.a1_in1k". */
  readonly model: string;
  /** Side of the square images that it was given, in pixels. */
  readonly imageSize: number;
  /** Share of the images that it got right at the first guess. */
  readonly accuracy: number;
  /** The same in per cent, as the table prints it. */
  readonly printed: string;
}

/** Bytes of a table, and what to call it in messages. */
export interface TitledTable {
  readonly title: string;
  readonly bytes: Uint8Array;
  /** Name of the column of accuracies; `top1` if left out. */
  readonly column?: string;
}

/**
 * Which row to take of a network that was tested at several resolutions: the
 * smallest one, at which it was trained, or the largest, at which timm tests.
 */
export type RowRule = "training" | "test";

/** One network in two tables, tested at one resolution. */
export interface PairedAccuracies {
  readonly model: string;
  readonly imageSize: number;
  readonly reference: number;
  readonly shifted: number;
}

/**
 * The rows of a table.
 *
 * @throws {Error} naming table, row and column, if a column is missing, a cell
 * does not hold what its column should, or two rows of one network and
 * resolution disagree
 */
export function readTimmTable(
  { title, bytes, column = "top1" }: TitledTable,
): TimmRow[] {
  const fail = (state: string, cause?: unknown): never => {
    throw new Error(`Cannot read table "${title}": ${state}`, { cause });
  };
  const { columns, rows } = parsed(bytes, fail);
  const [model, size, top1] = ["model", "img_size", column].map((name) => {
    const at = columns.indexOf(name);
    return at >= 0 ? at : fail(
      `it has no column "${name}", only ${
        columns.map((one) => `"${one}"`).join(", ")
      }`,
    );
  });
  const seen = new Map<string, { line: number; accuracy: number }>();
  return rows.flatMap(({ line, cells }) => {
    const cell = (at: number | undefined) => cells[at ?? -1]?.trim() ?? "";
    const number = (
      name: string,
      at: number | undefined,
      [least, most]: readonly [number, number],
    ) => {
      // Thousands may be separated: the parser has taken the quotes off.
      const value = Number(cell(at).replaceAll(",", "") || NaN);
      return value >= least && value <= most ? value : fail(
        `line ${line}, column "${name}" holds "${
          cell(at)
        }", not a number from ${least} to ${most}`,
      );
    };
    const name = cell(model) || fail(`line ${line}, column "model" is empty`);
    const imageSize = number("img_size", size, [1, 100_000]);
    const accuracy = number(column, top1, [0, 100]) / 100;
    const key = `${name} at ${imageSize} pixels`;
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, { line, accuracy });
      return [{ model: name, imageSize, accuracy, printed: cell(top1) }];
    }
    return earlier.accuracy === accuracy ? [] : fail(
      `lines ${earlier.line} and ${line} give ${key} different accuracies in column "${column}"`,
    );
  });
}

/**
 * The networks that two tables share, each at the smallest or the largest
 * resolution that both have, in the order of the first table.
 */
export function pairRows(
  { reference, shifted, rule }: {
    readonly reference: readonly TimmRow[];
    readonly shifted: readonly TimmRow[];
    readonly rule: RowRule;
  },
): readonly PairedAccuracies[] {
  const other = new Map(
    shifted.map((row) => [`${row.imageSize} ${row.model}`, row.accuracy]),
  );
  const chosen = new Map<string, PairedAccuracies>();
  for (const { model, imageSize, accuracy } of reference) {
    const match = other.get(`${imageSize} ${model}`);
    if (match === undefined) continue;
    const rival = chosen.get(model)?.imageSize;
    const isBetter = rival === undefined ||
      (rule === "training" ? imageSize < rival : imageSize > rival);
    if (isBetter) {
      chosen.set(model, {
        model,
        imageSize,
        reference: accuracy,
        shifted: match,
      });
    }
  }
  return [...chosen.values()];
}

function parsed(
  bytes: Uint8Array,
  fail: (state: string, cause: unknown) => never,
): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(bytes);
  } catch (error) {
    return fail(
      messageOf(error).replace(/^Cannot read the table: /, ""),
      error,
    );
  }
}
