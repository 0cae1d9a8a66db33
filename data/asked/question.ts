/**
 * A question about a shift of one's own: `questions/NAME.json`, which names the
 * files that are asked about, small and made to be read and edited.
 *
 * @module
 */
import { z } from "zod";
import { messageOf } from "../../engine/define/message_of.ts";
import { SIMPLE_PROPERTIES } from "../images/simple_properties.ts";

/** Sets that are asked about: what models are developed on, held-out examples of it, and what they meet. */
export const SETS = ["reference", "test", "shifted"] as const;

/** Name of a set. */
export type SetName = typeof SETS[number];

const place = z.string({ error: "a path, relative to this file" })
  .min(1, { error: "a path, relative to this file" });

const column = z.string({ error: "the name of a column" })
  .min(1, { error: "the name of a column" });

function wholeOf(min: number, { max, what }: { max: number; what: string }) {
  const error = `a whole number from ${min} to ${max}: ${what}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

const MILLION = 1_000_000;

/** So many files of weights may be named: figures tell six kinds of networks apart, and two are ours. */
export const MOST_WEIGHTS = 4;

const LISTED_WEIGHTS =
  `a list of at most ${MOST_WEIGHTS} safetensors files, by their paths relative to this file`;

/** What a column, or each of several, may hold: a property of the examples. */
export const PROPERTY_ROLE = "property";

const LISTED_COLUMNS =
  "the name of a column, or a list of such names, each of them once";

const columns = z.union([
  column,
  z.array(column).min(1, { error: LISTED_COLUMNS }).refine(
    (names) => new Set(names).size === names.length,
    { error: LISTED_COLUMNS },
  ),
], { error: LISTED_COLUMNS });

/** Properties that all images have. */
const IMAGE_PROPERTIES: readonly string[] = [
  ...SIMPLE_PROPERTIES,
  "width",
  "height",
  "bytes",
  "file type",
];

const imageColumns = columns.refine(
  (names) => ![names].flat().some((name) => IMAGE_PROPERTIES.includes(name)),
  {
    error: `columns with other names than what is looked at without them: ${
      IMAGE_PROPERTIES.join(", ")
    }`,
  },
);

/** Which classes of images may be used: all sets must have the same, those that all have, or those of the reference set. */
export const CLASSES_USED = ["same", "common", "reference"] as const;

const UNREADABLE = {
  error:
    `"all", or a whole number from 0 to ${MILLION}: files of a set that may be unreadable, 1% if it is left out`,
};

const imagesSchema = z.strictObject({
  kind: z.literal("images"),
  reference: place,
  test: place.optional(),
  shifted: place,
  weights: z.array(place, { error: LISTED_WEIGHTS })
    .refine(({ length }) => length <= MOST_WEIGHTS, { error: LISTED_WEIGHTS })
    .optional(),
  columns: z.strictObject({ [PROPERTY_ROLE]: imageColumns.optional() }, {
    error: `names of columns: ${PROPERTY_ROLE}`,
  }).optional(),
  classes: z.enum(CLASSES_USED, {
    error:
      '"same", if all sets must have the same classes, "common", to use those that all have, or "reference", to use those of the reference set',
  }).default("same"),
  side: wholeOf(8, { max: 256, what: "side of the small images in pixels" })
    .default(64),
  most: wholeOf(1, { max: MILLION, what: "the most images of a set" })
    .default(5000),
  allowUnreadable: z.union([
    z.int(UNREADABLE).min(0, UNREADABLE).max(MILLION, UNREADABLE),
    z.literal("all"),
  ], UNREADABLE).optional(),
});

const both = z.strictObject({ reference: place, shifted: place }, {
  error: 'two paths: {"reference": …, "shifted": …}',
});

/** What one column of a table of predictions may hold. */
export const COLUMN_ROLES = [
  "example",
  "set",
  "label",
  "model",
  "prediction",
  "class",
  "probability",
  "group",
] as const;

const COLUMN_FIELDS = [...COLUMN_ROLES, PROPERTY_ROLE];

/** What findings call all kinds of features together, which is no name of one. */
const ALL_KINDS = "all";

const tableSchema = z.strictObject({
  kind: z.literal("table"),
  predictions: z.union([place, both], {
    error:
      'a path of a table with a column of sets, or two: {"reference": …, "shifted": …}',
  }),
  features: z.record(z.string(), both, {
    error:
      'names of features, each with two files: {"reference": …, "shifted": …}',
  }).refine((features) => !Object.hasOwn(features, ALL_KINDS), {
    error:
      `under another name: "${ALL_KINDS}" is what all features together are called`,
    path: [ALL_KINDS],
  }).default({}),
  columns: z.strictObject(
    {
      ...Object.fromEntries(
        COLUMN_ROLES.map((name) => [name, column.optional()]),
      ) as Record<typeof COLUMN_ROLES[number], z.ZodOptional<typeof column>>,
      [PROPERTY_ROLE]: columns.optional(),
    },
    { error: `names of columns: any of ${COLUMN_FIELDS.join(", ")}` },
  ).default({}),
});

const questionSchema = z.discriminatedUnion("kind", [
  imagesSchema,
  tableSchema,
], { error: '"images" or "table"' });

/** Sets of images: each a tree of class folders, a manifest or a tar archive. */
export type ImagesQuestion = z.infer<typeof imagesSchema>;

/** Predictions of models, and features if there are some. */
export type TableQuestion = z.infer<typeof tableSchema>;

/** Names of columns that are properties. */
export type PropertyNames = z.infer<typeof columns>;

/** What is asked, and about which files. */
export type Question = ImagesQuestion | TableQuestion;

/** A column of a table of predictions, by what it holds. */
export type ColumnRole = typeof COLUMN_ROLES[number];

/** A question, or a line for each thing that is wrong with its file. */
export type ParsedQuestion =
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/**
 * Reads a question.
 *
 * @param options.name of the file, for problems
 */
export function parseQuestion(
  text: string,
  { name }: { readonly name: string },
): ParsedQuestion {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    const why = messageOf(cause);
    return refused([
      `Cannot read question ${name}: it is not JSON: ${
        why.replaceAll(/\s+/g, " ")
      }`,
    ]);
  }
  const parsed = questionSchema.safeParse(json);
  return parsed.success ? { kind: "question", question: parsed.data } : refused(
    parsed.error.issues.flatMap((issue) => linesOf(issue, { name, json })),
  );
}

function refused(problems: readonly string[]): ParsedQuestion {
  return { kind: "refused", problems };
}

/** A line a field that is wrong: its name, what is there, what may be there. */
function linesOf(
  issue: z.core.$ZodIssue,
  { name, json }: { readonly name: string; readonly json: unknown },
): readonly string[] {
  const parents = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      `Cannot read question ${name}: there is no field "${
        [...parents, key].join(".")
      }"; there may be ${fieldsAt(parents, json).join(", ")}`
    );
  }
  const there = parents.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    json,
  );
  const what = there === undefined
    ? "is missing"
    : `is ${JSON.stringify(there)}`;
  const field = parents.length === 0 ? "all of it" : `"${parents.join(".")}"`;
  return [
    `Cannot read question ${name}: ${field} ${what}; it must be ${
      issue.code === "invalid_type" && parents.length === 0
        ? 'a record with "kind": "images" or "table"'
        : issue.message
    }`,
  ];
}

