/**
 * Which columns of a table of predictions hold what, and so how it is laid out.
 *
 * @module
 */
import {
  COLUMN_ROLES,
  type ColumnRole,
  PROPERTY_ROLE,
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
  const listed = given.property === undefined
    ? undefined
    : [given.property].flat();
  const refuseTaken = (at: number, role: string) => {
    const other = COLUMN_ROLES.find((one) => at >= 0 && columns[one] === at);
    if (other === undefined) return;
    throw new Error(
      `Cannot read predictions ${name}: column "${
        trimmed[at]
      }" would hold both "${other}" and "${role}"; name another in "columns" of the question's file`,
    );
  };
  for (const role of COLUMN_ROLES) {
    const asked = given[role];
    const at = asked === undefined
      ? lower.indexOf(role)
      : trimmed.indexOf(asked);
    // What is named as a property does not say besides what goes together.
    if (
      role === "group" && asked === undefined &&
      listed?.includes(trimmed[at] ?? "")
    ) continue;
    if (asked === undefined && lower.lastIndexOf(role) !== at) {
      throw new Error(
        `Cannot read predictions ${name}: it has two columns "${role}"; keep one`,
      );
    }
    refuseTaken(at, role);
    if (at >= 0) columns[role] = at;
    else if (asked !== undefined) missing.push(asked);
  }
  const properties = new Map<string, number>();
  const unasked = lower.indexOf(PROPERTY_ROLE);
  if (listed === undefined && lower.lastIndexOf(PROPERTY_ROLE) !== unasked) {
    throw new Error(
      `Cannot read predictions ${name}: it has two columns "${PROPERTY_ROLE}"; keep one, or name both, ["A", "B"], as "${PROPERTY_ROLE}" in "columns" of the question's file`,
    );
  }
  for (const asked of listed ?? (unasked < 0 ? [] : [PROPERTY_ROLE])) {
    const at = listed === undefined ? unasked : trimmed.indexOf(asked);
    refuseTaken(at, PROPERTY_ROLE);
    if (asked === "group" && columns.group !== undefined) {
      throw new Error(
        `Cannot read predictions ${name}: a property cannot be called "group" where another column says which examples go together; rename it`,
      );
    }
    if (at >= 0) properties.set(asked, at);
    else missing.push(asked);
  }
  if (columns.label === undefined) missing.push(given.label ?? "label");
  if (needsSet && columns.set === undefined) missing.push(given.set ?? "set");
  const layout = layoutOf(trimmed, { columns, properties });
  const isLong = columns.model !== undefined ||
    layout.kind === "probability of each class";
  if (isLong && columns.example === undefined) {
    missing.push(given.example ?? "example");
  }
  if (missing.length > 0) {
    throw new Error(
      `Cannot read predictions ${name}: there is no column ${
        [...new Set(missing)].map((one) => `"${one}"`).join(", nor ")
      }, only ${
        trimmed.map((one) => `"${one}"`).join(", ")
      }; rename what it holds, or name it in "columns" of the question's file`,
    );
  }
  if (layout.kind === "columns" && layout.names.size === 0) {
    throw new Error(
      `Cannot read predictions ${name}: no column holds predictions; name one "prediction", or "probability", or have one for each model`,
    );
  }
  return { columns, properties, layout };
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
    known.has(i) || name === "" ? [] : [[name, i]]
  );
  return { kind: "columns", names: new Map(others) };
}
