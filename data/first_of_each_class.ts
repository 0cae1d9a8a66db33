import { type Images, take } from "./images.ts";

/** The first `n` images of every class, all in their order; fewer of a class that has fewer. */
export function firstOfEachClass(from: Images, n: number): Images {
  const counts = from.classes.map(() => 0);
  const chosen: number[] = [];
  for (const [i, label] of from.labels.entries()) {
    const count = counts[label] ?? n;
    if (count >= n) continue;
    counts[label] = count + 1;
    chosen.push(i);
  }
  return take(from, chosen);
}