/** The fields that there may be in the record at a path. */
function fieldsAt(
  parents: readonly string[],
  json: unknown,
): readonly string[] {
  const isTable = (json as { readonly kind: unknown }).kind === "table";
  if (parents[0] === "columns") {
    return isTable ? COLUMN_FIELDS : [PROPERTY_ROLE];
  }
  if (parents.length > 0) return Object.keys(both.shape);
  return Object.keys((isTable ? tableSchema : imagesSchema).shape);
}

/** A question as its file: the same question always gives the same text. */
export function formatQuestion(question: Question): string {
  return `${JSON.stringify(questionSchema.parse(question), null, 2)}\n`;
}

/** A question with other paths: those of its file made absolute, or the reverse. */
export function withPlaces(
  question: Question,
  change: (place: string) => string,
): Question {
  const changeBoth = ({ reference, shifted }: z.infer<typeof both>) => ({
    reference: change(reference),
    shifted: change(shifted),
  });
  if (question.kind === "images") {
    const { reference, test, shifted, weights } = question;
    return {
      ...question,
      ...changeBoth({ reference, shifted }),
      ...(test === undefined ? {} : { test: change(test) }),
      ...(weights === undefined ? {} : { weights: weights.map(change) }),
    };
  }
  const { predictions, features } = question;
  return {
    ...question,
    predictions: typeof predictions === "string"
      ? change(predictions)
      : changeBoth(predictions),
    features: Object.fromEntries(
      Object.entries(features).map(([name, files]) => [
        name,
        changeBoth(files),
      ]),
    ),
  };
}
