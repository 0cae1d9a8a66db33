/**
 * Lists that have a first.
 *
 * @module
 */

/** A list that is not empty. */
export type OneOrMore<T> = readonly [T, ...T[]];

/** What is made of each; there is one at least of that, too. */
export function ofEach<const T, U>(
  [first, ...others]: OneOrMore<T>,
  make: (one: T) => U,
): OneOrMore<U> {
  return [make(first), ...others.map(make)];
}
