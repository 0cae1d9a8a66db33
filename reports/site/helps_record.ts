/**
 * The table of what helps against a bias as data, taken from the page of a site
 * as Markdown: `ask` quotes it.
 *
 * @module
 */

/** What helps under which shift, in words. */
export interface HelpsRecord {
  /** The profile of the run. */
  readonly profile: string;
  readonly columns: readonly string[];
  /** A row an intervention and kind of networks, told by its first cell; as the page has them. */
  readonly rows: readonly (readonly string[])[];
}

/** The table on a page, if it has it. */
export function helpsOn(
  markdown: string,
  { profile }: Pick<HelpsRecord, "profile">,
): HelpsRecord | undefined {
  const [, after] = markdown.split('<a id="table-what-helps"></a>');
  const lines = after?.match(/(?:^\|.*\|\n)+/m)?.[0].trimEnd().split("\n");
  const [columns, , ...rows] = (lines ?? []).map((line) =>
    line.slice(2, -2).replaceAll("**", "").split(" | ")
  );
  return columns === undefined ? undefined : { profile, columns, rows };
}

/** The table as the text of a file. */
export function helpsText(record: HelpsRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
