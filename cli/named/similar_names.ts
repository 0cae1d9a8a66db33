/**
 * Names that a part of a name may stand for, and many names in a few lines.
 *
 * @module
 */

/**
 * The names in which all words of a text are, in small or in capital letters:
 * first those that begin with it, of these the shortest.
 */
export function namesWith(
  text: string,
  names: readonly string[],
): readonly string[] {
  const lower = text.toLowerCase();
  const words = lower.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  return names
    .map((name) => ({ name, letters: name.toLowerCase() }))
    .filter(({ letters }) => words.every((word) => letters.includes(word)))
    .map(({ name, letters }) => ({ name, place: placeOf(lower, letters) }))
    .toSorted((a, b) =>
      a.place - b.place || a.name.length - b.name.length ||
      (a.name < b.name ? -1 : 1)
    )
    .map(({ name }) => name);
}

/** How far a text is from being the beginning of a name: 0 if it is a whole word of it, there. */
function placeOf(text: string, name: string): number {
  const at = name.indexOf(text);
  if (at < 0) return 4;
  const isWhole = !/^\w/.test(name.slice(at + text.length));
  const starts = at === 0;
  return (starts ? 0 : 2) + (isWhole ? 0 : 1);
}

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
