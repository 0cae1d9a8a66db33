/**
 * Problems, as many as one reads.
 *
 * @module
 */

/** So many problems are printed; of the others one line says how many there are. */
const MOST_LINES = 10;

/** At most ten problems, and a count of the others: what must be read stands first. */
export function fewLines(problems: readonly string[]): readonly string[] {
  const more = problems.length - MOST_LINES;
  return more > 0
    ? problems.slice(0, MOST_LINES).concat(`… and ${more} more like these`)
    : problems;
}
