/**
 * The table of what helps against a bias as data, taken from the page of a site
 * as Markdown: what `ask` quotes of it is compared with that in a test.
 *
 * @module
 */
import { z } from "zod";

const schema = z.strictObject({
  /** The profile of the run. */
  profile: z.string(),
  columns: z.array(z.string()),
  /** A row an intervention and kind of networks, told by its first cell; as the page has them. */
  rows: z.array(z.array(z.string())),
});

/** What helps under which shift, in words. */
export type HelpsRecord = z.infer<typeof schema>;

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

/**
 * The table in such a file.
 *
 * @throws {Error} if the text is no such file
 */
export function readHelps(text: string): HelpsRecord {
  return schema.parse(JSON.parse(text));
}
