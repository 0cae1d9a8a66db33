/**
 * Names that were perhaps meant.
 *
 * @module
 */

/** The name closest to `text`, or `undefined` if none is close. */
export function nearest(
  text: string,
  names: readonly string[],
): string | undefined {
  if (text === "" || names.length === 0) return undefined;
  const lower = text.toLowerCase();
  const starting = names.filter((name) => name.toLowerCase().startsWith(lower));
  if (starting.length === 1) return starting[0];
  const distances = names
    .map((name) => editDistance(lower, name.toLowerCase()));
  const least = distances.reduce((a, b) => Math.min(a, b), Infinity);
  const name = names[distances.indexOf(least)] ?? "";
  // A third of the letters wrong is a slip of the finger; more is another word, as is one without a letter that is right.
  const letters = Math.max(lettersOf(text), lettersOf(name));
  return least > Math.ceil(letters / 3) || least >= letters ? undefined : name;
}

/** How many letters a word has, without the hyphens of an option. */
function lettersOf(word: string): number {
  return word.replace(/^-+/, "").length;
}

/** What an error adds where a name was perhaps meant: `; did you mean "full"?`, or nothing. */
export function suggestion(text: string, names: readonly string[]): string {
  const name = nearest(text, names);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}

/**
 * How many letters must be added, removed or replaced to turn one word into
 * another (Levenshtein's distance).
 */
export function editDistance(a: string, b: string): number {
  // Distances from the first letters of `a` to each start of `b`.
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const removed = (row[j + 1] ?? 0) + 1;
      const added = (next[j] ?? 0) + 1;
      next.push(Math.min(replaced, removed, added));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
