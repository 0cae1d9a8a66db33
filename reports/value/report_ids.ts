/**
 * Ids, by which what is in a report has an address.
 *
 * @module
 */

/** What has an id in a report, and what messages call it. Figures and pictures are files of one folder. */
const KINDS = [
  [["claims"], "claim"],
  [["figures", "pictures"], "figure"],
  [["tables"], "table"],
  [["sections"], "section"],
] as const;

/** The same of records, of which one may stand in many reports, and in one more than once. */
const RECORDS = [
  ["datasets", "dataset"],
  ["shifts", "shift"],
  ["models", "network"],
] as const;

/**
 * Refuses ids that are not fit for an address, or taken.
 *
 * @param of ends the name of what has such an id: ` of report "tint"`
 * @throws {TypeError} if there is one
 */
export function checkIds(
  ids: readonly string[],
  what: string,
  of = "",
): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      throw new TypeError(
        `Cannot give the ${what} "${id}"${of} an address: an id is lower-case words and numbers joined by hyphens`,
      );
    }
    if (seen.has(id)) {
      throw new TypeError(
        `Cannot give the ${what} "${id}"${of} an address: the id is taken`,
      );
    }
    seen.add(id);
  }
}

/**
 * The same for a report of which stages have made nothing yet, as far as its
 * ids are known. Its own is the name of its pipeline, by which pages, figures
 * and runs are found.
 *
 * @param report a report built of refs
 * @throws {TypeError} if an id is not fit for an address, or taken, or the report's is another name
 */
export function checkKnownIds(report: unknown, name: string): void {
  const fields = new Map(Object.entries(report ?? {}));
  const [own = name] = idOf(report);
  if (own !== name) {
    throw new TypeError(
      `Cannot use pipeline "${name}": its report has the id "${own}"; give it that of the pipeline`,
    );
  }
  const of = ` of report "${name}"`;
  const idsIn = (field: string) => {
    const all: unknown = fields.get(field);
    return Array.isArray(all) ? all.flatMap(idOf) : [];
  };
  for (const [among, what] of KINDS) checkIds(among.flatMap(idsIn), what, of);
  for (const [field, what] of RECORDS) {
    checkIds([...new Set(idsIn(field))], what, of);
  }
}

function idOf(one: unknown): readonly string[] {
  return typeof one === "object" && one !== null && "id" in one &&
      typeof one.id === "string"
    ? [one.id]
    : [];
}
