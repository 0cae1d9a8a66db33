/**
 * Predictions and features of the same examples, joined to the sets that one
 * asks about.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../asked_set.ts";
import { type GivenProperty, givenProperty } from "../given_property.ts";
import { nothingIn } from "./constant_features.ts";
import type { FeaturesOfSets } from "./feature_file.ts";
import { haveGaps, rowsOf } from "./example_rows.ts";
import { problemKinds } from "./problem_kinds.ts";
import type {
  Predictions,
  PredictionSet,
  TableExample,
  TableSet,
} from "./predictions.ts";
import { type TableProblem, tableProblems } from "./table_problems.ts";

/** Both sets of a table, or a sentence for each kind of thing that is wrong. */
export type AskedTable =
  | {
    readonly kind: "table";
    /** Held-out reference examples, and shifted ones. */
    readonly sets: { readonly test: AskedSet; readonly shifted: AskedSet };
    /** What one should know of it, a sentence each. */
    readonly warnings: readonly TableWarning[];
  }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** Something about a table that is used all the same. */
export interface TableWarning {
  readonly text: string;
  /** The same where everybody may read it: without what a cell says. */
  readonly inPublic: string;
}

/**
 * Joins predictions with features. Row i of features is example i of its set:
 * by their numbers, where examples of the set are called by whole numbers
 * without gaps, the least of which is row 0; or else in the order in which the
 * table first names them.
 */
export function askedTable(
  predictions: Predictions,
  { features }: {
    readonly features: Readonly<Record<string, FeaturesOfSets>>;
  },
): AskedTable {
  const { classes, sets, problems: found } = predictions;
  const { reference, shifted } = sets;
  const labels = new Set(
    [...reference.examples, ...shifted.examples].map(({ label }) => label),
  );
  labels.delete(-1);
  const problems = problemKinds();
  const refuse = ([kind, text]: TableProblem) => problems.add(kind, () => text);
  tableProblems(predictions, { labels, features }).forEach(refuse);
  const properties: [string, GivenProperty][] = [];
  // Where rows are wrong or missing a set may lack values that it has.
  const isIncomplete = found.length > 0 ||
    reference.examples.length * shifted.examples.length === 0;
  for (
    const name of new Set([
      ...reference.properties.keys(),
      ...shifted.properties.keys(),
    ])
  ) {
    const property = givenProperty(name, {
      reference: cellsOf(reference, name),
      shifted: cellsOf(shifted, name),
    });
    if (typeof property !== "string") properties.push([name, property]);
    else if (!isIncomplete) {
      refuse([`property ${name}`, `Cannot use predictions: ${property}`]);
    }
  }
  const lines = problems.lines();
  if (lines.length > 0) return { kind: "refused", problems: lines };
  const order = [...labels].sort((a, b) =>
    compared(classes[a] ?? "", classes[b] ?? "")
  );
  const setOf = (set: TableSet) =>
    toAskedSet(sets[set], {
      set,
      classes: order.map((label) => classes[label] ?? ""),
      order,
      features: Object.fromEntries(
        Object.entries(features).map(([name, ofSets]) => [
          name,
          // What could not be read is a problem.
          ofSets[set].features as AskedFeatures,
        ]),
      ),
      properties: Object.fromEntries(
        properties.map((
          [name, read],
        ) => [name, read(cellsOf(sets[set], name))]),
      ),
    });
  return {
    kind: "table",
    sets: { test: setOf("reference"), shifted: setOf("shifted") },
    warnings: [
      ...strangePredictions(sets, { labels, classes }),
      ...Object.keys(features).length === 0 ? [] : gapsIn(sets),
      ...sameInShifted(features),
    ],
  };
}

/** That examples are called by numbers, which are not those of the rows of features. */
function gapsIn(sets: Predictions["sets"]): readonly TableWarning[] {
  return Object.entries(sets).flatMap(([set, { examples }]) => {
    if (!haveGaps(examples)) return [];
    const text =
      `Examples of set "${set}" have numbers with gaps, so that rows of features are taken to be in the order in which the table first names the examples; number them from 0 on if they are not.`;
    return [{ text, inPublic: text }];
  });
}

