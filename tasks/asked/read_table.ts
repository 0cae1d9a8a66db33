import { askedSet } from "../../data/asked/asked_set.ts";
import { fewLines } from "../../data/asked/few_lines.ts";
import type { TableQuestion } from "../../data/asked/question.ts";
import { askedTable } from "../../data/asked/tables/asked_table.ts";
import { readFeatures } from "../../data/asked/tables/feature_file.ts";
import {
  readPredictions,
  type TableSet,
} from "../../data/asked/tables/predictions.ts";
import { defineTask } from "../../engine/define/task.ts";

/** A file, and what messages call it. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Tables of predictions, features of both sets by name, and what columns are called. */
export interface ReadTableArgs {
  /** One with a column of sets, or one for each set. */
  readonly predictions: NamedFile | Readonly<Record<TableSet, NamedFile>>;
  readonly features: Readonly<
    Record<string, Readonly<Record<TableSet, NamedFile>>>
  >;
  readonly columns: TableQuestion["columns"];
}

/** What a question's table and features say of held-out reference examples, and of shifted ones. */
export const readTable = defineTask({
  module: import.meta.url,
  name: "readTable",
  result: { test: askedSet, shifted: askedSet },
  run({ predictions, features, columns }: ReadTableArgs) {
    const files = "bytes" in predictions
      ? [{ ...predictions, set: undefined }]
      : (["reference", "shifted"] as const)
        .map((set) => ({ ...predictions[set], set }));
    const read = ({ name, bytes }: NamedFile) => ({
      name,
      features: readFeatures(bytes, { name }),
    });
    const table = askedTable(readPredictions(files, { columns }), {
      features: Object.fromEntries(
        Object.entries(features).map(([name, { reference, shifted }]) => [
          name,
          { reference: read(reference), shifted: read(shifted) },
        ]),
      ),
    });
    if (table.kind === "table") return table.sets;
    throw new Error(fewLines(table.problems).join("\n"));
  },
});
