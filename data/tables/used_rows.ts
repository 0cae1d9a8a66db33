/**
 * Which rows of timm's tables are used here, and whether a copy of them is what
 * the tables say.
 *
 * @module
 */
import { imagenetBaselines, imagenetPretrained } from "./imagenet_models.ts";
import { pretrainingDataOf } from "./pretraining_data.ts";
import { type OfEachTable, ofEachTable, timmResults } from "./timm_results.ts";
import type { TimmRow } from "./timm_table.ts";

const listed = new Set([...imagenetBaselines, ...imagenetPretrained]);

/** The rows of the paper's networks, and of all others whose tag names other data than ImageNet-1k. */
export function usedRows(rows: readonly TimmRow[]): readonly TimmRow[] {
  return rows.filter(({ model }) =>
    listed.has(model) || pretrainingDataOf(model) !== undefined
  );
}

/**
 * Where a copy of the used rows is not what the tables say, in words; accuracies
 * are compared as they are printed.
 */
export function disagreements(
  { copy, tables }: {
    readonly copy: OfEachTable<readonly TimmRow[]>;
    readonly tables: OfEachTable<readonly TimmRow[]>;
  },
): readonly string[] {
  const found = ofEachTable((name) => {
    const [kept, published] = [copy[name], usedRows(tables[name])].map(byName);
    const models = new Set([...kept?.keys() ?? [], ...published?.keys() ?? []]);
    return [...models]
      .map((model) => ({
        model,
        here: kept?.get(model) ?? "no row",
        there: published?.get(model) ?? "no row",
      }))
      .filter(({ here, there }) => here !== there)
      .map(({ model, here, there }) =>
        `${model} has ${here} in it, and ${there} in table "${
          timmResults[name].title
        }"`
      );
  });
  return Object.values(found).flat();
}

function byName(rows: readonly TimmRow[]): ReadonlyMap<string, string> {
  return new Map(
    rows.map((row) => [`${row.model} at ${row.imageSize} pixels`, row.printed]),
  );
}
