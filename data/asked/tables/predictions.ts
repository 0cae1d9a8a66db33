/**
 * Tables of predictions, of any number of models on two sets of examples.
 *
 * @module
 */
import { isBlank, readCsv } from "../../tables/csv.ts";
import { inUtf8 } from "../../tables/encoding.ts";
import { separated } from "../../tables/separator.ts";
import type { TableQuestion } from "../question.ts";
import { isMissing, plainName } from "../missing.ts";
import { type TableLayout, tableLayout } from "./prediction_columns.ts";
import { problemKinds } from "./problem_kinds.ts";

/** Sets of a table: held-out reference examples, and shifted ones. */
export type TableSet = "reference" | "shifted";

/** A table, and the set that it is of; undefined where its rows say so. */
export interface PredictionFile {
  /** What messages call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly set: TableSet | undefined;
}

/** What is known of one example. */
export interface TableExample {
  readonly name: string;
  /** Number of its class in {@linkcode Predictions.classes}; -1 where it has no label. */
  readonly label: number;
  readonly group: string | null;
}

/** What tables say of one set. */
export interface PredictionSet {
  /** In the order in which they first occur. */
  readonly examples: TableExample[];
  /** By model: number of the class that it predicts for each example; holes where it says nothing. */
  readonly predicted: Map<string, number[]>;
  /** By name of a property: its value for each example as it is written, "" where it is unknown; holes where a table lacks it. */
  readonly properties: Map<string, string[]>;
}

/** What tables say, and what is wrong with them, a line a kind. */
export interface Predictions {
  /** Names of all classes, of labels and of predictions, in the order in which they first occur. */
  readonly classes: readonly string[];
  readonly sets: Readonly<Record<TableSet, PredictionSet>>;
  readonly problems: readonly string[];
}

/** What one row says. */
interface Row {
  readonly at: string;
  readonly set: TableSet;
  readonly cell: (column: number | undefined) => string;
}

/** A row, before its set is known. */
type GivenRow = Omit<Row, "set"> & { readonly set: TableSet | undefined };

/** Probabilities of an example that have come so far. */
interface Sum {
  readonly at: string;
  total: number;
  most: number;
}

/** Probabilities are printed with few digits, and classes are many. */
const TOLERANCE = 0.02;

/** So many names of classes are known as they are written: a column of anything else has no end of them. */
const MOST_SEEN = 100_000;

const SETS: ReadonlyMap<string, TableSet> = new Map([
  ["reference", "reference"],
  ["test", "reference"],
  ["shifted", "shifted"],
]);

/**
 * Reads predictions, row by row.
 *
 * @throws {Error} if a file is no table, or lacks a column
 */
export function readPredictions(
  files: readonly PredictionFile[],
  { columns }: Pick<TableQuestion, "columns">,
): Predictions {
  const reader = new Reader();
  for (const { name, bytes, set } of files) {
    const { table, separator } = separated(
      inUtf8(bytes as Uint8Array<ArrayBuffer>, { name }).bytes,
    );
    readCsv(table, {
      name,
      separator,
      take(names) {
        const needsSet = set === undefined;
        const layout = tableLayout(names, { name, columns, needsSet });
        return (row) => {
          if (isBlank(row)) return;
          const { line, cells } = row;
          reader.take(layout, {
            at: `line ${line} of ${name}`,
            set,
            cell: (column) =>
              column === undefined ? "" : (cells[column] ?? "").trim(),
          });
        };
      },
    });
  }
  return reader.result();
}

/** Name of a class or group; undefined where none is named. */
function nameOf(text: string): string | undefined {
  return isMissing(text) ? undefined : plainName(text);
}

/** Gathers rows. */
class Reader {
  readonly #problems = problemKinds();
  readonly #classes = new Map<string, number>();
  /** Classes as cells name them: a table has millions of these, and few that differ. */
  readonly #seen = new Map<string, number>();
  readonly #sums = new Map<string, Sum>();
  readonly #places = {
    reference: new Map<string, number>(),
    shifted: new Map<string, number>(),
  };
  readonly #sets = {
    reference: { examples: [], predicted: new Map(), properties: new Map() },
    shifted: { examples: [], predicted: new Map(), properties: new Map() },
  } as Record<TableSet, PredictionSet>;

  /** Takes what a row says. Nothing is kept of it but numbers, and values of properties. */
  take(table: TableLayout, row: GivenRow): void {
    const { columns, layout } = table;
    const set = this.#setOf(row, table);
    if (set === undefined) return;
    const label = nameOf(row.cell(columns.label));
    if (layout.kind === "columns" && this.#areOfClasses === undefined) {
      if (label === undefined) {
        this.#undecided.push(() => this.take(table, row));
        return;
      }
      this.#decide(
        [...layout.names.keys()].some((name) => nameOf(name) === label),
      );
    }
    this.#savePredictions({ at: row.at, set, cell: row.cell }, table);
  }

  /** The set that a row is of. */
  #setOf(
    { at, set, cell }: GivenRow,
    { columns }: TableLayout,
  ): TableSet | undefined {
    const word = cell(columns.set);
    const said = SETS.get(word.toLowerCase());
    const own = set ?? said;
    if (own !== undefined && own === (said ?? own)) return own;
    this.#problems.add(
      "set",
      () =>
        `${at} is of set "${word}", ${
          set === undefined
            ? 'which is neither "reference" nor "shifted"'
            : `and the file is given as that of ${set}`
        }`,
    );
    return undefined;
  }

  /** Saves what a row says of its example, whatever the layout of its table. */
  #savePredictions(row: Row, table: TableLayout): void {
    const { columns, layout } = table;
    const { at, set, cell } = row;
    const example = this.#exampleOf(row, table);
    const model = cell(columns.model) || "model";
    const save = (name: string, prediction: number | undefined) =>
      this.#save({ at, set, example, model: name }, prediction);
    const probability = (column: number | undefined) =>
      this.#probability(cell(column), {
        at,
        column: table.names[column ?? -1] ?? "",
      });
    switch (layout.kind) {
      case "class":
        save(model, this.#classOf(cell(columns.prediction)));
        break;
      case "probability of 1": {
        const label = nameOf(cell(columns.label));
        if (!/^[01]?$/.test(label ?? "")) this.#refuseLabel(at, label);
        const p = probability(columns.probability);
        if (p !== undefined) save(model, this.#classOf(p >= 0.5 ? "1" : "0"));
        break;
      }
      case "probability of each class":
        this.#addProbability({ at, set, example, model }, {
          class: this.#classOf(cell(columns.class)),
          p: probability(columns.probability),
        });
        break;
      case "columns": {
        if (!this.#areOfClasses) {
          for (const [name, column] of layout.names) {
            save(name, this.#classOf(cell(column)));
          }
          break;
        }
        let [total, most, best] = [0, -1, ""];
        for (const [name, column] of layout.names) {
          const p = probability(column) ?? NaN;
          total += p;
          if (p > most) [most, best] = [p, name];
        }
        this.#checkTotal(total, at);
        if (best !== "") save(model, this.#classOf(best));
      }
    }
  }

  /** All that was read. */
  result(): Predictions {
    this.#decide(this.#areOfClasses ?? false);
    for (const { total, at } of this.#sums.values()) {
      this.#checkTotal(total, at);
    }
    return {
      classes: [...this.#classes.keys()],
      sets: this.#sets,
      problems: this.#problems.lines()
        .map((one) => `Cannot use predictions: ${one}`),
    };
  }

  /** Whether columns are of classes: the first label decides, and the others must agree. Undefined before there was one. */
  #areOfClasses: boolean | undefined;
  /** Rows that wait for that. */
  readonly #undecided: (() => void)[] = [];

  /** Takes rows that waited, as of models where no row has a label. */
  #decide(areClasses: boolean): void {
    this.#areOfClasses = areClasses;
    for (const take of this.#undecided.splice(0)) take();
  }

  /** Says that probabilities of one class need labels of two. */
  #refuseLabel(at: string, label: string | undefined): void {
    this.#problems.add(
      "label",
      () =>
        `${at} has label "${label}", and a "probability" alone is that of class 1, so that labels must be 0 and 1; name what is predicted in a column "prediction", or the class of the probability in "class"`,
    );
  }

  /** Number of a class; undefined where none is named. */
  #classOf(text: string): number | undefined {
    const seen = this.#seen.get(text);
    if (seen !== undefined) return seen;
    const found = this.#newClassOf(text);
    if (found !== undefined && this.#seen.size < MOST_SEEN) {
      this.#seen.set(text, found);
    }
    return found;
  }

  #newClassOf(text: string): number | undefined {
    const name = nameOf(text);
    if (name === undefined) return undefined;
    const known = this.#classes.get(name);
    if (known !== undefined) return known;
    this.#classes.set(name, this.#classes.size);
    return this.#classes.size - 1;
  }

  #exampleOf(
    { at, set, cell }: Row,
    { columns, properties }: Pick<TableLayout, "columns" | "properties">,
  ): number {
    const { examples, properties: ofSet } = this.#sets[set];
    const places = this.#places[set];
    const name = plainName(cell(columns.example)) ||
      (columns.example === undefined ? `row ${examples.length + 1}` : "");
    if (name === "") {
      this.#problems.add("example", () => `${at} names no example`);
    }
    const label = this.#classOf(cell(columns.label)) ?? -1;
    const group = nameOf(cell(columns.group)) ?? null;
    const known = places.get(name);
    for (const [property, column] of properties) {
      const values = ofSet.get(property) ?? [];
      ofSet.set(property, values);
      const value = nameOf(cell(column)) ?? "";
      if (known === undefined) values[examples.length] = value;
      else if (values[known] !== value) {
        this.#problems.add(
          `other ${property}`,
          () =>
            `${at} gives example "${name}" another "${property}" than a row before`,
        );
      }
    }
    if (known === undefined) {
      places.set(name, examples.length);
      examples.push({ name, label, group });
      return examples.length - 1;
    }
    const before = examples[known];
    if (before?.label !== label || before.group !== group) {
      this.#problems.add(
        "other label",
        () =>
          `${at} gives example "${name}" another label or group than a row before`,
      );
    }
    return known;
  }

  #save(
    { at, set, example, model }: SavedAt,
    prediction: number | undefined,
  ): void {
    const { predicted } = this.#sets[set];
    let ofModel = predicted.get(model);
    if (ofModel === undefined) predicted.set(model, ofModel = []);
    if (ofModel[example] !== undefined) {
      this.#problems.add(
        "second",
        () => `${at} is a second prediction of "${model}"`,
      );
    }
    if (prediction === undefined) {
      this.#problems.add("none", () => `${at} has no prediction of "${model}"`);
    } else ofModel[example] = prediction;
  }

  #addProbability(
    where: SavedAt,
    { class: predicted, p }: {
      readonly class: number | undefined;
      readonly p: number | undefined;
    },
  ): void {
    const { at, set, example, model } = where;
    if (predicted === undefined) {
      this.#problems.add("class", () => `${at} names no class`);
    }
    if (predicted === undefined || p === undefined) return;
    const key = JSON.stringify([set, example, model]);
    const sum = this.#sums.get(key);
    if (sum === undefined) {
      this.#sums.set(key, { at, total: p, most: p });
      this.#save(where, predicted);
      return;
    }
    sum.total += p;
    const ofModel = this.#sets[set].predicted.get(model);
    if (p > sum.most && ofModel !== undefined) {
      sum.most = p;
      ofModel[example] = predicted;
    }
  }

  #probability(
    text: string,
    { at, column }: { readonly at: string; readonly column: string },
  ): number | undefined {
    // Whatever separates cells, a comma is one of decimals: no probability is in thousands.
    const p = text === "" ? NaN : Number(text.replace(",", "."));
    if (p >= 0 && p <= 1 + TOLERANCE) return p;
    this.#problems.add(
      "probability",
      () =>
        `${at} has "${text}" in column "${column}", where a probability must be`,
    );
    return undefined;
  }

  #checkTotal(total: number, at: string): void {
    if (Number.isNaN(total) || Math.abs(total - 1) <= TOLERANCE) return;
    this.#problems.add(
      "sum",
      () =>
        `probabilities of the example on ${at} sum to ${
          total.toFixed(3)
        }, and must sum to 1`,
    );
  }
}

/** A prediction to be. */
interface SavedAt {
  readonly at: string;
  readonly set: TableSet;
  readonly example: number;
  readonly model: string;
}
