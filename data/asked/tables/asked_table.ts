/**
 * Predictions and features of the same examples, joined to the sets that one
 * asks about.
 *
 * @module
 */
import type { AskedFeatures, AskedSet } from "../asked_set.ts";
import { type GivenProperty, givenProperty } from "../given_property.ts";
import type { ReadFeatures } from "./feature_file.ts";
import { nothingIn } from "./constant_features.ts";
import { haveGaps, rowsOf } from "./example_rows.ts";
import { problemKinds } from "./problem_kinds.ts";
import type {
  Predictions,
  PredictionSet,
  TableExample,
  TableSet,
} from "./predictions.ts";

/** Features of both sets, and what messages call their files. */
export type FeaturesOfSets = Readonly<
  Record<
    TableSet,
    { readonly name: string; readonly features: ReadFeatures }
  >
>;

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

/** So many of a model's predictions may be classes that no example has; of a column that is of no model nearly all are. */
const MOST_OTHERS = 0.8;

/** So many columns all features may have together: of each fold their products are held, a square of it. */
const MOST_COLUMNS = 4096;

/**
 * Joins predictions with features. Row i of features is example i of its set:
 * by their numbers, where examples of the set are called by whole numbers
 * without gaps, the least of which is row 0; or else in the order in which the
 * table first names them.
 */
export function askedTable(
  { classes, sets, problems: found }: Predictions,
  { features }: {
    readonly features: Readonly<Record<string, FeaturesOfSets>>;
  },
): AskedTable {
  const problems = problemKinds();
  for (const problem of found) problems.add(problem, () => problem);
  const add = (kind: string, problem: string) =>
    problems.add(kind, () => `Cannot use predictions: ${problem}`);
  for (const [set, { examples, predicted }] of Object.entries(sets)) {
    if (examples.length === 0) {
      add(`no ${set}`, `no row is of set "${set}"`);
      continue;
    }
    const bare = examples.filter(({ label }) => label < 0);
    const mayLack = set === "shifted" && bare.length === examples.length;
    if (bare.length > 0 && !mayLack) {
      add(
        `bare ${set}`,
        `${bare.length} of ${examples.length} examples of ${set} have no label, the first is "${
          bare[0]?.name
        }"; label all of them`,
      );
    }
    for (const [model, ofModel] of predicted) {
      const lacks = examples.filter((_, i) => ofModel[i] === undefined);
      // Rows without a prediction have been named already.
      if (lacks.length > 0 && found.length === 0) {
        add(
          "lacks",
          `"${model}" has no prediction for ${lacks.length} of ${examples.length} examples of ${set}, the first is "${
            lacks[0]?.name
          }"`,
        );
      }
    }
  }
  const { reference, shifted } = sets;
  const models = [...reference.predicted.keys()];
  for (
    const model of new Set(models).symmetricDifference(
      new Set(shifted.predicted.keys()),
    )
  ) {
    if (found.length > 0) break; // what was named already may be why
    add(
      "one set",
      `"${model}" has predictions for ${
        models.includes(model) ? "reference" : "shifted"
      } examples only; add the others, or leave the model out`,
    );
  }
  const labels = new Set(
    [...reference.examples, ...shifted.examples].map(({ label }) => label),
  );
  labels.delete(-1);
  if (labels.size < 2) {
    add(
      "labels",
      `labels name ${labels.size} class${
        labels.size === 1 ? "" : "es"
      }, and at least 2 are needed`,
    );
  }
  const known = new Set(reference.examples.map(({ label }) => label));
  for (const label of labels.difference(known)) {
    // Without features nothing is said of how examples look.
    if (found.length > 0 || Object.keys(features).length === 0) break;
    const n = shifted.examples.filter((one) => one.label === label).length;
    add(
      "unknown class",
      `class "${classes[label] ?? ""}" has ${n} shifted ${
        n === 1 ? "example" : "examples"
      } and no reference example, so nothing says whether it looks different; leave its rows out, or add reference examples of it`,
    );
  }
  for (const [model, ofModel] of reference.predicted) {
    const others = ofModel.filter((one) => !labels.has(one));
    if (others.length <= MOST_OTHERS * ofModel.length) continue;
    add(
      "no labels",
      `${others.length} of the ${ofModel.length} predictions of "${model}" are not among the labels: "${
        classes[others[0] ?? -1] ?? ""
      }" is the first, and labels are like "${
        classes[labels.values().next().value ?? -1] ?? ""
      }"; leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question's file)`,
    );
  }
  for (const [name, ofSets] of Object.entries(features)) {
    for (const problem of featureProblems(name, { ofSets, sets })) {
      problems.add(problem, () => problem);
    }
  }
  for (const problem of tooWide(Object.values(features))) {
    problems.add(problem, () => problem);
  }
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
    else if (!isIncomplete) add(`property ${name}`, property);
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

function featureProblems(
  name: string,
  { ofSets, sets }: {
    readonly ofSets: FeaturesOfSets;
    readonly sets: Readonly<Record<TableSet, PredictionSet>>;
  },
): readonly string[] {
  const { reference, shifted } = ofSets;
  const problems = [];
  for (const [set, { name, features }] of Object.entries(ofSets)) {
    if (typeof features === "string") {
      problems.push(features);
      continue;
    }
    const n = sets[set as TableSet].examples.length;
    const rows = features.values.length / features.dimension;
    if (rows !== n) {
      problems.push(
        `Cannot use features ${name}: it has ${rows} rows, and the table has ${n} examples of ${set}`,
      );
    }
  }
  const [before, after] = [columnsOf(reference), columnsOf(shifted)];
  if (before > 0 && after > 0 && before !== after) {
    problems.push(
      `Cannot use features "${name}": ${reference.name} has ${before} columns, and ${shifted.name} ${after}`,
    );
  }
  if (problems.length > 0) return problems;
  // Of a shifted set that is all the same the others may be told apart.
  for (const files of [[reference, shifted], [reference]]) {
    const nothing = nothingIn(
      files.flatMap(({ features }) =>
        typeof features === "string" ? [] : [features]
      ),
    );
    if (nothing === undefined) continue;
    const names = files.map((file) => file.name).join(" and ");
    return [
      `Cannot use features "${name}": in ${names} ${nothing}, so the features carry nothing; give others, or leave them out`,
    ];
  }
  return [];
}

/** Number of columns; 0 of a file that could not be read. */
function columnsOf({ features }: FeaturesOfSets[TableSet]): number {
  return typeof features === "string" ? 0 : features.dimension;
}

/** Says so where there are more columns than memory for them, and names the file that has most. */
function tooWide(kinds: readonly FeaturesOfSets[]): readonly string[] {
  const files = kinds.map(({ reference, shifted }) =>
    columnsOf(reference) < columnsOf(shifted) ? shifted : reference
  ).sort((a, b) => columnsOf(b) - columnsOf(a));
  const all = files.reduce((sum, file) => sum + columnsOf(file), 0);
  const [widest] = files;
  return widest === undefined || all <= MOST_COLUMNS ? [] : [
    `Cannot use features ${widest.name}: it has ${columnsOf(widest)} columns${
      files.length === 1 ? "" : `, and all kinds together ${all}`
    }; ${MOST_COLUMNS} are the most, so make fewer of them, as with a PCA to 512, for both sets`,
  ];
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
