/**
 * Many names as a list of a few lines.
 *
 * @module
 */

/** From the first number between hyphens on: a seed, mostly, and what follows. */
const FROM_NUMBER = /-\d+(-.*)?$/;

/**
 * Names, a line each, if they are few; otherwise those that are alike up to a
 * number in one line, `train/plain-scratch-* (6)`, and of too many such lines
 * the first.
 *
 * @param most lines there may be
 */
export function nameGroups(
  names: readonly string[],
  most: number,
): readonly string[] {
  if (names.length <= most) return names;
  const groups = Map.groupBy(
    names,
    (name) => name.replace(FROM_NUMBER, "-*"),
  );
  const lines = [...groups].map(([start, { length }]) =>
    length === 1 ? start : `${start} (${length})`
  );
  const rest = lines.length - most;
  return rest <= 0
    ? lines
    : [...lines.slice(0, most - 1), `… and ${rest + 1} more lines`];
}
