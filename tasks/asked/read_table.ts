import { z } from "zod";
import { askedSet } from "../../data/asked/asked_set.ts";
import { fewLines } from "../../data/asked/few_lines.ts";
import type { TableQuestion } from "../../data/asked/question.ts";
import { askedTable } from "../../data/asked/tables/asked_table.ts";
import {
  type FeaturesOfSets,
  readFeatures,
} from "../../data/asked/tables/feature_file.ts";
import {
  readPredictions,
  type TableSet,
} from "../../data/asked/tables/predictions.ts";
import { json } from "../../engine/define/codec.ts";
import type { Source } from "../../engine/define/source.ts";
import { defineTask } from "../../engine/define/task.ts";
import type { TaskContext } from "../../engine/define/task_context.ts";

/** Tables of predictions, features of both sets by name, and what columns are called. */
export interface ReadTableArgs {
  /** One with a column of sets, or one for each set. */
  readonly predictions: Source | Readonly<Record<TableSet, Source>>;
  readonly features: Readonly<
    Record<string, Readonly<Record<TableSet, Source>>>
  >;
  readonly columns: TableQuestion["columns"];
}

/** What a question's table and features say of held-out reference examples, and of shifted ones. */
export const readTable = defineTask({
  module: import.meta.url,
  name: "readTable",
  result: {
    test: askedSet,
    shifted: askedSet,
    /** What one should know of the table, also in words for everybody. */
    warnings: json(
      z.array(z.strictObject({ text: z.string(), inPublic: z.string() }))
        .readonly(),
    ),
  },
  async run({ predictions, features, columns }: ReadTableArgs, context) {
    const files = "url" in predictions
      ? [{ ...await named(predictions, context), set: undefined }]
      : [
        {
          ...await named(predictions.reference, context),
          set: "reference" as const,
        },
        {
          ...await named(predictions.shifted, context),
          set: "shifted" as const,
        },
      ];
    // Nothing of a table is held while features are read.
    const read = readPredictions(files.splice(0), { columns });
    const kinds: [string, FeaturesOfSets][] = [];
    for (const [name, { reference, shifted }] of Object.entries(features)) {
      kinds.push([name, {
        reference: await featuresIn(reference, context),
        shifted: await featuresIn(shifted, context),
      }]);
    }
    const table = askedTable(read, { features: Object.fromEntries(kinds) });
    if (table.kind === "table") {
      return { ...table.sets, warnings: table.warnings };
    }
    throw new Error(fewLines(table.problems).join("\n"));
  },
});

/** The bytes of a file, and what messages call it. */
async function named(
  source: Source,
  { fetch }: Pick<TaskContext, "fetch">,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  return { name: source.title, bytes: await fetch(source) };
}

async function featuresIn(
  source: Source,
  context: Pick<TaskContext, "fetch">,
): Promise<FeaturesOfSets[TableSet]> {
  const { name, bytes } = await named(source, context);
  return { name, features: readFeatures(bytes, { name }) };
}
