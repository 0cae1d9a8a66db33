/**
 * Which columns of a table of predictions hold what, and so how it is laid out.
 *
 * @module
 */
import { ROW_NUMBERS } from "../../tables/row_numbers.ts";
import {
  bothText,
  isNamed,
  missingText,
  propertyColumns,
} from "../property_columns.ts";
import {
  COLUMN_ROLES,
  type ColumnRole,
  type TableQuestion,
} from "../question.ts";

/** Columns that hold no prediction, by what they do hold. */
export type PredictionColumns = Readonly<
  Partial<Record<ColumnRole, number>>
>;

/** How predictions are written. */
export type Layout =
  /** A row for an example and a model, with the class that it predicts. */
  | { readonly kind: "class" }
  /** A row for an example, a model and a class, with its probability. */
  | { readonly kind: "probability of each class" }
  /** A row for an example and a model, with the probability of class 1. */
  | { readonly kind: "probability of 1" }
  /** A row for an example, and perhaps a model, with a column of predictions for each model, or of probabilities for each class. */
  | { readonly kind: "columns"; readonly names: ReadonlyMap<string, number> };

/** A table's columns and layout. */
export interface TableLayout {
  readonly columns: PredictionColumns;
  /** Columns of properties, by what these are called. */
  readonly properties: ReadonlyMap<string, number>;
  readonly layout: Layout;
  /** Of all columns, without blanks around them. */
  readonly names: readonly string[];
}

/**
 * Finds the columns by the names that the question gives them, or by those of
 * their roles, in letters of any case.
 *
 * @param options.needsSet whether rows must say which set they are of
 * @throws {Error} if a column is missing, or two of them are one
 */
export function tableLayout(
  names: readonly string[],
  { name, columns: given, needsSet }: {
    readonly name: string;
    readonly columns: TableQuestion["columns"];
    readonly needsSet: boolean;
  },
): TableLayout {
  const trimmed = names.map((one) => one.trim());
  const lower = trimmed.map((one) => one.toLowerCase());
  const columns: Partial<Record<ColumnRole, number>> = {};
  const missing: string[] = [];
  const what = `predictions ${name}`;
  const roleOf = (at: number) =>
    COLUMN_ROLES.find((one) => at >= 0 && columns[one] === at);
  for (const role of COLUMN_ROLES) {
    const asked = given[role];
    const at = asked === undefined
      ? lower.indexOf(role)
      : trimmed.indexOf(asked);
    // What is named as a property does not say besides what goes together.
    if (
      role === "group" && asked === undefined &&
      isNamed(trimmed[at] ?? "", given.property)
    ) continue;
    if (asked === undefined && lower.lastIndexOf(role) !== at) {
      throw new Error(
        `Cannot read predictions ${name}: it has two columns "${role}"; keep one`,
      );
    }
    const other = roleOf(at);
    if (other !== undefined) {
      const column = trimmed[at] ?? "";
      throw new Error(bothText(what, { column, roles: [other, role] }));
    }
    if (at >= 0) columns[role] = at;
    else if (asked !== undefined) missing.push(asked);
  }
  const { properties, missing: lacking } = propertyColumns(trimmed, {
    what,
    property: given.property,
    roleOf,
  });
  for (const one of lacking) missing.push(one);
  if (columns.label === undefined) missing.push(given.label ?? "label");
  if (needsSet && columns.set === undefined) missing.push(given.set ?? "set");
  const layout = layoutOf(trimmed, { columns, properties });
  const isLong = columns.model !== undefined ||
    layout.kind === "probability of each class";
  if (isLong && columns.example === undefined) {
    missing.push(given.example ?? "example");
  }
  if (missing.length > 0) {
    throw new Error(missingText(what, { missing, names: trimmed }));
  }
  if (layout.kind === "columns" && layout.names.size === 0) {
    throw new Error(
      `Cannot read predictions ${name}: no column holds predictions; name one "prediction", or "probability", or have one for each model`,
    );
  }
  // Of two that are called alike, the last one's place is known.
  const twice = trimmed.find((one, i) =>
    layout.kind === "columns" && (layout.names.get(one) ?? i) !== i
  );
  if (twice !== undefined) {
    throw new Error(
      `Cannot read predictions ${name}: it has two columns "${twice}", one of them with blanks around its name; rename it, or keep one`,
    );
  }
  return { columns, properties, layout, names: trimmed };
}

function layoutOf(
  names: readonly string[],
  { columns, properties }: Pick<TableLayout, "columns" | "properties">,
): Layout {
  if (columns.prediction !== undefined) return { kind: "class" };
  if (columns.probability !== undefined) {
    return {
      kind: columns.class === undefined
        ? "probability of 1"
        : "probability of each class",
    };
  }
  const known = new Set([...Object.values(columns), ...properties.values()]);
  const others = names.flatMap((name, i): [string, number][] =>
    known.has(i) || ROW_NUMBERS.test(name) ? [] : [[name, i]]
  );
  return { kind: "columns", names: new Map(others) };
}
