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
