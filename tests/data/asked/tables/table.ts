/** Tables of predictions that a test writes line by line. */
import assert from "node:assert/strict";
import type { TableQuestion } from "../../../../data/asked/question.ts";
import {
  type AskedTable,
  askedTable,
} from "../../../../data/asked/tables/asked_table.ts";
import type { FeaturesOfSets } from "../../../../data/asked/tables/feature_file.ts";
import { readPredictions } from "../../../../data/asked/tables/predictions.ts";

interface How {
  readonly columns?: TableQuestion["columns"];
  readonly features?: Readonly<Record<string, FeaturesOfSets>>;
}

/** A table of lines: one with a column of sets, or two. */
export function table(
  lines: readonly string[] | Record<"reference" | "shifted", readonly string[]>,
  { columns = {}, features = {} }: How = {},
): AskedTable {
  const file = (lines: readonly string[], set?: "reference" | "shifted") => ({
    name: set === undefined ? "t.csv" : `${set}.csv`,
    bytes: new TextEncoder().encode(lines.join("\n")),
    set,
  });
  const files = "reference" in lines
    ? [file(lines.reference, "reference"), file(lines.shifted, "shifted")]
    : [file(lines)];
  return askedTable(readPredictions(files, { columns }), { features });
}

/** What is wrong with a table that is refused. */
export function problems(asked: AskedTable): readonly string[] {
  assert(asked.kind === "refused", "it is not refused");
  return asked.problems.map((line) =>
    line.replace("Cannot use predictions: ", "")
  );
}

/** What each model is right about, by set. */
export function rights(asked: AskedTable): readonly string[] {
  assert(asked.kind === "table", JSON.stringify(asked));
  const { test, shifted } = asked.sets;
  return [test, shifted].map(({ right }) =>
    Object.entries(right).map(([name, ofModel]) =>
      `${name} ${ofModel.join("")}`
    ).join(", ")
  );
}

/** A row for each example and model. */
export const LONG = [
  "example,set,label,model,prediction,group",
  "a,reference,cat,r8,cat,s1",
  "b,reference,owl,r8,cat,s2",
  "a,reference,cat,vit,cat,s1",
  "b,reference,owl,vit,owl,s2",
  "a,shifted,owl,r8,cat,",
  "a,shifted,owl,vit,owl,",
];

/** Features x of so many examples of each set; numbered from 0 in each. */
export const features = (
  reference: number,
  shifted: number,
  dimension = 1,
): NonNullable<How["features"]> => ({
  x: {
    reference: {
      name: "r.npy",
      features: {
        values: Float32Array.from({ length: reference }, (_, i) => i),
        dimension: 1,
      },
    },
    shifted: {
      name: "s.npy",
      features: {
        values: Float32Array.from(
          { length: shifted * dimension },
          (_, i) => i,
        ),
        dimension,
      },
    },
  },
});
