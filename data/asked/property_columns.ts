/**
 * Which columns of a table, or of a list of images, are properties.
 *
 * @module
 */
import { PROPERTY_ROLE, type PropertyNames } from "./question.ts";

/** How columns are told apart. */
export interface PropertyColumnsOptions {
  /** What cannot be read if they are not: `predictions t.csv`. */
  readonly what: string;
  /** Those that the question names; left out, one called "property" is. */
  readonly property?: PropertyNames | undefined;
  /** What the column at a position holds besides. */
  readonly roleOf: (at: number) => string | undefined;
}

/** Positions of properties by what these are called, and the names of which there is no column. */
export interface PropertyColumns {
  readonly properties: ReadonlyMap<string, number>;
  readonly missing: readonly string[];
}

/** What the groups of examples are called among properties. */
const GROUP = "group";

/**
 * Finds the columns that are properties.
 *
 * @param names of all columns, without blanks around them
 * @throws {Error} if one of them holds something else as well, two are one, or
 * one is called as groups are where there are some
 */
export function propertyColumns(
  names: readonly string[],
  { what, property, roleOf }: PropertyColumnsOptions,
): PropertyColumns {
  const lower = names.map((one) => one.toLowerCase());
  const unasked = lower.indexOf(PROPERTY_ROLE);
  if (property === undefined && lower.lastIndexOf(PROPERTY_ROLE) !== unasked) {
    throw new Error(
      `Cannot read ${what}: it has two columns "${PROPERTY_ROLE}"; keep one, or name both, ["A", "B"], as "${PROPERTY_ROLE}" in "columns" of the question's file`,
    );
  }
  const properties = new Map<string, number>();
  const missing: string[] = [];
  const unnamed = unasked < 0 ? [] : [PROPERTY_ROLE];
  for (const asked of property === undefined ? unnamed : [property].flat()) {
    const at = property === undefined ? unasked : names.indexOf(asked);
    const role = roleOf(at);
    if (role !== undefined) {
      throw new Error(
        bothText(what, {
          column: names[at] ?? "",
          roles: [role, PROPERTY_ROLE],
        }),
      );
    }
    if (at >= 0) properties.set(asked, at);
    else missing.push(asked);
  }
  if (properties.has(GROUP) && names.some((_, at) => roleOf(at) === GROUP)) {
    throw new Error(
      `Cannot read ${what}: a property cannot be called "${GROUP}" where another column says which examples go together; rename it`,
    );
  }
  return { properties, missing };
}

/** Whether a question names a column as a property. */
export function isNamed(
  column: string,
  property: PropertyNames | undefined,
): boolean {
  return [property ?? []].flat().includes(column);
}

/** Says that a column would hold two things. */
export function bothText(
  what: string,
  { column, roles: [one, other] }: {
    readonly column: string;
    readonly roles: readonly [string, string];
  },
): string {
  return `Cannot read ${what}: column "${column}" would hold both "${one}" and "${other}"; name another in "columns" of the question's file`;
}

/** Says which columns are not there, and which are. */
export function missingText(
  what: string,
  { missing, names }: Pick<PropertyColumns, "missing"> & {
    readonly names: readonly string[];
  },
): string {
  const otherCase = names.filter((name) =>
    missing.some((one) => one.toLowerCase() === name.toLowerCase())
  );
  const quoted = (some: readonly string[]) => some.map((one) => `"${one}"`);
  return `Cannot read ${what}: there is no column ${
    quoted([...new Set(missing)]).join(", nor ")
  }, only ${quoted(names).join(", ")}; ${
    otherCase.map((name) => `write "${name}", `).join("")
  }rename what it holds, or name it in "columns" of the question's file`;
}
