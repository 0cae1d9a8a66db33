/**
 * Lists in sentences.
 *
 * @module
 */

/** Names in a sentence: `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The first names in a sentence: `a, b, c and 4 more`. */
export function someOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return listed(more > 0 ? [...names.slice(0, most), `${more} more`] : names);
}
