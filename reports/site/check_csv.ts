/**
 * Whether a CSV file is a table.
 *
 * @module
 */

/**
 * Refuses CSV text with a row of another length than the header, a column
 * without a name or with the name of another, or a number that is none.
 *
 * @throws {Error} naming the file and the line
 */
export function checkCsv(path: string, text: string): void {
  const [columns = [], ...rows] = csvRecords(text);
  const mistake = (state: string) =>
    new Error(`Cannot publish table "${path}": ${state}`);
  for (const [i, name] of columns.entries()) {
    if (name === "") throw mistake(`column ${i + 1} has no name`);
    if (columns.indexOf(name) !== i) {
      throw mistake(`two columns are named "${name}"`);
    }
  }
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns.length) {
      throw mistake(
        `row ${i + 1} has ${row.length} fields for ${columns.length} columns`,
      );
    }
    const infinite = row.find((field) => /^-?(NaN|Infinity)$/.test(field));
    if (infinite !== undefined) {
      throw mistake(`row ${i + 1} has the number ${infinite}`);
    }
  }
}

/** The records of CSV text (RFC 4180), each with its fields. */
export function csvRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (FIELD.lastIndex < text.length) {
    const found = FIELD.exec(text);
    if (found === null) return [...records, record];
    const [, quoted, plain = "", end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      records.push(record);
      record = [];
    }
  }
  return records;
}
