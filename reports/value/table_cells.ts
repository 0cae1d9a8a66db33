/**
 * Cells of tables as tasks make and keep them. Of points and per cents the
 * title of the column says the unit.
 *
 * @module
 */
import { z } from "zod";
import { json } from "../../engine/define/codec.ts";
import { type Quantity, UNITS } from "./quantity.ts";
import type { Cell } from "./report.ts";

const quantitySchema = z.strictObject({
  value: z.number(),
  unit: z.enum(UNITS).optional(),
  digits: z.int().nonnegative().optional(),
  signed: z.boolean().optional(),
  bare: z.boolean().optional(),
});

const cellSchema: z.ZodType<Cell> = z.union([
  z.string(),
  quantitySchema,
  quantitySchema.extend({
    low: z.number(),
    high: z.number(),
    after: quantitySchema.optional(),
  }),
  z.null(),
]);

const rowSchema = z.array(cellSchema).readonly();

/** One row of a table, as a result of a task. */
export const tableRow = json(rowSchema);

/** Rows of a table, as a result of a task. */
export const tableRows = json(z.array(rowSchema).readonly());

/** Results of a task that makes a table. */
export const tableResult = {
  columns: json(z.array(z.string()).readonly()),
  rows: tableRows,
};

/** A number of things. */
export function count(value: number): Quantity {
  return { value, unit: "count" };
}

/** Accuracy, with two decimals. */
export function percent(value: number): Quantity {
  return { value, unit: "percent", digits: 2, bare: true };
}

/** A difference of accuracies, with its sign. */
export function points(value: number): Quantity {
  return { value, unit: "points", bare: true };
}

/** A half-width, a distance or a spread: points without a sign. */
export function unsigned(value: number, digits = 2): Quantity {
  return { ...points(value), digits, signed: false };
}
