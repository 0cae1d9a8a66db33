/**
 * Problems of a table by their kinds: a table of a million rows may have each
 * of them a million times.
 *
 * @module
 */

/** Problems as they are found. */
export interface ProblemKinds {
  /**
   * Adds a problem.
   *
   * @param kind tells it from others: of each the first is told, and how many there are
   * @param text what it is and where, in words; asked for once a kind
   */
  add(kind: string, text: () => string): void;
  /** A line a kind, in the order in which they were first met. */
  lines(): readonly string[];
}

/** Gathers problems; there are none yet. */
export function problemKinds(): ProblemKinds {
  const kinds = new Map<string, { readonly first: string; n: number }>();
  return {
    add(kind, text) {
      const known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, { first: text(), n: 1 });
      else known.n++;
    },
    lines() {
      return [...kinds.values()].map(({ first, n }) =>
        n === 1 ? first : `${first} (the first of ${n} like it)`
      );
    },
  };
}
