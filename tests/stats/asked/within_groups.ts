/** Examples of which nothing is known but their group. */
import type { DroppedExamples } from "../../../stats/asked/drop_terms.ts";

/** What is to be expected of examples, from how often each group occurs in each set and is right there. */
export function withinGroups(
  { right, shifted, groups }: {
    readonly right: ArrayLike<number>;
    readonly shifted: ArrayLike<number>;
    readonly groups: readonly number[];
  },
): DroppedExamples {
  const sizes = [0, 0];
  const counts = new Map<number, { n: number[]; right: number[] }>();
  for (const [i, group] of groups.entries()) {
    const set = shifted[i] as 0 | 1;
    const cell = counts.get(group) ?? { n: [0, 0], right: [0, 0] };
    counts.set(group, cell);
    cell.n[set] = (cell.n[set] as number) + 1;
    cell.right[set] = (cell.right[set] as number) + (right[i] as number);
    sizes[set] = (sizes[set] as number) + 1;
  }
  const of = (group: number, set: 0 | 1) => {
    const { n, right } = counts.get(group) as { n: number[]; right: number[] };
    const size = n[set] as number;
    return {
      share: size / (sizes[set] as number),
      accuracy: size === 0 ? 0 : (right[set] as number) / size,
    };
  };
  const each = (number: (group: number) => number) =>
    Float64Array.from(groups, number);
  return {
    right: Float64Array.from(right),
    shifted: Uint8Array.from(shifted),
    probability: each((group) => {
      const { share } = of(group, 1);
      return share / (of(group, 0).share + share);
    }),
    expected: {
      test: each((group) => of(group, 0).accuracy),
      shifted: each((group) => of(group, 1).accuracy),
    },
  };
}