/** That features are the same of all shifted examples, which nothing that one meets is: they look new, whatever was meant. */
function sameInShifted(
  features: Readonly<Record<string, FeaturesOfSets>>,
): readonly TableWarning[] {
  return Object.entries(features).flatMap(([name, { shifted }]) => {
    const { features: read } = shifted;
    if (typeof read === "string") return [];
    const rows = read.values.length / read.dimension;
    if (rows < 2 || nothingIn([read]) === undefined) return [];
    const text = (of: string) =>
      `All ${rows} rows of ${of} are the same, so that shifted examples look new whatever they are: see whether these are their features.`;
    return [{
      text: text(shifted.name),
      inPublic: text(`the shifted features "${name}"`),
    }];
  });
}

/** That predictions name no label of either set, as where they are spelled otherwise. */
function strangePredictions(
  sets: Predictions["sets"],
  { labels, classes }: {
    readonly labels: ReadonlySet<number>;
    readonly classes: readonly string[];
  },
): readonly TableWarning[] {
  const all = Object.entries(sets).flatMap(([set, { predicted }]) =>
    Array.from(predicted, ([model, ofModel]) => ({ set, model, ofModel }))
  );
  const strange = all.flatMap(({ set, model, ofModel }) => {
    const others = ofModel.filter((one) => !labels.has(one));
    const name = classes[others[0] ?? -1] ?? "";
    return others.length === 0 ? [] : [{ set, model, name, n: others.length }];
  });
  const [first] = strange;
  if (first === undefined) return [];
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, number) => total + number, 0);
  const head = `${sum(strange.map(({ n }) => n))} of the ${
    sum(all.map(({ ofModel }) => ofModel.length))
  } predictions name no label of the table`;
  const counted = "where there are labels they count as wrong";
  return [{
    text:
      `${head}, the first is "${first.name}" of "${first.model}" in set "${first.set}": ${counted}, so see whether labels and predictions are spelled or numbered alike.`,
    inPublic: `${head}: ${counted}.`,
  }];
}

/** The values of a property, one an example. */
function cellsOf(
  { examples, properties }: PredictionSet,
  name: string,
): readonly string[] {
  const values = properties.get(name) ?? [];
  return examples.map((_, i) => values[i] ?? "");
}

/** By number where both are numbers. */
function compared(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? a < b ? -1 : 1 : difference;
}

function toAskedSet(
  { examples, predicted }: PredictionSet,
  { set, classes, order, features, properties }: {
    /** Name of the set. */
    readonly set: string;
    readonly classes: readonly string[];
    /** The number of each class in the table. */
    readonly order: readonly number[];
    readonly features: AskedSet["features"];
    /** In the order of the table. */
    readonly properties: AskedSet["properties"];
  },
): AskedSet {
  const rows = rowsOf(examples);
  const at = rows.map((i) => examples[i] as TableExample);
  const hasLabels = at.every(({ label }) => label >= 0);
  const places = new Map(order.map((label, i) => [label, i]));
  const isRight = (ofModel: readonly number[], i: number) =>
    ofModel[i] === examples[i]?.label ? 1 : 0;
  return {
    n: at.length,
    features,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, { values, categories }]) => [
        name,
        {
          values: Float64Array.from(rows, (i) => values[i] as number),
          categories,
        },
      ]),
    ),
    labels: hasLabels
      ? Int32Array.from(at, ({ label }) => places.get(label) ?? 0)
      : null,
    classes,
    groups: at.some(({ group }) => group !== null)
      ? at.map(({ group, name }) => group ?? `alone in ${set}: ${name}`)
      : null,
    names: at.map(({ name }) => name),
    right: hasLabels
      ? Object.fromEntries(
        Array.from(predicted, ([model, ofModel]) => [
          model,
          Uint8Array.from(rows, (i) => isRight(ofModel, i)),
        ]),
      )
      : {},
  };
}
