/**
 * What is wrong with predictions and features that could be read.
 *
 * @module
 */
import { nothingIn } from "./constant_features.ts";
import type { FeaturesOfSets } from "./feature_file.ts";
import type { Predictions, PredictionSet, TableSet } from "./predictions.ts";

/** A problem: its kind, by which it is counted, and a sentence. */
export type TableProblem = readonly [kind: string, text: string];

/** So many of a model's predictions may be classes that no example has; of a column that is of no model nearly all are. */
const MOST_OTHERS = 0.8;

/** Fewer different labels are classes, whatever they are called. */
const FEWEST_NUMBERS = 20;

/** Columns that are likely to name examples. */
const NAMES = /^(id|index|name|image|file|file_?name|path)$/i;

/** So many columns all features may have together: of each fold their products are held, a square of it. */
const MOST_COLUMNS = 4096;

/** All that is wrong, in the order in which it is told. What was found while reading is told first, and not what may come of it. */
export function tableProblems(
  predictions: Predictions,
  { labels, features }: {
    /** All classes that labels name. */
    readonly labels: ReadonlySet<number>;
    readonly features: Readonly<Record<string, FeaturesOfSets>>;
  },
): readonly TableProblem[] {
  const { sets, problems: found } = predictions;
  const kinds = Object.entries(features);
  const measured = measuredProblems(predictions, labels);
  const ofPredictions = measured.length > 0 ? measured : [
    ...setProblems(predictions),
    ...found.length > 0 ? [] : modelProblems(sets),
    ...labels.size >= 2 ? [] : [
      [
        "labels",
        `labels name ${labels.size} class${
          labels.size === 1 ? "" : "es"
        }, and at least 2 are needed`,
      ] as const,
    ],
    ...found.length > 0
      ? []
      : classProblems(predictions, { labels, mayBeNew: kinds.length === 0 }),
    ...columnProblems(predictions, labels),
  ];
  return [
    ...found,
    ...ofPredictions.map(([kind, text]) =>
      [kind, `Cannot use predictions: ${text}`] as const
    ),
    ...kinds.flatMap(([name, ofSets]) =>
      featureProblems(name, { ofSets, sets })
    ),
    ...tooWide(kinds.map(([, ofSets]) => ofSets)),
  ].map((problem) =>
    typeof problem === "string" ? [problem, problem] : problem
  );
}

/** Of labels that are a quantity: nearly each example has a number of its own. */
function measuredProblems(
  { classes, sets: { reference, shifted } }: Predictions,
  labels: ReadonlySet<number>,
): readonly TableProblem[] {
  const n = reference.examples.length + shifted.examples.length;
  const names = Array.from(labels, (label) => classes[label] ?? "");
  const isQuantity = names.length >= FEWEST_NUMBERS && names.length > n / 2 &&
    names.every((name) => Number.isFinite(Number(name)));
  return !isQuantity ? [] : [[
    "labels",
    `labels are ${names.length} different numbers in ${n} rows, such as ${
      names[0]
    }, and models must predict classes; make classes of labels and predictions, such as ranges of the quantity`,
  ]];
}

/** Of sets without examples, without some labels, or without some predictions. */
function* setProblems(
  { sets, problems: found }: Predictions,
): Generator<TableProblem> {
  for (const [set, { examples, predicted }] of Object.entries(sets)) {
    if (examples.length === 0) {
      yield [`no ${set}`, `no row is of set "${set}"`];
      continue;
    }
    const bare = examples.filter(({ label }) => label < 0);
    const mayLack = set === "shifted" && bare.length === examples.length;
    if (bare.length > 0 && !mayLack) {
      yield [
        `bare ${set}`,
        `${bare.length} of ${examples.length} examples of ${set} have no label, the first is "${
          bare[0]?.name
        }"; label all of them`,
      ];
    }
    // Rows without a prediction have been named already.
    if (found.length > 0) continue;
    for (const [model, ofModel] of predicted) {
      const lacks = examples.filter((_, i) => ofModel[i] === undefined);
      if (lacks.length === 0) continue;
      yield [
        "lacks",
        `"${model}" has no prediction for ${lacks.length} of ${examples.length} examples of ${set}, the first is "${
          lacks[0]?.name
        }"`,
      ];
    }
  }
}

/** Of models with predictions for one set only. */
function modelProblems(
  { reference, shifted }: Predictions["sets"],
): readonly TableProblem[] {
  const models = new Set(reference.predicted.keys());
  const others = models.symmetricDifference(new Set(shifted.predicted.keys()));
  return Array.from(others, (model) => [
    "one set",
    `"${model}" has predictions for ${
      models.has(model) ? "reference" : "shifted"
    } examples only; add the others, or leave the model out`,
  ]);
}

/** Of classes that the reference set lacks, or has in another case. */
function* classProblems(
  { classes, sets: { reference, shifted } }: Predictions,
  { labels, mayBeNew }: {
    readonly labels: ReadonlySet<number>;
    /** Without features nothing is said of how examples look, so the reference set may lack a class. */
    readonly mayBeNew: boolean;
  },
): Generator<TableProblem> {
  const known = new Set(reference.examples.map(({ label }) => label));
  const nameOf = (label: number) => classes[label] ?? "";
  const inLowerCase = new Map(
    Array.from(known, (label) => [nameOf(label).toLowerCase(), nameOf(label)]),
  );
  for (const label of labels.difference(known)) {
    const alike = inLowerCase.get(nameOf(label).toLowerCase());
    if (alike !== undefined) {
      yield [
        "other case",
        `class "${
          nameOf(label)
        }" of shifted examples and "${alike}" of reference examples differ only in case; write both alike`,
      ];
      continue;
    }
    if (mayBeNew) continue;
    const n = shifted.examples.filter((one) => one.label === label).length;
    yield [
      "unknown class",
      `class "${nameOf(label)}" has ${n} shifted ${
        n === 1 ? "example" : "examples"
      } and no reference example, so nothing says whether it looks different; leave its rows out, or add reference examples of it`,
    ];
  }
}

/** Of columns that are no predictions. */
function* columnProblems(
  { classes, sets }: Predictions,
  labels: ReadonlySet<number>,
): Generator<TableProblem> {
  for (const [model, ofModel] of sets.reference.predicted) {
    const others = ofModel.filter((one) => !labels.has(one));
    if (others.length <= MOST_OTHERS * ofModel.length) continue;
    const first = classes[others[0] ?? -1] ?? "";
    const number = Number(first.replace(",", "."));
    yield [
      "no labels",
      `${others.length} of the ${ofModel.length} predictions of "${model}" are not among the labels: "${first}" is the first, and labels are like "${
        classes[labels.values().next().value ?? -1] ?? ""
      }"; ${
        number > 0 && number < 1
          ? "call columns of probabilities by the labels, one for each, and "
          : NAMES.test(model)
          ? `call what names the examples "example", and `
          : ""
      }leave out columns that are not predictions, or name them as properties (--property COLUMN, or "property" in "columns" of the question's file)`,
    ];
  }
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
